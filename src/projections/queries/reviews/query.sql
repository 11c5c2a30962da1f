-- The reviews as a question finds them: `h` is the history row that holds at the pair of moments.
-- To an agency the past of a review that is published tells of no withholding: it was completed and not published yet.

-- name: history
review_history

-- name: kind
review

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
(folded(h.title) LIKE folded(%(text)s) OR folded(h.reference) LIKE folded(%(text)s))
