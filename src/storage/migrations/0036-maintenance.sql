-- While somebody works on an installation nothing is recorded, and everything can be read. Said in the row that every
-- save takes first: once it has been said, no save is under way any more, and none begins.
-- depends: 0035-epochs

ALTER TABLE head ADD COLUMN read_only text;
ALTER TABLE head ADD COLUMN read_only_until timestamptz;
COMMENT ON COLUMN head.read_only IS 'why nothing is recorded at the moment; null: things are recorded';
COMMENT ON COLUMN head.read_only_until IS 'when that is expected to end';
