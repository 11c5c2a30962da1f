-- What an agency sees, each thing once by itself, so that what is asked of some of it reads only that; and indexes for
-- what was still read from row to row.
-- depends: 0014a-reported-cases 0016-answers 0019a-present-indexes 0020-references

CREATE OR REPLACE FUNCTION visible_recommendations(mine text[]) RETURNS TABLE (thing uuid, access text) STABLE LANGUAGE sql
AS $$
  WITH own AS (
    SELECT r.thing FROM recommendation_history r
    WHERE upper_inf(r.recorded) AND upper_inf(r.effective) AND (r.parties && mine OR r.addressed_to && mine)
  )
  SELECT o.thing, 'FULL' AS access FROM own o
  UNION ALL
  SELECT r.thing, 'PUBLISHED' FROM review_history p
  JOIN recommendation_history r ON r.review = p.thing AND upper_inf(r.recorded) AND upper_inf(r.effective)
  WHERE upper_inf(p.recorded) AND upper_inf(p.effective) AND p.stage = 'PUBLISHED'
    AND r.thing NOT IN (SELECT o.thing FROM own o)
  UNION ALL
  SELECT DISTINCT a.recommendation, 'HEADER' FROM action_history a
  WHERE upper_inf(a.recorded) AND upper_inf(a.effective) AND a.parties && mine
    AND a.recommendation NOT IN (SELECT o.thing FROM own o)
    AND a.review NOT IN (
      SELECT p.thing FROM review_history p
      WHERE upper_inf(p.recorded) AND upper_inf(p.effective) AND p.stage = 'PUBLISHED');
$$;

-- The same of one recommendation: how much an agency sees of it, and no row where it sees nothing. Half of a register is
-- published to everybody: what is asked of that is read in its order, and seen or not from row to row.
CREATE FUNCTION recommendation_as_seen(seen_thing uuid, seen_review uuid, mine text[]) RETURNS TABLE (access text)
STABLE LANGUAGE sql AS $$
  SELECT found.access FROM (
    SELECT CASE
      WHEN seen_thing IN (
        SELECT r.thing FROM recommendation_history r
        WHERE upper_inf(r.recorded) AND upper_inf(r.effective) AND (r.parties && mine OR r.addressed_to && mine))
        THEN 'FULL'
      WHEN seen_review IN (
        SELECT p.thing FROM review_history p
        WHERE upper_inf(p.recorded) AND upper_inf(p.effective) AND p.stage = 'PUBLISHED')
        THEN 'PUBLISHED'
      WHEN seen_thing IN (
        SELECT a.recommendation FROM action_history a
        WHERE upper_inf(a.recorded) AND upper_inf(a.effective) AND a.parties && mine)
        THEN 'HEADER'
      END AS access
  ) found
  WHERE found.access IS NOT NULL;
$$;

-- The same of one action, where actions are asked for one by one, or below others.
CREATE FUNCTION action_as_seen(seen_thing uuid, seen_recommendation uuid, mine text[]) RETURNS TABLE (access text)
STABLE LANGUAGE sql AS $$
  SELECT found.access FROM (
    SELECT CASE
      WHEN seen_thing IN (
        SELECT a.thing FROM action_history a
        WHERE upper_inf(a.recorded) AND upper_inf(a.effective) AND a.parties && mine)
        THEN 'FULL'
      WHEN seen_recommendation IN (
        SELECT r.thing FROM recommendation_history r
        WHERE upper_inf(r.recorded) AND upper_inf(r.effective) AND r.parties && mine AND r.lead = ANY (mine))
        THEN 'LEAD_ABOVE'
      END AS access
  ) found
  WHERE found.access IS NOT NULL;
$$;

-- Whatever moment is asked about: the rows that hold then, with all that lists and counts go by and of bounded size.
-- They cover what is open, too; the bodies of a thing are at most the dozen that a kind of review may name.
DROP INDEX action_history_open;
DROP INDEX recommendation_history_open;
CREATE INDEX recommendation_history_open ON recommendation_history USING gist (recorded, effective)
  WHERE stage IN ('ASSIGNED', 'EVIDENCED');
CREATE INDEX action_history_moment ON action_history USING gist (recorded, effective)
  INCLUDE (thing, recommendation, stage, lead, raised_on, first_due_on, due_on, completed_on, claimed_on, awaiting_since,
    extension_pending, closed_on, outcome, impact, monitored_by, verdicts);
CREATE INDEX recommendation_history_moment ON recommendation_history USING gist (recorded, effective)
  INCLUDE (thing, review, draft, stage, lead, raised_on, first_due_on, due_on, completed_on, claimed_on, refused_on,
    awaiting_since, extension_pending, closed_on, outcome, impact, monitored_by, answers);

DROP INDEX action_history_present;
CREATE INDEX action_history_present ON action_history (thing)
  INCLUDE (review, recommendation, stage, lead, raised_on, first_due_on, due_on, completed_on, claimed_on,
    awaiting_since, extension_pending, closed_on, outcome, impact_due_on, impact, monitored_by, verdicts)
  WHERE upper_inf(recorded) AND upper_inf(effective);
DROP INDEX recommendation_history_present;
CREATE INDEX recommendation_history_present ON recommendation_history (thing)
  INCLUDE (review, draft, stage, lead, raised_on, first_due_on, due_on, completed_on, claimed_on, refused_on,
    awaiting_since, extension_pending, closed_on, outcome, impact_due_on, impact, monitored_by, answers)
  WHERE upper_inf(recorded) AND upper_inf(effective);

-- Where little is found, it is found at once.
CREATE INDEX action_history_present_bodies ON action_history USING gin (monitored_by, verdicts)
  WHERE upper_inf(recorded) AND upper_inf(effective);
CREATE INDEX recommendation_history_present_bodies ON recommendation_history USING gin (monitored_by, answers)
  WHERE upper_inf(recorded) AND upper_inf(effective);
CREATE INDEX recommendation_history_present_refused ON recommendation_history (thing)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND cardinality(refusals) > 0;
CREATE INDEX review_history_present_referred ON review_history (thing)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND stage = 'REFERRED';
CREATE INDEX review_history_present_lacking ON review_history (thing)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND cardinality(lacking) > 0;
CREATE INDEX recommendation_history_present_undated ON recommendation_history (thing)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND cardinality(addressed_to) > 0 AND response_due_on IS NULL
    AND stage IN ('RAISED', 'ASSIGNED', 'EVIDENCED');

-- At any moment, what is said in words, or in lists of no bounded size.
CREATE INDEX action_history_text ON action_history USING gin (wording gin_trgm_ops, reference gin_trgm_ops);
CREATE INDEX recommendation_history_text ON recommendation_history
  USING gin (wording gin_trgm_ops, reference gin_trgm_ops);
CREATE INDEX action_history_themes ON action_history USING gin (themes);
CREATE INDEX action_history_contributing ON action_history USING gin (contributing);
CREATE INDEX recommendation_history_themes ON recommendation_history USING gin (themes);
CREATE INDEX action_history_challenged ON action_history USING gist (recorded, effective)
  WHERE cardinality(open_challenges) > 0;
CREATE INDEX recommendation_history_challenged ON recommendation_history USING gist (recorded, effective)
  WHERE cardinality(open_challenges) > 0;

-- What happened in a period, and the findings that nothing has changed.
CREATE INDEX entry_history_happened ON entry_history (kind, (detail ->> 'happened_on') COLLATE "C")
  WHERE kind IN ('impact', 'learning', 'response');
CREATE INDEX entry_history_returned ON entry_history ((detail ->> 'judged_on') COLLATE "C")
  WHERE kind = 'evidence' AND detail ->> 'verdict' = 'RETURNED';
CREATE INDEX entry_history_not_embedded ON entry_history (thing)
  WHERE kind = 'impact' AND detail ->> 'finding' = 'NOT_EMBEDDED';
CREATE INDEX entry_history_present_clocks ON entry_history (thing)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND kind = 'clock';

-- How many rows are open on both clocks is counted, not guessed: that depends on how old a register is.
CREATE STATISTICS action_history_open_rows (mcv) ON (upper_inf(recorded)), (upper_inf(effective)) FROM action_history;
CREATE STATISTICS recommendation_history_open_rows (mcv) ON (upper_inf(recorded)), (upper_inf(effective))
  FROM recommendation_history;
CREATE STATISTICS review_history_open_rows (mcv) ON (upper_inf(recorded)), (upper_inf(effective)) FROM review_history;
CREATE STATISTICS entry_history_open_rows (mcv) ON (upper_inf(recorded)), (upper_inf(effective)) FROM entry_history;
