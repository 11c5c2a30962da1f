-- Which answer is the lead's own latest, since when it has not accepted, and what was not accepted and nobody has acted upon;
-- and challenges about an agency's performance as such.
-- depends: 0010-oversight 0012-conditional-duties

ALTER TABLE recommendation_history
  ADD COLUMN lead_response uuid,
  ADD COLUMN refused_on date,
  ADD COLUMN refusals uuid[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN recommendation_history.lead_response IS 'the entry of its lead''s latest answer';
COMMENT ON COLUMN recommendation_history.refused_on IS 'the day of its lead''s latest answer, where that is not accepted';
COMMENT ON COLUMN recommendation_history.refusals IS 'entries of answers that accept nothing and that the board has not acted upon';
ALTER TABLE recommendation_history ALTER COLUMN refusals DROP DEFAULT;

ALTER TABLE challenge_history ADD COLUMN about_performance boolean NOT NULL DEFAULT false;
ALTER TABLE challenge_history ALTER COLUMN about_performance DROP DEFAULT;
COMMENT ON COLUMN challenge_history.about_performance IS 'about the agency''s performance as such, whatever the subjects';

DROP FUNCTION is_overdue(text, date, date, date, text, date);
CREATE FUNCTION is_overdue(
  stage text, due_on date, completed_on date, claimed_on date, refused_on date, day date
) RETURNS boolean IMMUTABLE LANGUAGE sql
RETURN coalesce(
  stage IN ('ASSIGNED', 'EVIDENCED') AND due_on < day
  AND (completed_on IS NULL OR completed_on > day)
  AND (claimed_on IS NULL OR claimed_on > due_on)
  AND (refused_on IS NULL OR refused_on > due_on), false);

DROP INDEX recommendation_history_open;
CREATE INDEX recommendation_history_open ON recommendation_history USING gist (recorded, effective)
  INCLUDE (lead, due_on, completed_on, claimed_on, refused_on)
  WHERE stage IN ('ASSIGNED', 'EVIDENCED');
CREATE INDEX recommendation_history_refused ON recommendation_history USING gist (recorded, effective)
  WHERE cardinality(refusals) > 0;
