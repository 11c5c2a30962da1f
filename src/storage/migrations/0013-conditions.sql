-- Who facilitates a review, its themes and stakeholders, and how conditions and criteria were said to be met.
-- And how many reviews were agreed for a year.
-- depends: 0008-programme 0010-oversight

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

ALTER TABLE programme_history ADD COLUMN numbers jsonb NOT NULL DEFAULT '{}';
COMMENT ON COLUMN programme_history.numbers IS 'how many reviews were agreed for the year, by the key of the framework''s rhythm';
ALTER TABLE programme_history ALTER COLUMN numbers DROP DEFAULT;
