-- The formal challenges as a question finds them: `h` is the history row that holds at the pair of moments.

-- name: history
challenge_history

-- name: kind
challenge

-- name: visible.agency
JOIN visible_challenges(%(mine)s) seen USING (thing)

-- name: columns
SELECT h.thing, h.version, h.reference, h.agency AS agency_key, h.grounds, h.requested, h.stage, h.level, h.subjects AS about, h.about_performance,
  h.issued_on, h.issued_by AS issuer, h.response_due_on,
  challenge_is_late(h.stage, h.response_due_on, %(day)s) AS overdue,
  h.answered_on, h.outcome, h.outcome_reason, h.ended_on, h.clocks AS clock_details, seen.access

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
/*found*/
GROUP BY GROUPING SETS ((), (h.agency), (h.level))
ORDER BY h.agency, h.level
