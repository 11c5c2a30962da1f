-- name: by_learning
-- How far each point of a review's learning has reached; for an agency's eyes what was disseminated to it.
WITH told AS (
  SELECT e.entry AS learning, d.dissemination, d.method, d.agencies
  FROM entry_history e
  JOIN dissemination_history d ON d.learning @> ARRAY[e.entry]
  WHERE e.thing = %(review)s AND e.kind = 'learning' AND e.recorded @> %(known)s AND e.effective @> %(day)s
    AND d.recorded @> %(known)s AND d.effective @> %(day)s
    AND (%(mine)s::text[] IS NULL OR d.agencies && %(mine)s OR d.dissemination IN (
      -- What was asked of another, and is owed by it since.
      SELECT moved.origin FROM duty_history moved
      WHERE moved.agency = ANY (%(mine)s) AND moved.recorded @> %(known)s AND moved.effective @> %(day)s))
),
receipt AS (
  SELECT t.learning, h.agency, array_agg(DISTINCT t.dissemination) AS origins, min(h.arisen_on) AS since,
    count(*) AS duties, count(h.done_on) AS done,
    count(*) FILTER (WHERE is_duty_overdue(h.due_on, h.done_on, %(day)s)) AS overdue
  FROM told t
  JOIN duty_history h ON h.origin = t.dissemination AND h.learning @> ARRAY[t.learning]
  WHERE h.agency IS NOT NULL AND h.recorded @> %(known)s AND h.effective @> %(day)s
    AND (%(mine)s::text[] IS NULL OR h.agency = ANY (%(mine)s) OR h.asked_of = ANY (%(mine)s))
  GROUP BY t.learning, h.agency
),
reached AS (
  -- Told again by another method, an agency has no duty a second time.
  SELECT r.*, m.methods
  FROM receipt r
  CROSS JOIN LATERAL (
    SELECT array_agg(DISTINCT t.method) AS methods FROM told t
    WHERE t.learning = r.learning AND (t.dissemination = ANY (r.origins) OR r.agency = ANY (t.agencies))
  ) m
),
counted AS (
  SELECT r.learning, count(*) AS agencies, count(*) FILTER (WHERE r.done = r.duties) AS confirmed,
    sum(r.duties) AS duties, sum(r.done) AS done, sum(r.overdue) AS overdue,
    json_agg(json_build_object('agency', r.agency, 'methods', r.methods, 'since', r.since, 'duties', r.duties,
      'done', r.done, 'overdue', r.overdue) ORDER BY r.agency) AS receipts
  FROM reached r
  GROUP BY r.learning
),
method AS (
  SELECT t.learning, array_agg(DISTINCT t.method) AS methods, count(*) AS disseminations
  FROM told t
  GROUP BY t.learning
)
SELECT e.entry AS learning_id,
  coalesce(m.methods, '{}') AS methods,
  coalesce(m.disseminations, 0) AS disseminations,
  coalesce(c.agencies, 0) AS agencies,
  coalesce(c.confirmed, 0) AS confirmed,
  coalesce(c.duties, 0)::integer AS duties,
  coalesce(c.done, 0)::integer AS done,
  coalesce(c.overdue, 0)::integer AS overdue,
  coalesce(c.receipts, '[]') AS receipts
FROM entry_history e
LEFT JOIN method m ON m.learning = e.entry
LEFT JOIN counted c ON c.learning = e.entry
WHERE e.thing = %(review)s AND e.kind = 'learning' AND e.recorded @> %(known)s AND e.effective @> %(day)s
  AND (%(mine)s::text[] IS NULL OR m.learning IS NOT NULL)
ORDER BY e.noted_version

-- name: by_agency
-- What each agency has received, of one review its own learning only, and how far it has confirmed what follows.
WITH told AS (
  SELECT d.dissemination, d.method, d.learning, d.agencies
  FROM dissemination_history d
  WHERE d.recorded @> %(known)s AND d.effective @> %(day)s
    AND (%(mine)s::text[] IS NULL OR d.agencies && %(mine)s OR d.dissemination IN (
      -- What was asked of another, and is owed by it since.
      SELECT moved.origin FROM duty_history moved
      WHERE moved.agency = ANY (%(mine)s) AND moved.recorded @> %(known)s AND moved.effective @> %(day)s))
    AND (%(review)s::uuid IS NULL OR d.dissemination IN (
      SELECT tied.dissemination FROM reviews_of_disseminations(%(known)s, %(day)s) tied
      WHERE tied.review = %(review)s))
),
own AS (
  SELECT e.entry FROM entry_history e
  WHERE e.thing = %(review)s AND e.kind = 'learning' AND e.recorded @> %(known)s AND e.effective @> %(day)s
),
owed AS (
  SELECT h.agency, h.origin, h.due_on, h.done_on
  FROM told t
  JOIN duty_history h ON h.origin = t.dissemination
  WHERE h.agency IS NOT NULL AND h.recorded @> %(known)s AND h.effective @> %(day)s
    AND (%(mine)s::text[] IS NULL OR h.agency = ANY (%(mine)s) OR h.asked_of = ANY (%(mine)s))
    AND (%(wanted)s::text[] IS NULL OR h.agency = ANY (%(wanted)s))
),
received AS (
  SELECT o.agency, count(DISTINCT point) AS learning, count(DISTINCT t.dissemination) AS disseminations,
    array_agg(DISTINCT t.method) AS methods
  FROM (
    SELECT agency, origin FROM owed
    UNION
    -- Told again by another method, an agency has no duty a second time.
    SELECT agency, again.dissemination
    FROM told again, unnest(again.agencies) AS agency
    WHERE agency IN (SELECT owed.agency FROM owed)
  ) o
  JOIN told t ON t.dissemination = o.origin
  LEFT JOIN LATERAL unnest(t.learning) AS point ON %(review)s::uuid IS NULL OR point IN (SELECT entry FROM own)
  GROUP BY o.agency
)
SELECT o.agency, r.learning, r.disseminations, r.methods,
  count(*) AS duties,
  count(o.done_on) AS done,
  count(*) FILTER (WHERE is_duty_overdue(o.due_on, o.done_on, %(day)s)) AS overdue,
  min(o.due_on) FILTER (WHERE o.done_on IS NULL) AS oldest_due_on
FROM owed o
JOIN received r ON r.agency = o.agency
GROUP BY o.agency, r.learning, r.disseminations, r.methods
ORDER BY o.agency
