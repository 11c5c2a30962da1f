-- A restore from a backup sets the log back; what is recorded then takes positions that were given before. So every
-- position that partners hold is said together with the epoch in which it was given, and a restore begins another.
-- depends: 0001-ledger 0025-form-digest

ALTER TABLE head ADD COLUMN epoch text NOT NULL DEFAULT left(gen_random_uuid()::text, 8);
COMMENT ON COLUMN head.epoch IS 'says which positions are of this log: any that were given in another epoch may be of facts that a restore lost';
ALTER TABLE head ADD COLUMN epoch_is_first boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN head.epoch_is_first IS 'whether positions that were given before there were epochs still hold';
ALTER TABLE head ADD COLUMN stands_at text;
COMMENT ON COLUMN head.stands_at IS 'the server, its timeline and the table in which the epoch began; elsewhere this row came out of a backup';

UPDATE head SET epoch_is_first = true WHERE position > 0;
