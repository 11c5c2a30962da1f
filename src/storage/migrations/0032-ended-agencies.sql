-- An agency that ended reads what was its own, wherever that has gone on, and nothing of what is its successor's own. So
-- what came to a successor by a merger says from whom, and the agencies in whose name is asked are never successors. Nor
-- does the version of a thing tell an agency of what others did.
-- depends: 0021-return-contents 0022-plans

ALTER TABLE action_history ADD COLUMN readers text[] NOT NULL DEFAULT '{}';
ALTER TABLE recommendation_history
  ADD COLUMN readers text[] NOT NULL DEFAULT '{}',
  ADD COLUMN ended_leads text[] NOT NULL DEFAULT '{}',
  ADD COLUMN ended_leads_until date[] NOT NULL DEFAULT '{}';
ALTER TABLE challenge_history ADD COLUMN readers text[] NOT NULL DEFAULT '{}';
ALTER TABLE duty_history ADD COLUMN asked_of text;
COMMENT ON COLUMN action_history.readers IS 'who reads it whole: its parties, and the agencies that ended whose part that was';
COMMENT ON COLUMN recommendation_history.readers IS 'its parties, whoever is asked, and the agencies that ended whose part that was';
COMMENT ON COLUMN recommendation_history.ended_leads IS 'the agencies that ended that led what its lead leads now';
COMMENT ON COLUMN duty_history.asked_of IS 'the agency for which it arose, whatever that has gone on in since';

ALTER TABLE action_history ALTER COLUMN readers DROP DEFAULT;
ALTER TABLE recommendation_history
  ALTER COLUMN readers DROP DEFAULT, ALTER COLUMN ended_leads DROP DEFAULT, ALTER COLUMN ended_leads_until DROP DEFAULT;
ALTER TABLE challenge_history ALTER COLUMN readers DROP DEFAULT;

DROP INDEX action_history_parties;
DROP INDEX recommendation_history_parties;
CREATE INDEX action_history_readers ON action_history USING gin (readers) WHERE upper_inf(recorded) AND upper_inf(effective);
CREATE INDEX recommendation_history_readers ON recommendation_history USING gin (readers)
  WHERE upper_inf(recorded) AND upper_inf(effective);
CREATE INDEX challenge_history_readers ON challenge_history USING gin (readers)
  WHERE upper_inf(recorded) AND upper_inf(effective);

-- Whether one of these agencies, which has ended since, led a recommendation on the day on which an action was raised.
CREATE FUNCTION led_before_it_ended(ended_leads text[], ended_leads_until date[], raised_on date, mine text[])
RETURNS boolean IMMUTABLE LANGUAGE sql
RETURN EXISTS (
  SELECT FROM unnest(ended_leads, ended_leads_until) AS ended (agency, until)
  WHERE ended.agency = ANY (mine) AND raised_on < ended.until);

CREATE OR REPLACE FUNCTION visible_actions(mine text[]) RETURNS TABLE (thing uuid, access text) STABLE LANGUAGE sql AS $$
  SELECT a.thing, 'FULL' FROM action_history a
  WHERE upper_inf(a.recorded) AND upper_inf(a.effective) AND a.readers && mine
  UNION ALL
  SELECT a.thing, 'LEAD_ABOVE' FROM recommendation_history r
  JOIN action_history a ON a.recommendation = r.thing AND upper_inf(a.recorded) AND upper_inf(a.effective)
  WHERE upper_inf(r.recorded) AND upper_inf(r.effective)
    AND r.readers && mine AND r.lead = ANY (mine) AND NOT a.readers && mine
  UNION ALL
  SELECT a.thing, 'LEAD_ABOVE' FROM recommendation_history r
  JOIN action_history a ON a.recommendation = r.thing AND upper_inf(a.recorded) AND upper_inf(a.effective)
  WHERE upper_inf(r.recorded) AND upper_inf(r.effective)
    AND r.readers && mine AND r.ended_leads && mine AND NOT r.lead = ANY (mine) AND NOT a.readers && mine
    AND led_before_it_ended(r.ended_leads, r.ended_leads_until, a.raised_on, mine);
$$;

CREATE OR REPLACE FUNCTION visible_recommendations(mine text[]) RETURNS TABLE (thing uuid, access text) STABLE LANGUAGE sql
AS $$
  WITH own AS (
    SELECT r.thing FROM recommendation_history r
    WHERE upper_inf(r.recorded) AND upper_inf(r.effective) AND r.readers && mine
  )
  SELECT o.thing, 'FULL' AS access FROM own o
  UNION ALL
  SELECT r.thing, 'PUBLISHED' FROM review_history p
  JOIN recommendation_history r ON r.review = p.thing AND upper_inf(r.recorded) AND upper_inf(r.effective)
  WHERE upper_inf(p.recorded) AND upper_inf(p.effective) AND p.stage = 'PUBLISHED'
    AND r.thing NOT IN (SELECT o.thing FROM own o)
  UNION ALL
  SELECT DISTINCT a.recommendation, 'HEADER' FROM action_history a
  WHERE upper_inf(a.recorded) AND upper_inf(a.effective) AND a.readers && mine
    AND a.recommendation NOT IN (SELECT o.thing FROM own o)
    AND a.review NOT IN (
      SELECT p.thing FROM review_history p
      WHERE upper_inf(p.recorded) AND upper_inf(p.effective) AND p.stage = 'PUBLISHED');
$$;

CREATE OR REPLACE FUNCTION recommendation_as_seen(seen_thing uuid, seen_review uuid, mine text[])
RETURNS TABLE (access text) STABLE LANGUAGE sql AS $$
  SELECT found.access FROM (
    SELECT CASE
      WHEN seen_thing IN (
        SELECT r.thing FROM recommendation_history r
        WHERE upper_inf(r.recorded) AND upper_inf(r.effective) AND r.readers && mine)
        THEN 'FULL'
      WHEN seen_review IN (
        SELECT p.thing FROM review_history p
        WHERE upper_inf(p.recorded) AND upper_inf(p.effective) AND p.stage = 'PUBLISHED')
        THEN 'PUBLISHED'
      WHEN seen_thing IN (
        SELECT a.recommendation FROM action_history a
        WHERE upper_inf(a.recorded) AND upper_inf(a.effective) AND a.readers && mine)
        THEN 'HEADER'
      END AS access
  ) found
  WHERE found.access IS NOT NULL;
$$;

CREATE OR REPLACE FUNCTION action_as_seen(seen_thing uuid, seen_recommendation uuid, mine text[])
RETURNS TABLE (access text) STABLE LANGUAGE sql AS $$
  SELECT found.access FROM (
    SELECT CASE
      WHEN seen_thing IN (
        SELECT a.thing FROM action_history a
        WHERE upper_inf(a.recorded) AND upper_inf(a.effective) AND a.readers && mine)
        THEN 'FULL'
      WHEN seen_recommendation IN (
        SELECT r.thing FROM recommendation_history r
        WHERE upper_inf(r.recorded) AND upper_inf(r.effective) AND r.readers && mine AND r.lead = ANY (mine))
        THEN 'LEAD_ABOVE'
      WHEN seen_thing IN (
        SELECT a.thing FROM recommendation_history r
        JOIN action_history a ON a.recommendation = r.thing AND upper_inf(a.recorded) AND upper_inf(a.effective)
        WHERE upper_inf(r.recorded) AND upper_inf(r.effective) AND r.readers && mine AND r.ended_leads && mine
          AND led_before_it_ended(r.ended_leads, r.ended_leads_until, a.raised_on, mine))
        THEN 'LEAD_ABOVE'
      END AS access
  ) found
  WHERE found.access IS NOT NULL;
$$;

CREATE OR REPLACE FUNCTION visible_challenges(mine text[]) RETURNS TABLE (thing uuid, access text) STABLE LANGUAGE sql
AS $$
  SELECT c.thing, 'FULL' FROM challenge_history c
  WHERE upper_inf(c.recorded) AND upper_inf(c.effective) AND c.readers && mine;
$$;

CREATE OR REPLACE FUNCTION visible_reviews(mine text[]) RETURNS TABLE (thing uuid, access text) STABLE LANGUAGE sql AS $$
  SELECT DISTINCT ON (found.thing) found.thing, found.access FROM (
    SELECT p.thing, 'PUBLISHED' AS access, 1 AS rank FROM review_history p
    WHERE upper_inf(p.recorded) AND upper_inf(p.effective) AND p.stage = 'PUBLISHED'
    UNION ALL
    SELECT u.thing, 'HEADER', 2 FROM review_history u
    WHERE upper_inf(u.recorded) AND upper_inf(u.effective) AND u.agencies && mine
      AND u.stage NOT IN ('REFERRED', 'NOT_COMMISSIONED')
    UNION ALL
    SELECT r.review, 'HEADER', 2 FROM recommendation_history r
    WHERE upper_inf(r.recorded) AND upper_inf(r.effective) AND r.readers && mine
    UNION ALL
    SELECT a.review, 'HEADER', 2 FROM action_history a
    WHERE upper_inf(a.recorded) AND upper_inf(a.effective) AND a.readers && mine
    UNION ALL
    SELECT subject.id, 'HEADER', 2 FROM challenge_history c, unnest(c.subject_ids) AS subject (id)
    WHERE upper_inf(c.recorded) AND upper_inf(c.effective) AND c.readers && mine
    UNION ALL
    SELECT d.thing, 'HEADER', 2 FROM dissemination_history d
    WHERE upper_inf(d.recorded) AND upper_inf(d.effective) AND d.agencies && mine
    UNION ALL
    SELECT e.thing, 'HEADER', 2 FROM entry_history e
    WHERE upper_inf(e.recorded) AND upper_inf(e.effective) AND e.kind = 'joined'
      AND (e.detail -> 'agencies') ?| mine
    UNION ALL
    SELECT o.thing, 'HEADER', 2 FROM review_history o
    WHERE upper_inf(o.recorded) AND upper_inf(o.effective) AND o.reported_by = ANY (mine)
  ) found
  ORDER BY found.thing, found.rank;
$$;

-- Whether a fact is about learning disseminated to one of these agencies, or about a duty that was asked of one of them,
-- which a successor confirms under its own name. As text: a rebuild puts another table in the place of the one it names.
CREATE OR REPLACE FUNCTION tells_of_duties(name text, body json, mine text[]) RETURNS boolean STABLE LANGUAGE sql AS $$
SELECT CASE name
  WHEN 'review.learning_disseminated.v1' THEN (body -> 'agencies')::jsonb ?| mine
  WHEN 'review.learning_joined.v1' THEN (body -> 'agencies')::jsonb ?| mine
  WHEN 'review.duties_confirmed.v1' THEN coalesce(body ->> 'agency' = ANY (mine), false) OR EXISTS (
    SELECT FROM json_array_elements_text(body -> 'duties') AS named (duty)
    JOIN duty_history d ON d.duty = named.duty::uuid
    WHERE d.asked_of = ANY (mine))
  WHEN 'review.duties_transferred.v1' THEN body ->> 'from_agency' = ANY (mine) OR body ->> 'to_agency' = ANY (mine)
  ELSE false
END;
$$;

-- The version of a recommendation or an action as an agency counts it (domain.dispatch): without what other things left
-- on it, which the agency may not see, and without corrections of that.
CREATE FUNCTION version_as_seen(of uuid, version integer) RETURNS integer STABLE LANGUAGE sql AS $$
  SELECT count(*)::integer FROM facts f
  LEFT JOIN facts c ON f.name LIKE '%.corrected.%' AND c.originator_id = f.originator_id
    AND c.originator_version = (f.body ->> 'corrects')::integer
  WHERE f.originator_id = of AND f.originator_version <= version
    AND split_part(coalesce(c.name, f.name), '.', 2)
      NOT IN ('action_planned', 'check_commissioned', 'challenged', 'challenge_ended');
$$;
