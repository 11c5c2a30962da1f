-- The formal challenges as a question finds them: `h` is the history row that holds at the pair of moments.

-- name: parents
SELECT parent.id, counted.total, page.*
FROM unnest(%(parents)s::text[]) AS parent (id)

-- name: counted
SELECT count(*) AS total

-- name: uncounted
SELECT NULL::bigint AS total

-- name: visible.all
CROSS JOIN LATERAL (SELECT 'FULL' AS access) seen

-- name: visible.agency
JOIN visible_challenges(%(mine)s) seen USING (thing)

-- name: columns
SELECT h.thing, h.version, h.reference, h.agency AS agency_key, h.grounds, h.requested, h.stage, h.level, h.subjects AS about, h.about_performance,
  h.issued_on, h.issued_by AS issuer, h.response_due_on,
  challenge_is_late(h.stage, h.response_due_on, %(day)s) AS overdue,
  h.answered_on, h.outcome, h.outcome_reason, h.ended_on, h.clocks AS clock_details, seen.access

-- name: chosen
SELECT h.thing, seen.access

-- name: again
-- A fence: each is found by its thing.
CROSS JOIN LATERAL (
  SELECT h.* FROM challenge_history h WHERE h.thing = seen.thing AND h.recorded @> %(known)s AND h.effective @> %(day)s OFFSET 0
) h

-- name: from
FROM challenge_history h
/*visible*/
WHERE h.recorded @> %(known)s AND h.effective @> %(day)s

-- name: where.listed
seen.access <> 'HEADER'

-- name: where.whole
seen.access = 'FULL'

-- name: where.things
h.thing = ANY (%(things)s)

-- name: where.reference
h.thing = (SELECT r.thing FROM reference r WHERE r.kind = 'challenge' AND r.reference = %(reference)s)

-- name: where.about
h.subject_ids @> ARRAY[parent.id::uuid]

-- name: where.stages
h.stage = ANY (%(stages)s)

-- name: where.agencies
h.agency = ANY (%(agencies)s)

-- name: where.overdue
challenge_is_late(h.stage, h.response_due_on, %(day)s) = %(overdue)s

-- name: where.levels
h.level = ANY (%(levels)s)

-- name: where.agency_kinds
EXISTS (
  SELECT FROM agency_history a
  WHERE a.agency = h.agency AND a.kind = ANY (%(agency_kinds)s) AND a.recorded @> %(known)s)

-- name: where.issued_since
h.issued_on >= %(issued_since)s

-- name: where.issued_until
h.issued_on <= %(issued_until)s

-- name: where.outcomes
h.outcome = ANY (%(outcomes)s)

-- name: log
-- As a whole, by agency, and by the level that each has reached.
SELECT h.agency, h.level, count(*) AS issued,
  count(*) FILTER (WHERE h.stage NOT IN ('RESOLVED', 'WITHDRAWN')) AS open,
  count(*) FILTER (WHERE h.stage IN ('ISSUED', 'ESCALATED')) AS awaiting_answer,
  count(*) FILTER (WHERE challenge_is_late(h.stage, h.response_due_on, %(day)s)) AS overdue,
  count(*) FILTER (WHERE h.level > 1) AS escalated,
  count(*) FILTER (WHERE h.outcome = 'UPHELD') AS upheld,
  count(*) FILTER (WHERE h.outcome = 'ANSWERED') AS answered,
  count(*) FILTER (WHERE h.stage = 'WITHDRAWN') AS withdrawn

-- name: log.by
GROUP BY GROUPING SETS ((), (h.agency), (h.level))
ORDER BY h.agency, h.level

-- name: order.RESPONSE_DUE_ASC
ORDER BY h.response_due_on, h.thing

-- name: reverse.RESPONSE_DUE_ASC
ORDER BY h.response_due_on DESC, h.thing DESC

-- name: after.RESPONSE_DUE_ASC
(h.response_due_on, h.thing) > (%(after_0)s::date, %(after_1)s::uuid)

-- name: before.RESPONSE_DUE_ASC
(h.response_due_on, h.thing) < (%(before_0)s::date, %(before_1)s::uuid)

-- name: order.ISSUED_DESC
ORDER BY h.issued_on DESC, h.thing DESC

-- name: reverse.ISSUED_DESC
ORDER BY h.issued_on, h.thing

-- name: after.ISSUED_DESC
(h.issued_on, h.thing) < (%(after_0)s::date, %(after_1)s::uuid)

-- name: before.ISSUED_DESC
(h.issued_on, h.thing) > (%(before_0)s::date, %(before_1)s::uuid)
