-- Why something else was commissioned than was referred, and in which circumstances a case was referred.
-- depends: 0012-conditional-duties

ALTER TABLE review_history ADD COLUMN circumstances text[] NOT NULL DEFAULT '{}', ADD COLUMN commissioned_reason text;
ALTER TABLE review_history ALTER COLUMN circumstances DROP DEFAULT;

-- The clocks of reviews that run are few at any moment.
CREATE INDEX entry_history_running ON entry_history USING gist (recorded, effective)
  WHERE kind = 'clock' AND detail ->> 'stopped_on' IS NULL;
