-- What is counted over a whole register goes by narrow indexes: what awaits the bodies that oversee, what recurs, and how
-- far plans have been carried out. What they cover is of bounded size.
-- depends: 0017-reopened 0020-references 0022-plans

ALTER TABLE action_history ADD COLUMN accepted_on date;
ALTER TABLE recommendation_history ADD COLUMN accepted_on date;
COMMENT ON COLUMN action_history.accepted_on IS 'the latest day on which evidence of it was accepted';
COMMENT ON COLUMN recommendation_history.accepted_on IS 'the latest day on which evidence of it was accepted';

-- What is to be judged is found by what waits, and what is to be closed by what is completed.
DROP INDEX action_history_present_judged;
CREATE INDEX action_history_present_completed ON action_history (thing)
  INCLUDE (completed_on, accepted_on, monitored_by)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND stage IN ('ASSIGNED', 'EVIDENCED')
    AND completed_on IS NOT NULL AND awaiting_since IS NULL;
DROP INDEX recommendation_history_present_judged;
CREATE INDEX recommendation_history_present_completed ON recommendation_history (thing)
  INCLUDE (completed_on, accepted_on, monitored_by)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND stage IN ('ASSIGNED', 'EVIDENCED')
    AND completed_on IS NOT NULL AND awaiting_since IS NULL;
CREATE INDEX recommendation_history_present_extension ON recommendation_history (thing)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND extension_pending;
DROP INDEX action_history_present_unassigned;
CREATE INDEX action_history_present_unassigned ON action_history (thing) INCLUDE (raised_on, monitored_by)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND stage = 'RAISED';
DROP INDEX recommendation_history_present_unassigned;
CREATE INDEX recommendation_history_present_unassigned ON recommendation_history (thing)
  INCLUDE (raised_on, draft, monitored_by)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND stage = 'RAISED';
DROP INDEX action_history_present_unverified;
CREATE INDEX action_history_present_unverified ON action_history (thing)
  INCLUDE (impact_due_on, closed_on, monitored_by)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND outcome = 'IMPLEMENTED' AND impact IS NULL;
DROP INDEX recommendation_history_present_unverified;
CREATE INDEX recommendation_history_present_unverified ON recommendation_history (thing)
  INCLUDE (impact_due_on, closed_on, monitored_by)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND outcome = 'IMPLEMENTED' AND impact IS NULL;

CREATE INDEX recommendation_history_present_untold ON recommendation_history (thing) INCLUDE (reopened_on, monitored_by)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND stage IN ('ASSIGNED', 'EVIDENCED')
    AND completed_on IS NULL AND awaiting_since IS NULL;

-- The same at any moment.
DROP INDEX action_history_judged;
CREATE INDEX action_history_waiting ON action_history USING gist (recorded, effective)
  WHERE stage IN ('ASSIGNED', 'EVIDENCED') AND (awaiting_since IS NOT NULL OR extension_pending);
CREATE INDEX action_history_waiting_early ON action_history USING gist (recorded, effective)
  WHERE stage = 'RAISED' AND awaiting_since IS NOT NULL;
CREATE INDEX action_history_completed ON action_history USING gist (recorded, effective)
  INCLUDE (thing, completed_on, accepted_on, awaiting_since, monitored_by)
  WHERE stage IN ('ASSIGNED', 'EVIDENCED') AND completed_on IS NOT NULL;
DROP INDEX action_history_unassigned;
CREATE INDEX action_history_unassigned ON action_history USING gist (recorded, effective)
  INCLUDE (thing, raised_on, monitored_by)
  WHERE stage = 'RAISED';
DROP INDEX recommendation_history_judged;
CREATE INDEX recommendation_history_waiting ON recommendation_history USING gist (recorded, effective)
  WHERE stage IN ('ASSIGNED', 'EVIDENCED') AND (awaiting_since IS NOT NULL OR extension_pending);
CREATE INDEX recommendation_history_waiting_early ON recommendation_history USING gist (recorded, effective)
  WHERE stage = 'RAISED' AND awaiting_since IS NOT NULL;
CREATE INDEX recommendation_history_completed ON recommendation_history USING gist (recorded, effective)
  INCLUDE (thing, completed_on, accepted_on, awaiting_since, monitored_by)
  WHERE stage IN ('ASSIGNED', 'EVIDENCED') AND completed_on IS NOT NULL;
DROP INDEX recommendation_history_unassigned;
CREATE INDEX recommendation_history_unassigned ON recommendation_history USING gist (recorded, effective)
  INCLUDE (thing, raised_on, draft, monitored_by)
  WHERE stage = 'RAISED';
DROP INDEX recommendation_history_open;
CREATE INDEX recommendation_history_open ON recommendation_history USING gist (recorded, effective)
  INCLUDE (thing, stage, completed_on, awaiting_since, reopened_on, monitored_by)
  WHERE stage IN ('ASSIGNED', 'EVIDENCED');

-- What has happened to the actions of a recommendation is read in the order of recommendations.
DROP INDEX action_history_present_recommendation;
CREATE INDEX action_history_present_recommendation ON action_history (recommendation, thing)
  INCLUDE (stage, closed_on, outcome)
  WHERE upper_inf(recorded) AND upper_inf(effective);

-- What learning can recur after: what was closed, or verified, or opened again.
CREATE INDEX recommendation_history_present_ended ON recommendation_history (thing)
  WHERE upper_inf(recorded) AND upper_inf(effective)
    AND (closed_on IS NOT NULL OR reopened_on IS NOT NULL OR impact IS NOT NULL);
CREATE INDEX recommendation_history_ended ON recommendation_history USING gist (recorded, effective)
  WHERE closed_on IS NOT NULL OR reopened_on IS NOT NULL OR impact IS NOT NULL;

-- What a reference sorts as stands in the row: two regular expressions an index entry were dearer than the entry itself.
-- Until the histories are rebuilt, which they are before anybody reads them, it is unknown.
ALTER TABLE action_history ADD COLUMN reference_key text COLLATE "C";
ALTER TABLE recommendation_history ADD COLUMN reference_key text COLLATE "C";
ALTER TABLE review_history ADD COLUMN reference_key text COLLATE "C";
COMMENT ON COLUMN action_history.reference_key IS 'what the reference sorts as: of each number how many digits it has, then these';
DROP INDEX action_history_reference;
DROP INDEX recommendation_history_reference;
DROP INDEX review_history_reference;
DROP FUNCTION reference_key(text);
CREATE INDEX action_history_reference ON action_history (reference_key, thing);
CREATE INDEX recommendation_history_reference ON recommendation_history (reference_key, thing);
CREATE INDEX review_history_reference ON review_history (reference_key, thing);
