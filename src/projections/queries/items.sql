-- What recommendations and actions are asked alike, as their lists find them. `refused_on` is said in each one's own file.

-- name: item_columns
h.thing,
  CASE WHEN %(mine)s::text[] IS NULL THEN h.version ELSE version_as_seen(h.thing, h.version) END AS version,
  h.reference, h.wording, h.stage, cardinality(h.open_challenges) > 0 AS challenged, h.review AS review_id, h.lead,
  h.contributing, h.lead_officer, h.monitored_by AS bodies, h.bodies_of, h.measure_of_effectiveness, h.raised_on,
  h.first_due_on AS original_due_on, h.due_on, h.due_on_corrected, /*late*/ AS overdue,
  CASE WHEN /*late*/ THEN %(day)s - h.due_on ELSE 0 END AS days_overdue,
  h.awaiting_since IS NOT NULL AS awaiting_review, h.closure AS closure_detail, h.impact AS impact_found,
  h.open_challenges, seen.access

-- name: late
is_overdue(h.stage, h.due_on, h.completed_on, h.claimed_on, /*refused_on*/, %(day)s)

-- name: where.in_review
h.review = parent.id::uuid

-- name: where.review
h.review = %(review)s

-- name: where.stages
h.stage = ANY (%(stages)s)

-- name: where.lead_agencies
h.lead = ANY (%(lead_agencies)s)

-- name: where.monitored_by
h.monitored_by && %(monitored_by)s

-- name: where.challenged
(cardinality(h.open_challenges) > 0) = %(challenged)s

-- name: where.unchallenged
-- Said so that no more is read of each than a narrow index holds.
h.thing NOT IN (
    SELECT c.thing FROM /*history*/ c
    WHERE cardinality(c.open_challenges) > 0 AND c.recorded @> %(known)s AND c.effective @> %(day)s)

-- name: where.awaiting_review
(h.awaiting_since IS NOT NULL) = %(awaiting_review)s

-- name: where.awaiting_impact
-- What awaits it is said for the index of it.
(NOT %(awaiting_impact)s OR (h.outcome = 'IMPLEMENTED' AND h.impact IS NULL))
  AND coalesce(h.outcome = 'IMPLEMENTED' AND h.impact IS NULL, false) = %(awaiting_impact)s

-- name: where.text
(folded(h.wording) LIKE folded(%(text)s) OR folded(h.reference) LIKE folded(%(text)s))

-- name: where.overdue
-- That it is open is said for the index of what is.
(NOT %(overdue)s OR h.stage IN ('ASSIGNED', 'EVIDENCED'))
  AND /*late*/ = %(overdue)s

-- name: within.RAISED_DESC
h.raised_on <= %(day)s
