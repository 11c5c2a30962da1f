-- Why something else was commissioned than was referred, and in which circumstances a case was referred.
-- depends: 0012-conditional-duties

ALTER TABLE review_history ADD COLUMN circumstances text[] NOT NULL DEFAULT '{}', ADD COLUMN commissioned_reason text;
ALTER TABLE review_history ALTER COLUMN circumstances DROP DEFAULT;

-- The clocks of reviews that run are few at any moment.
CREATE INDEX entry_history_running ON entry_history USING gist (recorded, effective)
  WHERE kind = 'clock' AND detail ->> 'stopped_on' IS NULL;

-- Recommendations of a review that still awaits an agreement are drafts, addressed to nobody yet.
ALTER TABLE recommendation_history
  ADD COLUMN draft boolean NOT NULL DEFAULT false, ADD COLUMN draft_for text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN recommendation_history.draft_for IS 'whom a draft will be addressed to';
ALTER TABLE recommendation_history ALTER COLUMN draft DROP DEFAULT, ALTER COLUMN draft_for DROP DEFAULT;
