-- What is open on both clocks, for what is asked of it most; a row that has ended on either leaves these indexes alone.
-- The columns that an index covers are of bounded size, so that no row is ever too wide for it.
-- depends: 0016-answers 0019-present

CREATE INDEX action_history_present ON action_history (thing)
  INCLUDE (review, recommendation, stage, lead, raised_on, first_due_on, due_on, completed_on, claimed_on,
    awaiting_since, extension_pending, closed_on, outcome, impact_due_on, impact)
  WHERE upper_inf(recorded) AND upper_inf(effective);
CREATE INDEX action_history_present_due ON action_history ((coalesce(due_on, 'infinity'::date)), thing)
  WHERE upper_inf(recorded) AND upper_inf(effective);
CREATE INDEX action_history_present_due_last ON action_history ((coalesce(due_on, '-infinity'::date)), thing)
  WHERE upper_inf(recorded) AND upper_inf(effective);
CREATE INDEX action_history_present_review ON action_history (review, thing)
  WHERE upper_inf(recorded) AND upper_inf(effective);
CREATE INDEX action_history_present_recommendation ON action_history (recommendation, thing)
  WHERE upper_inf(recorded) AND upper_inf(effective);
CREATE INDEX action_history_present_challenged ON action_history (thing)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND cardinality(open_challenges) > 0;
CREATE INDEX action_history_present_themes ON action_history USING gin (themes)
  WHERE upper_inf(recorded) AND upper_inf(effective);
CREATE INDEX action_history_present_contributing ON action_history USING gin (contributing)
  WHERE upper_inf(recorded) AND upper_inf(effective);
CREATE INDEX action_history_present_raised ON action_history (raised_on, thing)
  WHERE upper_inf(recorded) AND upper_inf(effective);
CREATE INDEX action_history_present_open ON action_history ((coalesce(due_on, 'infinity'::date)), thing)
  INCLUDE (lead, due_on, first_due_on, completed_on, claimed_on, awaiting_since, extension_pending)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND stage IN ('ASSIGNED', 'EVIDENCED');
CREATE INDEX action_history_present_awaiting ON action_history ((coalesce(due_on, 'infinity'::date)), thing)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND awaiting_since IS NOT NULL;
CREATE INDEX action_history_present_extension ON action_history ((coalesce(due_on, 'infinity'::date)), thing)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND extension_pending;

CREATE INDEX recommendation_history_present ON recommendation_history (thing)
  INCLUDE (review, stage, lead, raised_on, first_due_on, due_on, completed_on, claimed_on, refused_on,
    awaiting_since, extension_pending, closed_on, outcome, impact_due_on, impact)
  WHERE upper_inf(recorded) AND upper_inf(effective);
CREATE INDEX recommendation_history_present_due ON recommendation_history ((coalesce(due_on, 'infinity'::date)), thing)
  WHERE upper_inf(recorded) AND upper_inf(effective);
CREATE INDEX recommendation_history_present_due_last ON recommendation_history ((coalesce(due_on, '-infinity'::date)), thing)
  WHERE upper_inf(recorded) AND upper_inf(effective);
CREATE INDEX recommendation_history_present_review ON recommendation_history (review, thing)
  WHERE upper_inf(recorded) AND upper_inf(effective);
CREATE INDEX recommendation_history_present_challenged ON recommendation_history (thing)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND cardinality(open_challenges) > 0;
CREATE INDEX recommendation_history_present_themes ON recommendation_history USING gin (themes)
  WHERE upper_inf(recorded) AND upper_inf(effective);
CREATE INDEX recommendation_history_present_open ON recommendation_history ((coalesce(due_on, 'infinity'::date)), thing)
  INCLUDE (lead, due_on, completed_on, claimed_on, refused_on, extension_pending)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND stage IN ('ASSIGNED', 'EVIDENCED');
CREATE INDEX recommendation_history_present_awaiting ON recommendation_history ((coalesce(due_on, 'infinity'::date)), thing)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND awaiting_since IS NOT NULL;
CREATE INDEX recommendation_history_present_awaited ON recommendation_history ((coalesce(due_on, 'infinity'::date)), thing)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND cardinality(awaited) > 0;

CREATE INDEX review_history_present ON review_history (thing)
  INCLUDE (stage, kind, commissioned_on, completed_on, published_on)
  WHERE upper_inf(recorded) AND upper_inf(effective);
CREATE INDEX entry_history_present ON entry_history (thing, kind)
  WHERE upper_inf(recorded) AND upper_inf(effective);
CREATE INDEX duty_history_present ON duty_history (origin, agency)
  WHERE upper_inf(recorded) AND upper_inf(effective);

CREATE INDEX action_history_present_judged ON action_history (thing)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND stage IN ('ASSIGNED', 'EVIDENCED')
    AND (awaiting_since IS NOT NULL OR extension_pending OR completed_on IS NOT NULL);
CREATE INDEX action_history_present_unassigned ON action_history (thing)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND stage = 'RAISED';
CREATE INDEX action_history_present_unverified ON action_history (thing)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND outcome = 'IMPLEMENTED' AND impact IS NULL;

CREATE INDEX recommendation_history_present_judged ON recommendation_history (thing)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND stage IN ('ASSIGNED', 'EVIDENCED')
    AND (awaiting_since IS NOT NULL OR extension_pending OR completed_on IS NOT NULL);
CREATE INDEX recommendation_history_present_unassigned ON recommendation_history (thing)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND stage = 'RAISED';
CREATE INDEX recommendation_history_present_unverified ON recommendation_history (thing)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND outcome = 'IMPLEMENTED' AND impact IS NULL;
CREATE INDEX duty_history_present_boards ON duty_history (duty)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND done_on IS NULL AND held_by <> 'AGENCY';
CREATE INDEX duty_history_present_open ON duty_history (agency) INCLUDE (due_on)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND done_on IS NULL AND agency IS NOT NULL;
