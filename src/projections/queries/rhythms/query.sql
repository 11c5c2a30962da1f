-- name: held
-- What was agreed for a year, and on which days of it reviews of some kinds were commissioned.
SELECT
  (SELECT p.numbers FROM programme_history p
    WHERE p.thing = %(programme)s AND p.agreed_on IS NOT NULL AND p.recorded @> %(known)s AND p.effective @> %(day)s)
    AS agreed,
  coalesce((SELECT jsonb_agg(jsonb_build_array(h.kind, h.commissioned_on))
    FROM review_history h
    WHERE h.kind = ANY (%(kinds)s) AND h.commissioned_on BETWEEN %(since)s AND %(until)s
      AND h.recorded @> %(known)s AND h.effective @> %(day)s), '[]') AS held
