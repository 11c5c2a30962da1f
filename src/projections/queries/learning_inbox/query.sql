-- The learning that reaches bodies, fed by the kind of review or brought to them, and what they have taken up. What is a
-- draft reaches nobody.
-- Bodies are told as what they have become in the framework that is in force.

-- name: inbox
WITH feeding AS (
  SELECT f.framework, f.kind, f.body FROM jsonb_to_recordset(%(feeding)s) AS f (framework text, kind text, body text)
),
heir AS (
  SELECT h.framework, h.body, h.now FROM jsonb_to_recordset(%(heirs)s) AS h (framework text, body text, now text)
),
learning AS (
  SELECT e.entry, e.thing, coalesce(e.detail ->> 'real_since', e.detail ->> 'happened_on')::date AS real_since
  FROM entry_history e
  WHERE e.kind = 'learning' AND e.recorded @> %(known)s AND e.effective @> %(day)s
    AND e.detail ->> 'draft' IS DISTINCT FROM 'true'
),
reached AS (
  SELECT found.entry, found.body, min(found.since) AS since
  FROM (
    SELECT l.entry, f.body, l.real_since AS since
    FROM learning l
    JOIN review_history r ON r.thing = l.thing AND r.recorded @> %(known)s AND r.effective @> %(day)s
    JOIN feeding f ON f.framework = r.framework AND f.kind = r.kind
    UNION ALL
    SELECT l.entry, h.now, d.disseminated_on
    FROM dissemination_history d
    CROSS JOIN unnest(d.bodies) AS told (body)
    JOIN heir h ON h.framework = d.bodies_of AND h.body = told.body
    JOIN learning l ON l.entry = ANY (d.learning)
    WHERE d.bodies <> '{}' AND d.recorded @> %(known)s AND d.effective @> %(day)s
  ) found
  WHERE %(bodies)s::text[] IS NULL OR found.body = ANY (%(bodies)s)
  GROUP BY found.entry, found.body
),
taken AS (
  SELECT (e.detail ->> 'learning_id')::uuid AS entry, h.now AS body, min((e.detail ->> 'happened_on')::date) AS taken_on
  FROM entry_history e
  JOIN heir h ON h.framework = e.detail ->> 'framework' AND h.body = e.detail ->> 'body'
  WHERE e.kind = 'take_up' AND e.recorded @> %(known)s AND e.effective @> %(day)s
  GROUP BY 1, 2
),
chosen AS (
  SELECT r.entry, r.body, r.since, t.taken_on, coalesce(t.taken_on, %(day)s) - r.since AS days,
    (concat_ws(' ', r.entry, r.body)) COLLATE "C" AS place
  FROM reached r LEFT JOIN taken t USING (entry, body)
  WHERE %(taken_up)s::boolean IS NULL OR (t.taken_on IS NOT NULL) = %(taken_up)s
)
SELECT counted.total, page.*
FROM (SELECT count(*) AS total FROM chosen) counted
LEFT JOIN (
  SELECT c.* FROM chosen c
  WHERE (%(after_since)s::date IS NULL OR (c.since, c.place) > (%(after_since)s::date, %(after_place)s::text))
    AND (%(before_since)s::date IS NULL OR (c.since, c.place) < (%(before_since)s::date, %(before_place)s::text))
  /*order*/
  LIMIT %(limit)s
) page ON true
/*order*/

-- name: forward
ORDER BY since, place

-- name: backward
ORDER BY since DESC, place DESC
