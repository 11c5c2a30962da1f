-- Who facilitates a review, its themes and stakeholders, and how conditions and criteria were said to be met.
-- depends: 0010-oversight

ALTER TABLE review_history
  ADD COLUMN facilitator text,
  ADD COLUMN themes text[] NOT NULL DEFAULT '{}',
  ADD COLUMN stakeholders text[] NOT NULL DEFAULT '{}',
  ADD COLUMN conditions_met jsonb NOT NULL DEFAULT '[]',
  ADD COLUMN criteria_met jsonb NOT NULL DEFAULT '[]';
COMMENT ON COLUMN review_history.conditions_met IS 'conditions of its kind in the framework''s words, with how each was said to be met';
COMMENT ON COLUMN review_history.criteria_met IS 'keys of criteria of its kind, with how each was said to be met';

ALTER TABLE review_history
  ALTER COLUMN themes DROP DEFAULT, ALTER COLUMN stakeholders DROP DEFAULT,
  ALTER COLUMN conditions_met DROP DEFAULT, ALTER COLUMN criteria_met DROP DEFAULT;
