-- The recommendations as a question finds them: `h` is the history row that holds at the pair of moments.

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
CROSS JOIN LATERAL recommendation_as_seen(h.thing, h.review, %(mine)s) seen

-- name: columns
SELECT h.thing,
  CASE WHEN %(mine)s::text[] IS NULL THEN h.version ELSE version_as_seen(h.thing, h.version) END AS version, h.reference, h.wording, h.stage, cardinality(h.open_challenges) > 0 AS challenged,
  h.review AS review_id, h.lead, h.contributing, h.lead_officer, h.addressed_to AS addressees,
  h.monitored_by AS bodies, h.bodies_of, h.themes AS theme_keys, h.learning AS learning_ids, h.need, h.means_of_improvement,
  h.measure_of_effectiveness, h.raised_on, h.first_due_on AS original_due_on, h.due_on, h.due_on_corrected,
  is_overdue(h.stage, h.due_on, h.completed_on, h.claimed_on, h.refused_on, %(day)s) AS overdue,
  CASE WHEN is_overdue(h.stage, h.due_on, h.completed_on, h.claimed_on, h.refused_on, %(day)s)
    THEN %(day)s - h.due_on ELSE 0 END AS days_overdue,
  h.awaiting_since IS NOT NULL AS awaiting_review, h.closure AS closure_detail, h.impact AS impact_found, h.response_due_on,
  response_is_late(h.awaited_until, %(day)s) AS response_overdue, h.lead_response, h.clocks AS clock_details,
  h.open_challenges, h.draft, h.draft_for AS draft_for_keys, seen.access

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
  SELECT h.* FROM recommendation_history h WHERE h.thing = seen.thing AND h.recorded @> %(known)s AND h.effective @> %(day)s OFFSET 0
) h

-- name: from
FROM recommendation_history h
/*visible*/
WHERE h.recorded @> %(known)s AND h.effective @> %(day)s

-- name: where.listed
seen.access <> 'HEADER'

-- name: where.whole
seen.access = 'FULL'

-- name: where.things
h.thing = ANY (%(things)s)

-- name: where.reference
h.thing = (SELECT r.thing FROM reference r WHERE r.kind = 'recommendation' AND r.reference = %(reference)s)

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
h.themes && %(themes)s

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

-- name: where.on_theme
parent.id = ANY (h.themes)

-- name: where.overdue
-- That it is open is said for the index of what is.
(NOT %(overdue)s OR h.stage IN ('ASSIGNED', 'EVIDENCED'))
  AND is_overdue(h.stage, h.due_on, h.completed_on, h.claimed_on, h.refused_on, %(day)s) = %(overdue)s

-- name: where.answers
h.answers && %(answers)s

-- name: where.response_overdue
-- That it is awaited is said for the index of what is.
(NOT %(response_overdue)s OR cardinality(h.awaited) > 0)
  AND response_is_late(h.awaited_until, %(day)s) = %(response_overdue)s

-- name: where.unassigned
(h.stage = 'RAISED') = %(unassigned)s

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
