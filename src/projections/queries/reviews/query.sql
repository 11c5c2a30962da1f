-- The reviews as a question finds them: `h` is the history row that holds at the pair of moments.
-- To an agency the past of a review that is published tells of no withholding: it was completed and not published yet.

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
JOIN visible_reviews(%(mine)s) seen USING (thing)

-- name: columns
SELECT h.thing, h.version, h.reference, h.title, h.kind AS kind_key, h.framework AS framework_key,
  CASE WHEN seen.access = 'PUBLISHED' AND h.stage = 'WITHHELD' THEN 'COMPLETED' ELSE h.stage END AS stage,
  h.commissioned_on, h.completed_on, h.published_on, h.withheld_reason AS publication_withheld_reason,
  h.published_url, h.board_response, h.improvements, h.lead_reviewer, h.lead_reviewer_employer,
  h.lead_reviewer_independent, h.agencies AS agency_keys, h.mandated_by, h.aware_on, h.follows_up AS follows_up_id,
  h.monitored_by AS bodies, h.bodies_of, h.shared_reference, h.method, h.sections AS section_texts, h.open_challenges, h.referred_on, h.referred_by,
  h.declined_on, h.declined_reason, h.programme_year, h.checks AS check_ids, h.withheld_on,
  h.circumstances AS circumstance_keys, h.commissioned_reason, h.reported_by AS reported_by_key,
  h.facilitator, h.themes AS theme_keys, h.stakeholders, h.conditions_met, h.criteria_met, seen.access

-- name: chosen
SELECT h.thing, seen.access

-- name: again
-- A fence: each is found by its thing.
CROSS JOIN LATERAL (
  SELECT h.* FROM review_history h WHERE h.thing = seen.thing AND h.recorded @> %(known)s AND h.effective @> %(day)s OFFSET 0
) h

-- name: from
FROM review_history h
/*visible*/
WHERE h.recorded @> %(known)s AND h.effective @> %(day)s

-- name: where.listed
seen.access <> 'HEADER'

-- name: where.things
h.thing = ANY (%(things)s)

-- name: where.reference
h.thing = (SELECT r.thing FROM reference r WHERE r.kind = 'review' AND r.reference = %(reference)s)

-- name: where.under_review
h.stage NOT IN ('REFERRED', 'NOT_COMMISSIONED') AND cardinality(h.agencies) > 0
  AND (%(mine)s::text[] IS NULL OR h.agencies && %(mine)s)

-- name: where.kinds
h.kind = ANY (%(kinds)s)

-- name: where.stages
CASE WHEN seen.access = 'PUBLISHED' AND h.stage = 'WITHHELD' THEN 'COMPLETED' ELSE h.stage END = ANY (%(stages)s)

-- name: where.monitored_by
h.monitored_by && %(monitored_by)s

-- name: where.agencies
h.agencies && %(agencies)s

-- name: where.clocks
EXISTS (
  SELECT FROM entry_history e
  WHERE e.thing = h.thing AND e.kind = 'clock' AND e.recorded @> %(known)s AND e.effective @> %(day)s
    AND CASE
      WHEN 'RUNNING' = ANY (%(clocks)s) AND e.detail ->> 'stopped_on' IS NULL THEN true
      WHEN 'MISSED' = ANY (%(clocks)s) THEN
        coalesce((e.detail ->> 'stopped_on')::date, %(day)s) > (e.detail ->> 'due_on')::date
        OR ('MET' = ANY (%(clocks)s) AND e.detail ->> 'stopped_on' IS NOT NULL)
      WHEN 'MET' = ANY (%(clocks)s) THEN (e.detail ->> 'stopped_on')::date <= (e.detail ->> 'due_on')::date
      ELSE false
    END)

-- name: where.text
(h.title ILIKE %(text)s OR h.reference ILIKE %(text)s)

-- name: order.COMMISSIONED_ON_DESC
ORDER BY coalesce(h.commissioned_on, '-infinity'::date) DESC, h.thing DESC

-- name: reverse.COMMISSIONED_ON_DESC
ORDER BY coalesce(h.commissioned_on, '-infinity'::date), h.thing

-- name: after.COMMISSIONED_ON_DESC
(coalesce(h.commissioned_on, '-infinity'::date), h.thing) < (coalesce(%(after_0)s::date, '-infinity'::date), %(after_1)s::uuid)

-- name: before.COMMISSIONED_ON_DESC
(coalesce(h.commissioned_on, '-infinity'::date), h.thing) > (coalesce(%(before_0)s::date, '-infinity'::date), %(before_1)s::uuid)

-- name: order.COMMISSIONED_ON_ASC
ORDER BY coalesce(h.commissioned_on, 'infinity'::date), h.thing

-- name: reverse.COMMISSIONED_ON_ASC
ORDER BY coalesce(h.commissioned_on, 'infinity'::date) DESC, h.thing DESC

-- name: after.COMMISSIONED_ON_ASC
(coalesce(h.commissioned_on, 'infinity'::date), h.thing) > (coalesce(%(after_0)s::date, 'infinity'::date), %(after_1)s::uuid)

-- name: before.COMMISSIONED_ON_ASC
(coalesce(h.commissioned_on, 'infinity'::date), h.thing) < (coalesce(%(before_0)s::date, 'infinity'::date), %(before_1)s::uuid)

-- name: order.REFERENCE_ASC
ORDER BY h.reference_key, h.thing

-- name: reverse.REFERENCE_ASC
ORDER BY h.reference_key DESC, h.thing DESC

-- name: after.REFERENCE_ASC
(h.reference_key, h.thing) > (%(after_0)s::text, %(after_1)s::uuid)

-- name: before.REFERENCE_ASC
(h.reference_key, h.thing) < (%(before_0)s::text, %(before_1)s::uuid)
