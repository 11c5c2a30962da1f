-- name: implementation
-- Counts are of actions, and by themselves of recommendations; a review without a plan yet is there with zeros. A header
-- hides its bodies and its days: it is found by the bodies of what is seen below it, and stands where its reference says.
WITH below AS (
  SELECT h.review FROM action_history h
  /*actions*/
  WHERE h.recorded @> %(known)s AND h.effective @> %(day)s AND %(body)s::text = ANY (h.monitored_by)
  UNION ALL
  SELECT h.review FROM recommendation_history h
  /*recommendations*/
  WHERE h.recorded @> %(known)s AND h.effective @> %(day)s AND %(body)s::text = ANY (h.monitored_by)
    AND seen.access <> 'HEADER'
),
listed AS (
  SELECT h.thing, h.reference_key,
    coalesce(CASE WHEN seen.access <> 'HEADER' THEN date '2000-01-01' - h.commissioned_on END, 2147483647) AS place
  FROM review_history h
  /*reviews*/
  WHERE h.recorded @> %(known)s AND h.effective @> %(day)s
    AND h.stage NOT IN ('REFERRED', 'NOT_COMMISSIONED')
    AND (%(body)s::text IS NULL OR CASE seen.access
      WHEN 'HEADER' THEN h.thing IN (SELECT below.review FROM below) ELSE %(body)s = ANY (h.monitored_by) END)
    AND (%(review)s::uuid IS NULL OR h.thing = %(review)s)
),
-- The latest commissioned first; of a header no day is seen, and it comes last.
review AS MATERIALIZED (
  SELECT l.thing, l.reference_key, l.place
  FROM listed l
  WHERE %(after)s::uuid IS NULL OR (l.place, l.reference_key, l.thing) > (
    SELECT a.place, a.reference_key, a.thing FROM listed a WHERE a.thing = %(after)s)
  ORDER BY l.place, l.reference_key, l.thing
  LIMIT %(limit)s
),
recommendation AS (
  SELECT h.review, count(*) AS raised,
    count(*) FILTER (WHERE h.stage IN ('CLOSED', 'IMPACT_VERIFIED')) AS closed,
    count(*) FILTER (WHERE seen.access = 'FULL'
      AND is_overdue(h.stage, h.due_on, h.completed_on, h.claimed_on, h.refused_on, %(day)s)) AS overdue,
    count(*) FILTER (WHERE seen.access = 'FULL' AND cardinality(h.open_challenges) > 0) AS challenged,
    count(*) FILTER (WHERE seen.access = 'FULL' AND h.awaiting_since IS NOT NULL) AS awaiting_review,
    count(*) FILTER (WHERE seen.access = 'FULL' AND h.extension_pending) AS extensions_pending
  FROM /*recommendations of them*/
  /*their recommendations*/
  WHERE h.recorded @> %(known)s AND h.effective @> %(day)s AND seen.access <> 'HEADER' AND NOT h.draft
  GROUP BY h.review
),
-- A finding stands until the next one, whether what it is about has been reopened or not.
not_embedded AS (
  SELECT DISTINCT e.thing
  FROM entry_history e
  WHERE e.kind = 'impact' AND e.detail ->> 'finding' = 'NOT_EMBEDDED' AND e.recorded @> %(known)s AND e.effective @> %(day)s
    AND NOT EXISTS (
      SELECT FROM entry_history later
      WHERE later.thing = e.thing AND later.kind = 'impact' AND later.recorded @> %(known)s AND later.effective @> %(day)s
        AND (later.detail ->> 'happened_on', later.noted_version) > (e.detail ->> 'happened_on', e.noted_version))
),
-- Not kept: of what nobody asks for, nothing is looked up.
item AS NOT MATERIALIZED (
  SELECT h.review, h.lead, h.awaiting_since, seen.access,
    h.stage IN ('CLOSED', 'IMPACT_VERIFIED') AS closed,
    h.stage = 'IMPACT_VERIFIED' AS impact_verified,
    n.thing IS NOT NULL AS not_embedded,
    coalesce(h.outcome = 'IMPLEMENTED' AND h.impact IS NULL, false) AS awaiting_impact,
    is_overdue(h.stage, h.due_on, h.completed_on, h.claimed_on, NULL, %(day)s) AS overdue,
    h.awaiting_since IS NOT NULL AS awaiting_review,
    /*challenged*/ AS challenged,
    h.extension_pending
  FROM /*actions of them*/
  /*actions*/
  LEFT JOIN not_embedded n ON n.thing = h.thing
  WHERE h.recorded @> %(known)s AND h.effective @> %(day)s AND seen.access <> 'HEADER'
),
counted AS (
  SELECT i.review, count(*) AS actions,
    count(*) FILTER (WHERE i.closed) AS closed,
    count(*) FILTER (WHERE i.impact_verified) AS impact_verified,
    count(*) FILTER (WHERE i.not_embedded) AS not_embedded,
    count(*) FILTER (WHERE i.awaiting_impact) AS awaiting_impact,
    count(*) FILTER (WHERE i.overdue) AS overdue,
    count(*) FILTER (WHERE i.awaiting_review) AS awaiting_review,
    min(i.awaiting_since) FILTER (WHERE i.access = 'FULL') AS awaiting_since,
    count(*) FILTER (WHERE i.challenged) AS challenged,
    count(*) FILTER (WHERE i.extension_pending) AS extensions_pending
  FROM item i
  GROUP BY i.review
),
agency AS (
  SELECT c.review, json_agg(json_build_object(
    'agency', c.lead, 'actions', c.actions, 'closed', c.closed, 'impact_verified', c.impact_verified,
    'not_embedded', c.not_embedded, 'overdue', c.overdue, 'awaiting_review', c.awaiting_review,
    'challenged', c.challenged) ORDER BY c.lead) AS progress
  FROM (
    SELECT i.review, i.lead, count(*) AS actions,
      count(*) FILTER (WHERE i.closed) AS closed,
      count(*) FILTER (WHERE i.impact_verified) AS impact_verified,
      count(*) FILTER (WHERE i.not_embedded) AS not_embedded,
      count(*) FILTER (WHERE i.overdue) AS overdue,
      count(*) FILTER (WHERE i.awaiting_review) AS awaiting_review,
      count(*) FILTER (WHERE i.challenged) AS challenged
    FROM item i
    WHERE i.lead IS NOT NULL
    GROUP BY i.review, i.lead
  ) c
  GROUP BY c.review
),
plan AS (
  SELECT review.place, review.reference_key, review.thing, review.thing AS review_id,
    coalesce(r.raised, 0) AS recommendations,
    coalesce(r.closed, 0) AS recommendations_closed,
    coalesce(r.overdue, 0) AS recommendations_overdue,
    coalesce(r.challenged, 0) AS recommendations_challenged,
    coalesce(r.awaiting_review, 0) AS recommendations_awaiting_review,
    coalesce(r.extensions_pending, 0) AS recommendation_extensions_pending,
    coalesce(c.actions, 0) AS actions,
    coalesce(c.closed, 0) AS closed,
    coalesce(c.impact_verified, 0) AS impact_verified,
    coalesce(c.not_embedded, 0) AS not_embedded,
    coalesce(c.awaiting_impact, 0) AS awaiting_impact,
    coalesce(c.overdue, 0) AS overdue,
    coalesce(c.challenged, 0) AS challenged,
    coalesce(c.awaiting_review, 0) AS evidence_awaiting_review,
    c.awaiting_since AS oldest_evidence_awaiting_since,
    coalesce(c.extensions_pending, 0) AS extensions_pending,
    coalesce(agency.progress, '[]') AS agencies
  FROM review
  LEFT JOIN recommendation r ON r.review = review.thing
  LEFT JOIN counted c ON c.review = review.thing
  LEFT JOIN agency ON agency.review = review.thing
)
-- What is joined for columns that are left out here is not read at all.
SELECT /*columns*/
FROM plan
ORDER BY plan.place, plan.reference_key, plan.thing

-- name: challenged.few
cardinality(h.open_challenges) > 0

-- name: challenged.every
-- Said so that no more is read of an action than its narrow index holds.
h.thing IN (
      SELECT o.thing FROM action_history o
      WHERE cardinality(o.open_challenges) > 0 AND o.recorded @> %(known)s AND o.effective @> %(day)s)

-- name: seen.all
CROSS JOIN LATERAL (SELECT 'FULL' AS access) seen

-- name: seen.reviews
JOIN visible_reviews(%(mine)s) seen ON seen.thing = h.thing

-- name: seen.recommendations
CROSS JOIN LATERAL recommendation_as_seen(h.thing, h.review, %(mine)s) seen

-- name: seen.recommendations.few
-- A fence: what is seen of each is found out once, however often it is asked for.
CROSS JOIN LATERAL (SELECT s.access FROM recommendation_as_seen(h.thing, h.review, %(mine)s) s OFFSET 0) seen

-- name: seen.actions
JOIN visible_actions(%(mine)s) seen ON seen.thing = h.thing

-- name: of.every
/*history*/ h

-- name: of.few
-- A fence: what stands below the reviews of a page is found by them, before it is asked what of it is seen.
review
  CROSS JOIN LATERAL (
    SELECT h.* FROM /*history*/ h WHERE h.review = review.thing AND h.recorded @> %(known)s AND h.effective @> %(day)s OFFSET 0
  ) h
