-- A case that an agency itself reported: it sees the header, with the clocks that run from its awareness.
-- depends: 0014-referrals 0015-sharing

ALTER TABLE review_history ADD COLUMN reported_by text;
CREATE INDEX review_history_reported ON review_history (reported_by)
  WHERE upper_inf(recorded) AND upper_inf(effective) AND reported_by IS NOT NULL;

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
    WHERE upper_inf(r.recorded) AND upper_inf(r.effective) AND (r.parties && mine OR r.addressed_to && mine)
    UNION ALL
    SELECT a.review, 'HEADER', 2 FROM action_history a
    WHERE upper_inf(a.recorded) AND upper_inf(a.effective) AND a.parties && mine
    UNION ALL
    SELECT subject.id, 'HEADER', 2 FROM challenge_history c, unnest(c.subject_ids) AS subject (id)
    WHERE upper_inf(c.recorded) AND upper_inf(c.effective) AND c.agency = ANY (mine)
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
