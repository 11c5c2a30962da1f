-- Whether somebody's own work awaits them is told by one number, which narrow indexes hold; and what waits for a verdict, or
-- for an answer to a request, is counted in an index of its own.
-- depends: 0040-coded-alike

-- Until the histories are rebuilt, which they are before anybody reads them, it may be anybody's.
ALTER TABLE action_history ADD COLUMN sides bigint NOT NULL DEFAULT -1;
ALTER TABLE recommendation_history ADD COLUMN sides bigint NOT NULL DEFAULT -1;
ALTER TABLE action_history ALTER COLUMN sides DROP DEFAULT;
ALTER TABLE recommendation_history ALTER COLUMN sides DROP DEFAULT;
COMMENT ON COLUMN action_history.sides IS 'a bit for each agency whose work it is: its parties, and who filed evidence or a request; several share one';
COMMENT ON COLUMN recommendation_history.sides IS 'a bit for each agency whose work it is: its parties, and who filed evidence or a request; several share one';

DROP INDEX action_history_present_awaiting;
CREATE INDEX action_history_present_awaiting ON action_history ((coalesce(due_on, 'infinity'::date)), thing)
  INCLUDE (stage, awaiting_since, claimed_on, extension_pending, sides, monitored_by)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND awaiting_since IS NOT NULL;
DROP INDEX recommendation_history_present_awaiting;
CREATE INDEX recommendation_history_present_awaiting ON recommendation_history ((coalesce(due_on, 'infinity'::date)), thing)
  INCLUDE (stage, awaiting_since, claimed_on, extension_pending, sides, monitored_by)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND awaiting_since IS NOT NULL;
DROP INDEX action_history_present_completed;
CREATE INDEX action_history_present_completed ON action_history (thing)
  INCLUDE (completed_on, accepted_on, sides, monitored_by)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND stage IN ('ASSIGNED', 'EVIDENCED')
    AND completed_on IS NOT NULL AND awaiting_since IS NULL;
DROP INDEX recommendation_history_present_completed;
CREATE INDEX recommendation_history_present_completed ON recommendation_history (thing)
  INCLUDE (completed_on, accepted_on, sides, monitored_by)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND stage IN ('ASSIGNED', 'EVIDENCED')
    AND completed_on IS NOT NULL AND awaiting_since IS NULL;
DROP INDEX action_history_present_unverified;
CREATE INDEX action_history_present_unverified ON action_history (thing)
  INCLUDE (impact_due_on, closed_on, sides, monitored_by)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND outcome = 'IMPLEMENTED' AND impact IS NULL;
DROP INDEX recommendation_history_present_unverified;
CREATE INDEX recommendation_history_present_unverified ON recommendation_history (thing)
  INCLUDE (impact_due_on, closed_on, sides, monitored_by)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND outcome = 'IMPLEMENTED' AND impact IS NULL;
DROP INDEX recommendation_history_present_untold;
CREATE INDEX recommendation_history_present_untold ON recommendation_history (thing)
  INCLUDE (reopened_on, sides, monitored_by)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND stage IN ('ASSIGNED', 'EVIDENCED')
    AND completed_on IS NULL AND awaiting_since IS NULL;

-- The same at any moment.
DROP INDEX action_history_completed;
CREATE INDEX action_history_completed ON action_history USING gist (recorded, effective)
  INCLUDE (thing, completed_on, accepted_on, awaiting_since, sides, monitored_by)
  WHERE stage IN ('ASSIGNED', 'EVIDENCED') AND completed_on IS NOT NULL;
DROP INDEX recommendation_history_completed;
CREATE INDEX recommendation_history_completed ON recommendation_history USING gist (recorded, effective)
  INCLUDE (thing, completed_on, accepted_on, awaiting_since, sides, monitored_by)
  WHERE stage IN ('ASSIGNED', 'EVIDENCED') AND completed_on IS NOT NULL;
DROP INDEX recommendation_history_open;
CREATE INDEX recommendation_history_open ON recommendation_history USING gist (recorded, effective)
  INCLUDE (thing, stage, completed_on, awaiting_since, reopened_on, sides, monitored_by)
  WHERE stage IN ('ASSIGNED', 'EVIDENCED');
