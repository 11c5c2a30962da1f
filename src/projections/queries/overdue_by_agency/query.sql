-- name: overdue_by_agency
-- Open rows come from an index that covers them; that they are open is said once, in its condition.
-- What an agency does not see today is not counted in its past either.
WITH item AS (
  SELECT h.lead, h.due_on, h.extension_pending, coalesce(h.completed_on <= %(day)s, false) AS completed,
    is_overdue('ASSIGNED', h.due_on, h.completed_on, h.claimed_on, NULL, %(day)s) AS overdue,
    is_overdue('ASSIGNED', h.first_due_on, h.completed_on, h.claimed_on, NULL, %(day)s) AS overdue_against_original,
    h.awaiting_since IS NOT NULL AS awaiting,
    %(day)s - h.due_on AS days
  FROM action_history h
  /*visible.actions*/
  WHERE h.stage IN ('ASSIGNED', 'EVIDENCED') AND h.recorded @> %(known)s AND h.effective @> %(day)s
    AND (%(wanted)s::text[] IS NULL OR h.lead = ANY (%(wanted)s))
),
action AS (
  SELECT lead AS agency, count(*) AS open,
    count(*) FILTER (WHERE overdue) AS overdue,
    count(*) FILTER (WHERE overdue_against_original) AS overdue_against_original,
    count(*) FILTER (WHERE awaiting) AS awaiting_review,
    count(*) FILTER (WHERE days BETWEEN -30 AND 0 AND NOT completed) AS due_within_30_days,
    count(*) FILTER (WHERE extension_pending) AS extensions_pending,
    min(due_on) FILTER (WHERE overdue) AS oldest_due_on,
    count(*) FILTER (WHERE overdue AND days <= 30) AS days_1,
    count(*) FILTER (WHERE overdue AND days BETWEEN 31 AND 90) AS days_31,
    count(*) FILTER (WHERE overdue AND days BETWEEN 91 AND 180) AS days_91,
    count(*) FILTER (WHERE overdue AND days > 180) AS days_181
  FROM item GROUP BY lead
),
-- By itself: lists of challenges stand in no index that covers open rows.
challenged AS (
  SELECT h.lead AS agency, count(*) AS actions
  FROM action_history h
  /*visible.actions*/
  WHERE h.stage IN ('ASSIGNED', 'EVIDENCED') AND cardinality(h.open_challenges) > 0
    AND h.recorded @> %(known)s AND h.effective @> %(day)s
  GROUP BY h.lead
),
recommendation AS (
  SELECT h.lead AS agency, count(*) AS overdue
  FROM recommendation_history h
  /*visible.recommendations*/
  WHERE h.stage IN ('ASSIGNED', 'EVIDENCED') AND h.recorded @> %(known)s AND h.effective @> %(day)s
    AND is_overdue('ASSIGNED', h.due_on, h.completed_on, h.claimed_on, h.refused_on, %(day)s)
  GROUP BY h.lead
),
extension AS (
  SELECT h.lead AS agency, count(*) AS pending
  FROM recommendation_history h
  /*visible.recommendations*/
  WHERE h.stage IN ('ASSIGNED', 'EVIDENCED') AND h.extension_pending AND h.recorded @> %(known)s AND h.effective @> %(day)s
  GROUP BY h.lead
),
response AS (
  SELECT asked.agency, count(*) AS overdue
  FROM recommendation_history h
  /*visible.recommendations*/
  CROSS JOIN LATERAL unnest(h.awaited, h.awaited_until) AS asked (agency, until)
  WHERE cardinality(h.awaited) > 0 AND h.recorded @> %(known)s AND h.effective @> %(day)s AND asked.until < %(day)s
  GROUP BY asked.agency
),
challenge AS (
  SELECT h.agency, count(*) AS overdue
  FROM challenge_history h
  /*visible.challenges*/
  WHERE h.recorded @> %(known)s AND h.effective @> %(day)s
    AND challenge_is_late(h.stage, h.response_due_on, %(day)s)
  GROUP BY h.agency
),
duty AS (
  SELECT h.agency, count(*) AS overdue
  FROM duty_history h
  WHERE h.done_on IS NULL AND h.agency IS NOT NULL AND h.recorded @> %(known)s AND h.effective @> %(day)s
    AND is_duty_overdue(h.due_on, NULL, %(day)s)
  GROUP BY h.agency
),
-- What was known at the end of the day differs from what is known only if the day had ended by then. Told late is what
-- is known now to have been completed by the day, or claimed by its due date; not what has been closed or put off since.
late AS (
  SELECT earlier.lead AS agency, count(*) AS reported
  FROM action_history earlier
  /*visible.actions*/
  WHERE %(end_of_day)s < %(known)s
    AND earlier.stage IN ('ASSIGNED', 'EVIDENCED')
    AND earlier.recorded @> %(end_of_day)s AND earlier.effective @> %(day)s
    AND is_overdue('ASSIGNED', earlier.due_on, earlier.completed_on, earlier.claimed_on, NULL, %(day)s)
    AND (%(wanted)s::text[] IS NULL OR earlier.lead = ANY (%(wanted)s))
    AND EXISTS (
      SELECT FROM action_history h
      WHERE h.thing = earlier.thing AND h.recorded @> %(known)s AND h.effective @> %(day)s
        AND (h.completed_on <= %(day)s OR h.claimed_on <= h.due_on)
      OFFSET 0)
  GROUP BY earlier.lead
),
-- What an agency has to do is told of the days before it was added, too.
agency AS (
  SELECT h.agency, bool_or(h.effective @> %(day)s) AS there
  FROM agency_history h
  WHERE h.recorded @> %(known)s AND (%(wanted)s::text[] IS NULL OR h.agency = ANY (%(wanted)s))
  GROUP BY h.agency
)
SELECT a.agency,
  coalesce(action.open, 0) AS open,
  coalesce(action.overdue, 0) AS overdue,
  coalesce(action.overdue_against_original, 0) AS overdue_against_original,
  coalesce(action.awaiting_review, 0) AS awaiting_review,
  coalesce(challenged.actions, 0) AS challenged,
  coalesce(action.due_within_30_days, 0) AS due_within_30_days,
  action.oldest_due_on,
  json_build_array(
    json_build_object('from_days', 1, 'to_days', 30, 'actions', coalesce(action.days_1, 0)),
    json_build_object('from_days', 31, 'to_days', 90, 'actions', coalesce(action.days_31, 0)),
    json_build_object('from_days', 91, 'to_days', 180, 'actions', coalesce(action.days_91, 0)),
    json_build_object('from_days', 181, 'to_days', NULL, 'actions', coalesce(action.days_181, 0))) AS ageing,
  coalesce(recommendation.overdue, 0) AS recommendations_overdue,
  coalesce(response.overdue, 0) AS responses_overdue,
  coalesce(challenge.overdue, 0) AS challenge_responses_overdue,
  coalesce(duty.overdue, 0) AS duties_overdue,
  coalesce(action.extensions_pending, 0) + coalesce(extension.pending, 0) AS extensions_pending,
  coalesce(late.reported, 0) AS reported_late
FROM agency a
LEFT JOIN action ON action.agency = a.agency
LEFT JOIN challenged ON challenged.agency = a.agency
LEFT JOIN recommendation ON recommendation.agency = a.agency
LEFT JOIN extension ON extension.agency = a.agency
LEFT JOIN response ON response.agency = a.agency
LEFT JOIN challenge ON challenge.agency = a.agency
LEFT JOIN duty ON duty.agency = a.agency
LEFT JOIN late ON late.agency = a.agency
WHERE %(include_up_to_date)s AND a.there OR coalesce(
  action.agency, recommendation.agency, extension.agency, response.agency, challenge.agency, duty.agency, late.agency) IS NOT NULL
ORDER BY overdue DESC, open DESC, a.agency

-- name: visible.actions
JOIN visible_actions(%(mine)s) seen USING (thing)

-- name: visible.challenges
JOIN visible_challenges(%(mine)s) seen USING (thing)

-- name: visible.recommendations
JOIN visible_recommendations(%(mine)s) seen ON seen.thing = h.thing AND seen.access = 'FULL'
