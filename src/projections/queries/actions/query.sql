-- The actions as a question finds them: `h` is the history row that holds at the pair of moments.

-- name: history
action_history

-- name: kind
action

-- name: refused_on
NULL

-- name: visible.below
CROSS JOIN LATERAL action_as_seen(h.thing, h.recommendation, %(mine)s) seen

-- name: columns
SELECT /*item_columns*/,
  h.recommendation AS recommendation_id,
  is_overdue(h.stage, h.first_due_on, h.completed_on, h.claimed_on, NULL, %(day)s) AS overdue_against_original

-- name: from.agency
-- What an agency sees is little: it is gone through, and a fence keeps all the rest of the register out of it.
FROM visible_actions(%(mine)s) seen
CROSS JOIN LATERAL (
  SELECT h.* FROM action_history h WHERE h.thing = seen.thing AND h.recorded @> %(known)s AND h.effective @> %(day)s OFFSET 0
) h
WHERE true

-- name: where.themes
-- They are those of the recommendation above, whose header does not show them.
h.themes && %(themes)s AND (%(mine)s::text[] IS NULL OR EXISTS (
  SELECT FROM recommendation_as_seen(h.recommendation, h.review, %(mine)s) above WHERE above.access <> 'HEADER'))

-- name: where.under
h.recommendation = parent.id::uuid

-- name: where.recommendation
h.recommendation = %(recommendation)s

-- name: where.overdue_against_original
(NOT %(overdue_against_original)s OR h.stage IN ('ASSIGNED', 'EVIDENCED'))
  AND is_overdue(h.stage, h.first_due_on, h.completed_on, h.claimed_on, NULL, %(day)s) = %(overdue_against_original)s

-- name: where.overdue_at
/*late*/ AND h.lead = parent.id

-- name: where.due_before
h.due_on < %(due_before)s

-- name: where.contributing_agencies
h.contributing && %(contributing_agencies)s

-- name: where.extension_pending
h.extension_pending = %(extension_pending)s

-- name: where.evidence_verdicts
h.verdicts && %(evidence_verdicts)s

-- name: where.closure_outcomes
h.outcome = ANY (%(closure_outcomes)s)

-- name: where.impacts
h.impact = ANY (%(impacts)s)

-- name: where.lead_officers
h.lead_officer = ANY (%(lead_officers)s)
