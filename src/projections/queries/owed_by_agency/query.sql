-- Everything that agencies owe at a pair of moments, each with its day: none where no day was set.
-- What an agency does not see today is not told of its past either. One that ended is told what its successor leads in its
-- stead, and not what that leads by itself and the ended one only contributed to.

-- name: owed
WITH /*seen*/owed AS (
  SELECT 'ACTION' AS kind, h.thing, NULL::uuid AS entry, h.lead AS agency, h.due_on,
    is_overdue('ASSIGNED', h.due_on, h.completed_on, h.claimed_on, NULL, %(day)s) AS overdue
  FROM /*actions*/
  WHERE h.stage IN ('ASSIGNED', 'EVIDENCED')
    AND (h.completed_on IS NULL OR h.completed_on > %(day)s)
    AND (%(wanted)s::text[] IS NULL OR h.lead = ANY (%(wanted)s))
    AND /*led*/
    AND (%(kinds)s::text[] IS NULL OR 'ACTION' = ANY (%(kinds)s))
  UNION ALL
  SELECT 'RECOMMENDATION', h.thing, NULL, h.lead, h.due_on,
    is_overdue('ASSIGNED', h.due_on, h.completed_on, h.claimed_on, h.refused_on, %(day)s)
  FROM /*recommendations*/
  WHERE h.stage IN ('ASSIGNED', 'EVIDENCED')
    AND (h.completed_on IS NULL OR h.completed_on > %(day)s)
    AND (%(wanted)s::text[] IS NULL OR h.lead = ANY (%(wanted)s))
    AND /*led*/
    AND (%(kinds)s::text[] IS NULL OR 'RECOMMENDATION' = ANY (%(kinds)s))
  UNION ALL
  SELECT 'RESPONSE', h.thing, NULL, asked.agency, asked.until, coalesce(asked.until < %(day)s, false)
  FROM /*recommendations*/
  CROSS JOIN LATERAL unnest(h.awaited, h.awaited_until) AS asked (agency, until)
  WHERE cardinality(h.awaited) > 0
    AND (%(wanted)s::text[] IS NULL OR asked.agency = ANY (%(wanted)s))
    AND (%(kinds)s::text[] IS NULL OR 'RESPONSE' = ANY (%(kinds)s))
  UNION ALL
  -- Asked for an answer by no day.
  SELECT 'RESPONSE', h.thing, NULL, asked.agency, NULL, false
  FROM /*recommendations*/
  CROSS JOIN LATERAL unnest(h.addressed_to) AS asked (agency)
  WHERE cardinality(h.addressed_to) > 0 AND h.response_due_on IS NULL AND h.stage IN ('RAISED', 'ASSIGNED', 'EVIDENCED')
    AND NOT asked.agency = ANY (h.answered)
    AND (%(wanted)s::text[] IS NULL OR asked.agency = ANY (%(wanted)s))
    AND (%(kinds)s::text[] IS NULL OR 'RESPONSE' = ANY (%(kinds)s))
  UNION ALL
  SELECT 'CHALLENGE_RESPONSE', h.thing, NULL, h.agency, h.response_due_on,
    challenge_is_late(h.stage, h.response_due_on, %(day)s)
  FROM challenge_history h
  /*challenges*/
  WHERE h.stage IN ('ISSUED', 'ESCALATED') AND h.recorded @> %(known)s AND h.effective @> %(day)s
    AND (%(wanted)s::text[] IS NULL OR h.agency = ANY (%(wanted)s))
    AND (%(kinds)s::text[] IS NULL OR 'CHALLENGE_RESPONSE' = ANY (%(kinds)s))
  UNION ALL
  SELECT 'DUTY', h.thing, h.duty, h.agency, h.due_on, is_duty_overdue(h.due_on, NULL, %(day)s)
  FROM duty_history h
  WHERE h.done_on IS NULL AND h.agency IS NOT NULL AND h.origin <> h.thing
    AND h.recorded @> %(known)s AND h.effective @> %(day)s
    AND (%(mine)s::text[] IS NULL OR h.agency = ANY (%(mine)s) OR h.asked_of = ANY (%(mine)s))
    AND (%(wanted)s::text[] IS NULL OR h.agency = ANY (%(wanted)s))
    AND (%(kinds)s::text[] IS NULL OR 'DUTY' = ANY (%(kinds)s))
  UNION ALL
  -- A return is given once all the standing duties that it answers for are confirmed.
  SELECT 'RETURN', h.thing, NULL, h.agency, min(h.due_on), coalesce(bool_or(is_duty_overdue(h.due_on, NULL, %(day)s)), false)
  FROM duty_history h
  WHERE h.done_on IS NULL AND h.agency IS NOT NULL AND h.origin = h.thing
    AND h.recorded @> %(known)s AND h.effective @> %(day)s
    AND (%(mine)s::text[] IS NULL OR h.agency = ANY (%(mine)s) OR h.asked_of = ANY (%(mine)s))
    AND (%(wanted)s::text[] IS NULL OR h.agency = ANY (%(wanted)s))
    AND (%(kinds)s::text[] IS NULL OR 'RETURN' = ANY (%(kinds)s))
  GROUP BY h.thing, h.agency
),
chosen AS (
  SELECT o.* FROM owed o
  WHERE (%(due_before)s::date IS NULL OR o.due_on < %(due_before)s)
    AND (%(overdue)s::boolean IS NULL OR o.overdue = %(overdue)s)
),
-- In order of the day, and of a place that is put together for the rows of a page alone: what it is made of sorts alike.
placed AS NOT MATERIALIZED (
  SELECT c.kind COLLATE "C" AS kind, c.thing, c.entry, coalesce(c.entry, c.thing) AS owed, c.agency COLLATE "C" AS agency,
    c.due_on, coalesce(c.due_on, 'infinity') AS day, c.overdue
  FROM chosen c
)
SELECT counted.total, page.kind, page.thing, page.entry, page.agency, page.due_on, page.overdue,
  CASE WHEN page.overdue THEN %(day)s - page.due_on ELSE 0 END AS days_overdue,
  concat_ws(' ', page.kind, page.owed, page.agency) AS place
FROM (SELECT count(*) AS total FROM chosen) counted
LEFT JOIN (
  SELECT p.* FROM placed p
  WHERE (%(after_place)s::text IS NULL OR (p.day, p.kind, p.owed, p.agency)
      > (coalesce(%(after_day)s::date, 'infinity'), split_part(%(after_place)s, ' ', 1),
        split_part(%(after_place)s, ' ', 2)::uuid, split_part(%(after_place)s, ' ', 3)))
    AND (%(before_place)s::text IS NULL OR (p.day, p.kind, p.owed, p.agency)
      < (coalesce(%(before_day)s::date, 'infinity'), split_part(%(before_place)s, ' ', 1),
        split_part(%(before_place)s, ' ', 2)::uuid, split_part(%(before_place)s, ' ', 3)))
  /*order*/
  LIMIT %(limit)s
) page ON true
/*order*/

-- name: forward
ORDER BY day, kind, owed, agency

-- name: backward
ORDER BY day DESC, kind DESC, owed DESC, agency DESC

-- name: led.now
true

-- name: led.before
(h.lead = ANY (%(mine)s) OR h.ended_leads && %(mine)s)

-- name: led_before
, h.ended_leads

-- name: actions.all
(SELECT h.* FROM action_history h WHERE h.recorded @> %(known)s AND h.effective @> %(day)s) h

-- name: recommendations.all
(SELECT h.* FROM recommendation_history h WHERE h.recorded @> %(known)s AND h.effective @> %(day)s) h

-- name: seen
-- What an agency sees is little: it is gone through once, and fences keep all the rest of the register out of it. Of an
-- action no more is read than its narrow index holds.
seen_actions AS NOT MATERIALIZED (
  SELECT h.* FROM visible_actions(%(mine)s) seen
  CROSS JOIN LATERAL (
    SELECT h.thing, h.stage, h.lead, h.due_on, h.completed_on, h.claimed_on/*led_too*/ FROM action_history h
    WHERE h.thing = seen.thing AND h.recorded @> %(known)s AND h.effective @> %(day)s
    OFFSET 0
  ) h
),
seen_recommendations AS MATERIALIZED (
  SELECT h.* FROM visible_recommendations(%(mine)s) seen
  CROSS JOIN LATERAL (
    SELECT h.thing, h.stage, h.lead, h.due_on, h.completed_on, h.claimed_on, h.refused_on, h.ended_leads, h.awaited,
      h.awaited_until, h.addressed_to, h.answered, h.response_due_on
    FROM recommendation_history h
    WHERE h.thing = seen.thing AND h.recorded @> %(known)s AND h.effective @> %(day)s
    OFFSET 0
  ) h
  WHERE seen.access = 'FULL'
),

-- name: actions.seen
seen_actions h

-- name: recommendations.seen
seen_recommendations h

-- name: challenges.seen
JOIN visible_challenges(%(mine)s) seen USING (thing)
