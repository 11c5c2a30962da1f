-- The actions as a question finds them: `h` is the history row that holds at the pair of moments.

-- name: parents
SELECT parent.id, counted.total, page.*
FROM unnest(%(parents)s::text[]) AS parent (id)

-- name: counted
SELECT count(*) AS total

-- name: uncounted
SELECT NULL::bigint AS total

-- name: visible.all
CROSS JOIN LATERAL (SELECT 'FULL' AS access) seen

-- name: visible.below
CROSS JOIN LATERAL action_as_seen(h.thing, h.recommendation, %(mine)s) seen

-- name: columns
SELECT h.thing,
  CASE WHEN %(mine)s::text[] IS NULL THEN h.version ELSE version_as_seen(h.thing, h.version) END AS version, h.reference, h.wording, h.stage, cardinality(h.open_challenges) > 0 AS challenged,
  h.recommendation AS recommendation_id, h.review AS review_id, h.lead, h.contributing, h.lead_officer,
  h.monitored_by AS bodies, h.bodies_of, h.raised_on, h.first_due_on AS original_due_on, h.due_on, h.due_on_corrected,
  is_overdue(h.stage, h.due_on, h.completed_on, h.claimed_on, NULL, %(day)s) AS overdue,
  CASE WHEN is_overdue(h.stage, h.due_on, h.completed_on, h.claimed_on, NULL, %(day)s)
    THEN %(day)s - h.due_on ELSE 0 END AS days_overdue,
  is_overdue(h.stage, h.first_due_on, h.completed_on, h.claimed_on, NULL, %(day)s) AS overdue_against_original,
  h.awaiting_since IS NOT NULL AS awaiting_review, h.closure AS closure_detail, h.impact AS impact_found, h.measure_of_effectiveness,
  h.open_challenges, seen.access

-- name: chosen
SELECT h.thing, seen.access

-- name: all
SELECT h.thing, h.access FROM (
SELECT h.*, seen.access

-- name: fenced
OFFSET 0) h

-- name: again
-- A fence: each is found by its thing.
CROSS JOIN LATERAL (
  SELECT h.* FROM action_history h WHERE h.thing = seen.thing AND h.recorded @> %(known)s AND h.effective @> %(day)s OFFSET 0
) h

-- name: from.agency
-- What an agency sees is little: it is gone through, and a fence keeps all the rest of the register out of it.
FROM visible_actions(%(mine)s) seen
CROSS JOIN LATERAL (
  SELECT h.* FROM action_history h WHERE h.thing = seen.thing AND h.recorded @> %(known)s AND h.effective @> %(day)s OFFSET 0
) h
WHERE true

-- name: from
FROM action_history h
/*visible*/
WHERE h.recorded @> %(known)s AND h.effective @> %(day)s

-- name: where.listed
seen.access <> 'HEADER'

-- name: where.whole
seen.access = 'FULL'

-- name: where.things
h.thing = ANY (%(things)s)

-- name: where.reference
h.thing = (SELECT r.thing FROM reference r WHERE r.kind = 'action' AND r.reference = %(reference)s)

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

-- name: where.themes
-- They are those of the recommendation above, whose header does not show them.
h.themes && %(themes)s AND (%(mine)s::text[] IS NULL OR EXISTS (
  SELECT FROM recommendation_as_seen(h.recommendation, h.review, %(mine)s) above WHERE above.access <> 'HEADER'))

-- name: where.challenged
(cardinality(h.open_challenges) > 0) = %(challenged)s

-- name: where.awaiting_review
(h.awaiting_since IS NOT NULL) = %(awaiting_review)s

-- name: where.awaiting_impact
-- What awaits it is said for the index of it.
(NOT %(awaiting_impact)s OR (h.outcome = 'IMPLEMENTED' AND h.impact IS NULL))
  AND coalesce(h.outcome = 'IMPLEMENTED' AND h.impact IS NULL, false) = %(awaiting_impact)s

-- name: where.text
(h.wording ILIKE %(text)s OR h.reference ILIKE %(text)s)

-- name: where.under
h.recommendation = parent.id::uuid

-- name: where.recommendation
h.recommendation = %(recommendation)s

-- name: where.overdue
-- That it is open is said for the index of what is.
(NOT %(overdue)s OR h.stage IN ('ASSIGNED', 'EVIDENCED'))
  AND is_overdue(h.stage, h.due_on, h.completed_on, h.claimed_on, NULL, %(day)s) = %(overdue)s

-- name: where.overdue_against_original
(NOT %(overdue_against_original)s OR h.stage IN ('ASSIGNED', 'EVIDENCED'))
  AND is_overdue(h.stage, h.first_due_on, h.completed_on, h.claimed_on, NULL, %(day)s) = %(overdue_against_original)s

-- name: where.overdue_at
is_overdue(h.stage, h.due_on, h.completed_on, h.claimed_on, NULL, %(day)s) AND h.lead = parent.id

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

-- name: order.DUE_ON_ASC
ORDER BY coalesce(h.due_on, 'infinity'::date), h.thing

-- name: reverse.DUE_ON_ASC
ORDER BY coalesce(h.due_on, 'infinity'::date) DESC, h.thing DESC

-- name: after.DUE_ON_ASC
(coalesce(h.due_on, 'infinity'::date), h.thing) > (coalesce(%(after_0)s::date, 'infinity'::date), %(after_1)s::uuid)

-- name: before.DUE_ON_ASC
(coalesce(h.due_on, 'infinity'::date), h.thing) < (coalesce(%(before_0)s::date, 'infinity'::date), %(before_1)s::uuid)

-- name: order.DUE_ON_DESC
ORDER BY coalesce(h.due_on, '-infinity'::date) DESC, h.thing DESC

-- name: reverse.DUE_ON_DESC
ORDER BY coalesce(h.due_on, '-infinity'::date), h.thing

-- name: after.DUE_ON_DESC
(coalesce(h.due_on, '-infinity'::date), h.thing) < (coalesce(%(after_0)s::date, '-infinity'::date), %(after_1)s::uuid)

-- name: before.DUE_ON_DESC
(coalesce(h.due_on, '-infinity'::date), h.thing) > (coalesce(%(before_0)s::date, '-infinity'::date), %(before_1)s::uuid)

-- name: order.REFERENCE_ASC
ORDER BY h.reference_key, h.thing

-- name: reverse.REFERENCE_ASC
ORDER BY h.reference_key DESC, h.thing DESC

-- name: after.REFERENCE_ASC
(h.reference_key, h.thing) > (%(after_0)s::text, %(after_1)s::uuid)

-- name: before.REFERENCE_ASC
(h.reference_key, h.thing) < (%(before_0)s::text, %(before_1)s::uuid)

-- name: within.RAISED_DESC
h.raised_on <= %(day)s

-- name: order.RAISED_DESC
ORDER BY h.raised_on DESC, h.thing DESC

-- name: reverse.RAISED_DESC
ORDER BY h.raised_on, h.thing

-- name: after.RAISED_DESC
(h.raised_on, h.thing) < (%(after_0)s::date, %(after_1)s::uuid)

-- name: before.RAISED_DESC
(h.raised_on, h.thing) > (%(before_0)s::date, %(before_1)s::uuid)
