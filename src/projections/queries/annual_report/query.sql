-- name: report
-- Each figure is of what happened from `since` to `until`, as it was known and stood at the pair of moments. What still
-- was a draft then is counted nowhere.
WITH review AS (
  SELECT h.thing, h.framework, h.kind, h.commissioned_on, h.completed_on, h.published_on,
    CASE WHEN seen.access = 'FULL' THEN h.withheld_on END AS withheld_on
  FROM review_history h
  /*reviews*/
  WHERE h.recorded @> %(known)s AND h.effective @> %(day)s AND seen.access <> 'HEADER'
    AND h.commissioned_on IS NOT NULL
),
of_kind AS (
  SELECT r.framework, r.kind,
    count(*) FILTER (WHERE r.commissioned_on BETWEEN %(since)s AND %(until)s) AS commissioned,
    count(*) FILTER (WHERE r.completed_on BETWEEN %(since)s AND %(until)s) AS completed,
    count(*) FILTER (WHERE r.published_on BETWEEN %(since)s AND %(until)s) AS published,
    count(*) FILTER (WHERE r.withheld_on BETWEEN %(since)s AND %(until)s) AS withheld
  FROM review r
  GROUP BY r.framework, r.kind
),
recommendation AS NOT MATERIALIZED (
  SELECT h.thing, h.raised_on
  FROM recommendation_history h
  /*recommendations*/
  WHERE h.recorded @> %(known)s AND h.effective @> %(day)s AND seen.access <> 'HEADER' AND NOT h.draft
),
-- The answer of each agency that stands.
answer AS (
  SELECT e.detail ->> 'answer' AS answer
  FROM entry_history e JOIN recommendation r USING (thing)
  WHERE e.kind = 'response' AND e.recorded @> %(known)s AND e.effective @> %(day)s
    AND (e.detail ->> 'happened_on') COLLATE "C"
      BETWEEN to_char(%(since)s::date, 'YYYY-MM-DD') AND to_char(%(until)s::date, 'YYYY-MM-DD')
    AND NOT EXISTS (
      SELECT FROM entry_history later
      WHERE later.thing = e.thing AND later.kind = 'response' AND later.detail ->> 'agency' = e.detail ->> 'agency'
        AND later.recorded @> %(known)s AND later.effective @> %(day)s
        AND (later.detail ->> 'happened_on', later.noted_version) > (e.detail ->> 'happened_on', e.noted_version))
),
learning AS (
  SELECT (e.detail ->> 'good_practice')::boolean AS good_practice
  FROM entry_history e JOIN review r USING (thing)
  WHERE e.kind = 'learning' AND e.recorded @> %(known)s AND e.effective @> %(day)s
    AND e.detail ->> 'draft' IS DISTINCT FROM 'true'
    AND (e.detail ->> 'happened_on') COLLATE "C"
      BETWEEN to_char(%(since)s::date, 'YYYY-MM-DD') AND to_char(%(until)s::date, 'YYYY-MM-DD')
),
finding AS (
  SELECT e.thing,
    count(*) FILTER (WHERE e.detail ->> 'finding' = 'EMBEDDED') AS embedded,
    count(*) FILTER (WHERE e.detail ->> 'finding' = 'PARTLY_EMBEDDED') AS partly_embedded,
    count(*) FILTER (WHERE e.detail ->> 'finding' = 'NOT_EMBEDDED') AS not_embedded
  FROM entry_history e
  WHERE e.kind = 'impact' AND e.recorded @> %(known)s AND e.effective @> %(day)s
    AND (e.detail ->> 'happened_on') COLLATE "C"
      BETWEEN to_char(%(since)s::date, 'YYYY-MM-DD') AND to_char(%(until)s::date, 'YYYY-MM-DD')
  GROUP BY e.thing
),
returned AS (
  SELECT e.thing, count(*) AS times, count(*) FILTER (WHERE e.detail ->> 'agency' = ANY (%(mine)s)) AS times_to_us
  FROM entry_history e
  WHERE e.kind = 'evidence' AND e.recorded @> %(known)s AND e.effective @> %(day)s
    AND e.detail ->> 'verdict' = 'RETURNED'
    AND (e.detail ->> 'judged_on') COLLATE "C"
      BETWEEN to_char(%(since)s::date, 'YYYY-MM-DD') AND to_char(%(until)s::date, 'YYYY-MM-DD')
  GROUP BY e.thing
),
-- What became of each is found by it, in one walk through all.
carried_out AS NOT MATERIALIZED (
  SELECT 'recommendation' AS kind, h.closed_on, h.outcome, seen.access, f.embedded, f.partly_embedded, f.not_embedded,
    t.times, t.times_to_us
  FROM recommendation_history h
  /*whole.recommendations*/
  LEFT JOIN finding f ON f.thing = h.thing
  LEFT JOIN returned t ON t.thing = h.thing
  WHERE h.recorded @> %(known)s AND h.effective @> %(day)s AND NOT h.draft
  UNION ALL
  SELECT 'action', h.closed_on, h.outcome, seen.access, f.embedded, f.partly_embedded, f.not_embedded,
    t.times, t.times_to_us
  FROM action_history h
  /*actions*/
  LEFT JOIN finding f ON f.thing = h.thing
  LEFT JOIN returned t ON t.thing = h.thing
  WHERE h.recorded @> %(known)s AND h.effective @> %(day)s
),
report AS NOT MATERIALIZED (
  SELECT
    coalesce((
      SELECT json_agg(json_build_object('framework', k.framework, 'kind', k.kind, 'commissioned', k.commissioned,
        'completed', k.completed, 'published', k.published, 'withheld', k.withheld) ORDER BY k.kind, k.framework)
      FROM of_kind k WHERE k.commissioned + k.completed + k.published + k.withheld > 0), '[]') AS reviewed,
    (SELECT count(*) FROM recommendation r WHERE r.raised_on BETWEEN %(since)s AND %(until)s) AS recommended,
    (SELECT coalesce(json_object_agg(a.answer, a.answers), '{}') FROM (
      SELECT answer, count(*) AS answers FROM answer GROUP BY answer) a) AS answered,
    (SELECT count(*) FROM learning WHERE NOT good_practice) AS improvement,
    (SELECT count(*) FROM learning WHERE good_practice) AS good_practice,
    (SELECT /*became*/ FROM carried_out c WHERE c.kind = 'recommendation') AS of_recommendations,
    (SELECT /*became*/ FROM carried_out c WHERE c.kind = 'action') AS of_actions
)
-- Nothing is counted for a figure that is left out here.
SELECT %(since)s::date AS since, %(until)s::date AS until/*figures*/
FROM report

-- name: became
json_build_object(
      'implemented', count(*) FILTER (WHERE c.outcome = 'IMPLEMENTED' AND c.closed_on BETWEEN %(since)s AND %(until)s),
      'superseded', count(*) FILTER (WHERE c.outcome = 'SUPERSEDED' AND c.closed_on BETWEEN %(since)s AND %(until)s),
      'not_implemented', count(*) FILTER (
        WHERE c.outcome = 'NOT_IMPLEMENTED' AND c.closed_on BETWEEN %(since)s AND %(until)s),
      'embedded', coalesce(sum(c.embedded), 0),
      'partly_embedded', coalesce(sum(c.partly_embedded), 0),
      'not_embedded', coalesce(sum(c.not_embedded), 0),
      'evidence_returned', coalesce(sum(CASE WHEN c.access = 'FULL' THEN c.times ELSE c.times_to_us END), 0))

-- name: challenges
-- Formal challenges: `asked` counts each level of each challenge whose answer was due in the period. A level that was
-- over by its due date without an answer, for the challenge climbed on or ended, had none due.
WITH challenge AS (
  SELECT h.* FROM challenge_history h
  /*challenges*/
  WHERE h.recorded @> %(known)s AND h.effective @> %(day)s
),
response AS (
  SELECT e.thing, (e.detail ->> 'level')::integer AS level, min((e.detail ->> 'happened_on')::date) AS answered_on
  FROM entry_history e JOIN challenge c USING (thing)
  WHERE e.kind = 'challenge_response' AND e.recorded @> %(known)s AND e.effective @> %(day)s
  GROUP BY 1, 2
),
level AS (
  SELECT l.level, l.started_on, l.due_on, r.answered_on,
    l.due_on BETWEEN %(since)s AND %(until)s
      AND (r.answered_on IS NOT NULL OR l.stopped_on IS NULL OR l.stopped_on > l.due_on) AS asked
  FROM challenge c
  CROSS JOIN jsonb_to_recordset(c.clocks) AS l (level integer, started_on date, due_on date, stopped_on date)
  LEFT JOIN response r ON r.thing = c.thing AND r.level = l.level
)
SELECT count(*) FILTER (WHERE c.issued_on BETWEEN %(since)s AND %(until)s) AS issued,
  (SELECT count(*) FROM level l WHERE l.level > 1 AND l.started_on BETWEEN %(since)s AND %(until)s) AS escalated,
  (SELECT count(*) FROM level l WHERE l.asked) AS asked,
  (SELECT count(*) FROM level l WHERE l.asked AND l.answered_on <= l.due_on) AS in_time,
  (SELECT count(*) FROM level l WHERE l.asked AND l.due_on < coalesce(l.answered_on, %(day)s)) AS late,
  count(*) FILTER (WHERE c.outcome = 'UPHELD' AND c.ended_on BETWEEN %(since)s AND %(until)s) AS upheld,
  count(*) FILTER (WHERE c.outcome = 'ANSWERED' AND c.ended_on BETWEEN %(since)s AND %(until)s) AS answered,
  count(*) FILTER (WHERE c.stage = 'WITHDRAWN' AND c.ended_on BETWEEN %(since)s AND %(until)s) AS withdrawn,
  count(*) FILTER (
    WHERE c.issued_on <= %(until)s AND (c.ended_on IS NULL OR c.ended_on > %(until)s)) AS open_at_the_end
FROM challenge c

-- name: timeliness
-- Of what was due in the period, by the due date that stands. What was closed otherwise than as implemented, or not
-- accepted by its lead by the due date, was not to be done. A claim made in time counts as in time until it is judged;
-- a late one shows nothing. What was closed as implemented on no known day of completion was done by its closing.
WITH item AS (
  SELECT 'recommendation' AS kind, h.due_on, h.completed_on, h.claimed_on, h.closed_on, h.outcome, h.refused_on
  FROM recommendation_history h
  /*whole.recommendations*/
  WHERE h.recorded @> %(known)s AND h.effective @> %(day)s
  UNION ALL
  SELECT 'action', h.due_on, h.completed_on, h.claimed_on, h.closed_on, h.outcome, NULL
  FROM action_history h
  /*actions*/
  WHERE h.recorded @> %(known)s AND h.effective @> %(day)s
),
due AS (
  SELECT i.kind, i.due_on, coalesce(
    least(i.completed_on, CASE WHEN i.claimed_on <= i.due_on THEN i.claimed_on END), i.closed_on) AS done_on
  FROM item i
  WHERE i.due_on BETWEEN %(since)s AND %(until)s AND coalesce(i.outcome, 'IMPLEMENTED') = 'IMPLEMENTED'
    AND (i.refused_on IS NULL OR i.refused_on > i.due_on)
)
SELECT k.kind, count(d.due_on) AS due, count(*) FILTER (WHERE d.done_on <= d.due_on) AS in_time,
  count(*) FILTER (WHERE d.done_on > d.due_on) AS late,
  count(*) FILTER (WHERE d.done_on IS NULL AND d.due_on < %(day)s) AS outstanding
FROM (VALUES ('recommendation'), ('action')) AS k (kind) LEFT JOIN due d USING (kind)
GROUP BY k.kind

-- name: disseminations
SELECT d.method, count(*) AS times, count(DISTINCT d.dissemination) FILTER (WHERE d.public OR d.media) AS to_the_public,
  count(DISTINCT point) AS learning
FROM dissemination_history d LEFT JOIN LATERAL unnest(d.learning) AS point ON true
WHERE d.recorded @> %(known)s AND d.effective @> %(day)s AND d.disseminated_on BETWEEN %(since)s AND %(until)s
  AND (%(mine)s::text[] IS NULL OR d.agencies && %(mine)s)
GROUP BY d.method
ORDER BY d.method

-- name: duties
-- Duties of agencies that were due in the period: on learning, and the standing ones of returns.
SELECT CASE WHEN r.thing IS NULL THEN 'learning' ELSE 'return' END AS kind, count(*) AS due,
  count(*) FILTER (WHERE h.done_on <= h.due_on) AS in_time,
  count(*) FILTER (WHERE h.done_on > h.due_on) AS late,
  count(*) FILTER (WHERE h.done_on IS NULL AND h.due_on < %(day)s) AS outstanding,
  count(*) FILTER (WHERE coalesce(h.judged_compliance, h.compliance) = 'MET') AS met,
  count(*) FILTER (WHERE coalesce(h.judged_compliance, h.compliance) = 'PARTLY_MET') AS partly_met,
  count(*) FILTER (WHERE coalesce(h.judged_compliance, h.compliance) = 'NOT_MET') AS not_met
FROM duty_history h LEFT JOIN (
  SELECT h.thing FROM return_history h WHERE h.recorded @> %(known)s AND h.effective @> %(day)s
) r ON r.thing = h.origin
WHERE h.recorded @> %(known)s AND h.effective @> %(day)s AND h.held_by = 'AGENCY'
  AND h.due_on BETWEEN %(since)s AND %(until)s
  AND (%(mine)s::text[] IS NULL OR h.agency = ANY (%(mine)s) OR h.asked_of = ANY (%(mine)s))
GROUP BY 1

-- name: returns
SELECT count(*) AS called, count(*) FILTER (WHERE h.answered_on IS NOT NULL) AS answered,
  count(*) FILTER (WHERE h.judged_on IS NOT NULL) AS judged,
  coalesce(sum(jsonb_array_length(h.improvements)), 0)::integer AS improvements
FROM return_history h
WHERE h.recorded @> %(known)s AND h.effective @> %(day)s AND h.due_on BETWEEN %(since)s AND %(until)s
  AND (%(mine)s::text[] IS NULL OR h.agency = ANY (%(mine)s))

-- name: yields
-- What the learning of the period is, in the framework's own words, such as modifiable factors of child deaths.
SELECT e.detail ->> 'yields' AS yields, r.framework, r.kind, count(*) AS points
FROM entry_history e
JOIN (
  SELECT h.thing, h.framework, h.kind FROM review_history h
  /*reviews*/
  WHERE h.recorded @> %(known)s AND h.effective @> %(day)s AND seen.access <> 'HEADER'
) r USING (thing)
WHERE e.kind = 'learning' AND e.recorded @> %(known)s AND e.effective @> %(day)s
  AND e.detail ->> 'draft' IS DISTINCT FROM 'true'
  AND (e.detail ->> 'happened_on') COLLATE "C"
      BETWEEN to_char(%(since)s::date, 'YYYY-MM-DD') AND to_char(%(until)s::date, 'YYYY-MM-DD')
  AND e.detail ->> 'yields' IS NOT NULL
GROUP BY 1, r.framework, r.kind
ORDER BY 1, r.kind, r.framework

-- name: findings
-- In order of their days, and read as far as the page goes.
SELECT e.thing, e.entry, e.kind, e.noted_version, e.noted_at, e.detail, item.kind AS about,
  (e.detail ->> 'happened_on')::date AS verified_on
FROM entry_history e
CROSS JOIN LATERAL (
  SELECT 'recommendation' AS kind FROM recommendation_history h
  /*whole.recommendations*/
  WHERE h.thing = e.thing AND h.recorded @> %(known)s AND h.effective @> %(day)s
  UNION ALL
  SELECT 'action' FROM action_history h
  /*actions*/
  WHERE h.thing = e.thing AND h.recorded @> %(known)s AND h.effective @> %(day)s
) item
WHERE e.kind = 'impact' AND e.recorded @> %(known)s AND e.effective @> %(day)s
  AND (e.detail ->> 'happened_on') COLLATE "C"
      BETWEEN to_char(%(since)s::date, 'YYYY-MM-DD') AND to_char(%(until)s::date, 'YYYY-MM-DD')
  AND (%(after_day)s::date IS NULL OR ((e.detail ->> 'happened_on') COLLATE "C", e.entry)
    > (to_char(%(after_day)s::date, 'YYYY-MM-DD'), %(after_entry)s::uuid))
  AND (%(before_day)s::date IS NULL OR ((e.detail ->> 'happened_on') COLLATE "C", e.entry)
    < (to_char(%(before_day)s::date, 'YYYY-MM-DD'), %(before_entry)s::uuid))
/*order*/
LIMIT %(limit)s

-- name: forward
ORDER BY (e.detail ->> 'happened_on') COLLATE "C", e.entry

-- name: backward
ORDER BY (e.detail ->> 'happened_on') COLLATE "C" DESC, e.entry DESC

-- name: seen.all
CROSS JOIN LATERAL (SELECT 'FULL' AS access) seen

-- name: seen.reviews
JOIN visible_reviews(%(mine)s) seen ON seen.thing = h.thing

-- name: seen.recommendations
CROSS JOIN LATERAL recommendation_as_seen(h.thing, h.review, %(mine)s) seen

-- name: seen.whole.recommendations
JOIN visible_recommendations(%(mine)s) seen ON seen.thing = h.thing AND seen.access = 'FULL'

-- name: seen.actions
JOIN visible_actions(%(mine)s) seen ON seen.thing = h.thing

-- name: seen.challenges
JOIN visible_challenges(%(mine)s) seen ON seen.thing = h.thing
