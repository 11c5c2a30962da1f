-- The words of the register that a query needs, each said once, and the indexes that make the past as cheap as now.
-- depends: 0002-history

CREATE FUNCTION is_open(stage text) RETURNS boolean IMMUTABLE LANGUAGE sql
RETURN stage IN ('ASSIGNED', 'EVIDENCED');

CREATE FUNCTION is_overdue(
  stage text, due_on date, completed_on date, claimed_on date, lead_answer text, day date
) RETURNS boolean IMMUTABLE LANGUAGE sql
RETURN coalesce(
  stage IN ('ASSIGNED', 'EVIDENCED') AND due_on < day
  AND (completed_on IS NULL OR completed_on > day)
  AND (claimed_on IS NULL OR claimed_on > due_on)
  AND lead_answer IS DISTINCT FROM 'NOT_ACCEPTED', false);

CREATE INDEX action_history_due ON action_history ((coalesce(due_on, 'infinity'::date)), thing);
CREATE INDEX action_history_raised ON action_history (raised_on, thing);
CREATE INDEX action_history_reference ON action_history (reference, thing);
CREATE INDEX action_history_recommendation ON action_history (recommendation);
CREATE INDEX action_history_review ON action_history (review);
CREATE INDEX action_history_open ON action_history USING gist (recorded, effective)
  INCLUDE (thing, lead, due_on, first_due_on, completed_on, claimed_on, awaiting_since, extension_pending, open_challenges)
  WHERE stage IN ('ASSIGNED', 'EVIDENCED');
CREATE INDEX action_history_parties ON action_history USING gin (parties)
  WHERE upper_inf(recorded) AND upper_inf(effective);

CREATE INDEX recommendation_history_due ON recommendation_history ((coalesce(due_on, 'infinity'::date)), thing);
CREATE INDEX recommendation_history_raised ON recommendation_history (raised_on, thing);
CREATE INDEX recommendation_history_reference ON recommendation_history (reference, thing);
CREATE INDEX recommendation_history_review ON recommendation_history (review);
CREATE INDEX recommendation_history_open ON recommendation_history USING gist (recorded, effective)
  INCLUDE (lead, due_on, completed_on, claimed_on, lead_answer)
  WHERE stage IN ('ASSIGNED', 'EVIDENCED');
CREATE INDEX recommendation_history_asked ON recommendation_history USING gist (recorded, effective)
  INCLUDE (addressed_to, answered, response_due_on)
  WHERE response_due_on IS NOT NULL AND stage NOT IN ('CLOSED', 'IMPACT_VERIFIED');
CREATE INDEX recommendation_history_parties ON recommendation_history USING gin (parties, addressed_to)
  WHERE upper_inf(recorded) AND upper_inf(effective);

CREATE INDEX review_history_reference ON review_history (reference, thing);
CREATE INDEX review_history_published ON review_history (thing)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND stage = 'PUBLISHED';

CREATE INDEX challenge_history_subjects ON challenge_history USING gin (subject_ids);
CREATE INDEX challenge_history_agency ON challenge_history (agency);

CREATE INDEX entry_history_thing ON entry_history (thing, kind);

-- The rows that stand, as a save looks for those it ends.
CREATE INDEX review_history_standing ON review_history (thing) WHERE upper_inf(recorded);
CREATE INDEX recommendation_history_standing ON recommendation_history (thing) WHERE upper_inf(recorded);
CREATE INDEX action_history_standing ON action_history (thing) WHERE upper_inf(recorded);
CREATE INDEX challenge_history_standing ON challenge_history (thing) WHERE upper_inf(recorded);
CREATE INDEX entry_history_standing ON entry_history (entry) WHERE upper_inf(recorded);
