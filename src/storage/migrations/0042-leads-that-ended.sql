-- What an agency that ended led, its successor owes it the sight of; what it only contributed to, its successor leads by
-- itself. Rebuilds fill the column.
-- depends: 0032-ended-agencies 0038-plans-at-any-moment

ALTER TABLE action_history ADD COLUMN ended_leads text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN action_history.ended_leads IS 'the agencies that ended that led what its lead leads now';

ALTER TABLE action_history ALTER COLUMN ended_leads DROP DEFAULT;
