-- What an agency sees (and how much of it); today's position decides, whatever moment is asked about.
-- FULL: everything on it; LEAD_ABOVE: an action below a recommendation that the agency leads; PUBLISHED: as published;
-- HEADER: reference, title or wording, kind, stage and clocks of what stands above something that it sees.
-- depends: 0003-reading

CREATE FUNCTION visible_actions(mine text[]) RETURNS TABLE (thing uuid, access text) STABLE LANGUAGE sql AS $$
  SELECT a.thing, 'FULL' FROM action_history a
  WHERE upper_inf(a.recorded) AND upper_inf(a.effective) AND a.parties && mine
  UNION ALL
  SELECT a.thing, 'LEAD_ABOVE' FROM recommendation_history r
  JOIN action_history a ON a.recommendation = r.thing AND upper_inf(a.recorded) AND upper_inf(a.effective)
  WHERE upper_inf(r.recorded) AND upper_inf(r.effective)
    AND r.parties && mine AND r.lead = ANY (mine) AND NOT a.parties && mine;
$$;

CREATE FUNCTION visible_recommendations(mine text[]) RETURNS TABLE (thing uuid, access text) STABLE LANGUAGE sql AS $$
  SELECT DISTINCT ON (found.thing) found.thing, found.access FROM (
    SELECT r.thing, 'FULL' AS access, 1 AS rank FROM recommendation_history r
    WHERE upper_inf(r.recorded) AND upper_inf(r.effective) AND (r.parties && mine OR r.addressed_to && mine)
    UNION ALL
    SELECT r.thing, 'PUBLISHED', 2 FROM review_history p
    JOIN recommendation_history r ON r.review = p.thing AND upper_inf(r.recorded) AND upper_inf(r.effective)
    WHERE upper_inf(p.recorded) AND upper_inf(p.effective) AND p.stage = 'PUBLISHED'
    UNION ALL
    SELECT a.recommendation, 'HEADER', 3 FROM action_history a
    WHERE upper_inf(a.recorded) AND upper_inf(a.effective) AND a.parties && mine
  ) found
  ORDER BY found.thing, found.rank;
$$;

CREATE FUNCTION visible_challenges(mine text[]) RETURNS TABLE (thing uuid, access text) STABLE LANGUAGE sql AS $$
  SELECT c.thing, 'FULL' FROM challenge_history c
  WHERE upper_inf(c.recorded) AND upper_inf(c.effective) AND c.agency = ANY (mine);
$$;

CREATE FUNCTION visible_reviews(mine text[]) RETURNS TABLE (thing uuid, access text) STABLE LANGUAGE sql AS $$
  SELECT DISTINCT ON (found.thing) found.thing, found.access FROM (
    SELECT p.thing, 'PUBLISHED' AS access, 1 AS rank FROM review_history p
    WHERE upper_inf(p.recorded) AND upper_inf(p.effective) AND p.stage = 'PUBLISHED'
    UNION ALL
    SELECT r.review, 'HEADER', 2 FROM recommendation_history r
    WHERE upper_inf(r.recorded) AND upper_inf(r.effective) AND (r.parties && mine OR r.addressed_to && mine)
    UNION ALL
    SELECT a.review, 'HEADER', 2 FROM action_history a
    WHERE upper_inf(a.recorded) AND upper_inf(a.effective) AND a.parties && mine
    UNION ALL
    SELECT subject.id, 'HEADER', 2 FROM challenge_history c, unnest(c.subject_ids) AS subject (id)
    WHERE upper_inf(c.recorded) AND upper_inf(c.effective) AND c.agency = ANY (mine)
  ) found
  ORDER BY found.thing, found.rank;
$$;
