-- What awaits the bodies that oversee, at a pair of moments. `since`: from which day it waits.

-- name: awaited
WITH member AS (
  SELECT m.body, m.own, m.sides FROM jsonb_to_recordset(%(members)s) AS m (body text, own text[], sides bigint)
),
-- Of each body whoever answers for the fewest: what is nobody's whom this one answers for is not the chair's alone.
freest AS (
  SELECT DISTINCT ON (m.body) m.body, m.sides FROM member m ORDER BY m.body, cardinality(m.own), m.own
),
adviser AS (
  SELECT a.framework, a.kind, a.body, a.any_of
  FROM jsonb_to_recordset(%(advisers)s) AS a (framework text, kind text, body text, any_of text[])
),
-- Of which evidence, a claim or a request waits: by an index for what awaits a verdict, and one for requests.
waiting AS (
  SELECT 'action' AS kind, h.thing, h.monitored_by[1] AS body, h.sides, h.awaiting_since, h.claimed_on,
    h.extension_pending
  FROM action_history h
  WHERE h.stage IN ('ASSIGNED', 'EVIDENCED') AND h.awaiting_since IS NOT NULL
    AND h.recorded @> %(known)s AND h.effective @> %(day)s
  UNION ALL
  SELECT 'action', h.thing, h.monitored_by[1], h.sides, NULL, h.claimed_on, true
  FROM action_history h
  WHERE h.stage IN ('ASSIGNED', 'EVIDENCED') AND h.extension_pending AND h.awaiting_since IS NULL
    AND h.recorded @> %(known)s AND h.effective @> %(day)s
  UNION ALL
  SELECT 'recommendation', h.thing, h.monitored_by[1], h.sides, h.awaiting_since, h.claimed_on, h.extension_pending
  FROM recommendation_history h
  WHERE h.stage IN ('ASSIGNED', 'EVIDENCED') AND h.awaiting_since IS NOT NULL
    AND h.recorded @> %(known)s AND h.effective @> %(day)s
  UNION ALL
  SELECT 'recommendation', h.thing, h.monitored_by[1], h.sides, NULL, h.claimed_on, true
  FROM recommendation_history h
  WHERE h.stage IN ('ASSIGNED', 'EVIDENCED') AND h.extension_pending AND h.awaiting_since IS NULL
    AND h.recorded @> %(known)s AND h.effective @> %(day)s
  UNION ALL
  -- Evidence may be dated before the assignment; it waits from its own day.
  SELECT 'action', h.thing, h.monitored_by[1], h.sides, h.awaiting_since, h.claimed_on, false
  FROM action_history h
  WHERE h.stage = 'RAISED' AND h.awaiting_since IS NOT NULL AND h.recorded @> %(known)s AND h.effective @> %(day)s
  UNION ALL
  SELECT 'recommendation', h.thing, h.monitored_by[1], h.sides, h.awaiting_since, h.claimed_on, false
  FROM recommendation_history h
  WHERE h.stage = 'RAISED' AND h.awaiting_since IS NOT NULL AND h.recorded @> %(known)s AND h.effective @> %(day)s
),
-- A fence: however many wait, what is listed under each is found by its thing.
listed AS (
  SELECT w.*, e.entry, e.kind AS noted_as, e.noted_version, e.detail
  FROM waiting w
  CROSS JOIN LATERAL (
    SELECT e.entry, e.kind, e.noted_version, e.detail FROM entry_history e
    WHERE e.thing = w.thing AND e.kind IN ('evidence', 'extension')
      AND e.recorded @> %(known)s AND e.effective @> %(day)s
    OFFSET 0
  ) e
),
-- Nothing was accepted of the recommendation itself, and nothing of it waits.
untold AS NOT MATERIALIZED (
  SELECT h.thing, h.monitored_by, h.sides, h.reopened_on
  FROM recommendation_history h
  WHERE h.stage IN ('ASSIGNED', 'EVIDENCED') AND h.completed_on IS NULL AND h.awaiting_since IS NULL
    AND h.recorded @> %(known)s AND h.effective @> %(day)s
),
-- What has happened to the actions of each such recommendation, where all of them are closed.
carried_out AS (
  SELECT a.recommendation, max(a.closed_on) AS closed_on,
    max(a.closed_on) FILTER (WHERE a.outcome = 'IMPLEMENTED') AS implemented_on
  FROM action_history a
  WHERE a.recommendation IN (SELECT u.thing FROM untold u) AND a.recorded @> %(known)s AND a.effective @> %(day)s
  GROUP BY a.recommendation
  HAVING bool_and(a.stage IN ('CLOSED', 'IMPACT_VERIFIED')) AND bool_or(a.outcome = 'IMPLEMENTED')
),
living AS (
  SELECT 'UNASSIGNED' AS queue, 'action' AS kind, h.thing, h.monitored_by[1] AS body, 0::bigint AS sides, h.raised_on AS since,
    NULL::date AS due_on
  FROM action_history h
  WHERE h.stage = 'RAISED' AND h.recorded @> %(known)s AND h.effective @> %(day)s
  UNION ALL
  SELECT 'UNASSIGNED', 'recommendation', h.thing, h.monitored_by[1], 0, h.raised_on, NULL
  FROM recommendation_history h
  WHERE h.stage = 'RAISED' AND NOT h.draft AND h.recorded @> %(known)s AND h.effective @> %(day)s
  UNION ALL
  SELECT 'IMPACT_DUE', 'action', h.thing, h.monitored_by[1], h.sides, coalesce(h.impact_due_on, h.closed_on),
    coalesce(h.impact_due_on, h.closed_on)
  FROM action_history h
  WHERE h.outcome = 'IMPLEMENTED' AND h.impact IS NULL AND h.recorded @> %(known)s AND h.effective @> %(day)s
  UNION ALL
  SELECT 'IMPACT_DUE', 'recommendation', h.thing, h.monitored_by[1], h.sides, coalesce(h.impact_due_on, h.closed_on),
    coalesce(h.impact_due_on, h.closed_on)
  FROM recommendation_history h
  WHERE h.outcome = 'IMPLEMENTED' AND h.impact IS NULL AND h.recorded @> %(known)s AND h.effective @> %(day)s
  UNION ALL
  SELECT 'CLAIMED_COMPLETE', w.kind, w.thing, w.body, w.sides, w.claimed_on, NULL
  FROM waiting w WHERE w.claimed_on IS NOT NULL
  UNION ALL
  SELECT 'TO_CLOSE', 'action', h.thing, h.monitored_by[1], h.sides, greatest(h.completed_on, h.accepted_on), NULL
  FROM action_history h
  WHERE h.stage IN ('ASSIGNED', 'EVIDENCED') AND h.completed_on IS NOT NULL AND h.awaiting_since IS NULL
    AND h.recorded @> %(known)s AND h.effective @> %(day)s
    AND h.thing NOT IN (
      SELECT c.thing FROM action_history c
      WHERE cardinality(c.open_challenges) > 0 AND c.recorded @> %(known)s AND c.effective @> %(day)s)
  UNION ALL
  SELECT 'TO_CLOSE', 'recommendation', h.thing, h.monitored_by[1], h.sides, greatest(h.completed_on, h.accepted_on), NULL
  FROM recommendation_history h
  WHERE h.stage IN ('ASSIGNED', 'EVIDENCED') AND h.completed_on IS NOT NULL AND h.awaiting_since IS NULL
    AND h.recorded @> %(known)s AND h.effective @> %(day)s
    AND h.thing NOT IN (
      SELECT c.thing FROM recommendation_history c
      WHERE cardinality(c.open_challenges) > 0 AND c.recorded @> %(known)s AND c.effective @> %(day)s)
    AND NOT EXISTS (
      SELECT FROM action_history a
      WHERE a.recommendation = h.thing AND a.stage IN ('RAISED', 'ASSIGNED', 'EVIDENCED')
        AND a.recorded @> %(known)s AND a.effective @> %(day)s)
  UNION ALL
  -- Its actions show that it has been implemented.
  SELECT 'TO_CLOSE', 'recommendation', u.thing, u.monitored_by[1], u.sides, below.closed_on, NULL
  FROM untold u
  JOIN carried_out below ON below.recommendation = u.thing
  WHERE (u.reopened_on IS NULL OR below.implemented_on >= u.reopened_on)
    AND u.thing NOT IN (
      SELECT c.thing FROM recommendation_history c
      WHERE cardinality(c.open_challenges) > 0 AND c.recorded @> %(known)s AND c.effective @> %(day)s)
),
noted AS (
  SELECT 'EVIDENCE_AWAITING' AS queue, l.kind, l.thing, l.entry, l.body, l.sides,
    (l.detail ->> 'happened_on')::date AS since
  FROM listed l
  WHERE l.noted_as = 'evidence' AND l.awaiting_since IS NOT NULL AND l.detail ->> 'verdict' = 'AWAITING'
    AND l.detail ->> 'withdrawn' IS DISTINCT FROM 'true'
  UNION ALL
  -- An unanswered request that an assignment to another lead has overtaken is pending no more.
  SELECT 'EXTENSION_PENDING', last.kind, last.thing, last.entry, last.body, last.sides, (last.detail ->> 'happened_on')::date
  FROM (
    SELECT DISTINCT ON (l.thing) l.* FROM listed l
    WHERE l.noted_as = 'extension' AND l.extension_pending AND l.detail ->> 'answer' IS NULL
      AND l.detail ->> 'lapsed_on' IS NULL
    ORDER BY l.thing, l.noted_version DESC
  ) last
  UNION ALL
  SELECT 'NOT_ACCEPTED', 'recommendation', h.thing, e.entry, h.monitored_by[1], h.sides, (e.detail ->> 'happened_on')::date
  FROM recommendation_history h
  CROSS JOIN LATERAL (
    SELECT e.entry, e.detail FROM entry_history e
    WHERE e.thing = h.thing AND e.kind = 'response' AND e.entry = ANY (h.refusals)
      AND e.recorded @> %(known)s AND e.effective @> %(day)s
    OFFSET 0
  ) e
  WHERE cardinality(h.refusals) > 0 AND h.recorded @> %(known)s AND h.effective @> %(day)s
),
reviewed AS (
  SELECT 'AGREEMENT_AWAITED' AS queue, h.thing, nullif(who.body, '') AS body, h.commissioned_on AS since
  FROM review_history h, unnest(h.lacking) AS who (body)
  WHERE cardinality(h.lacking) > 0 AND h.recorded @> %(known)s AND h.effective @> %(day)s
  UNION ALL
  SELECT 'ADVICE_AWAITED', h.thing, a.body, h.referred_on
  FROM review_history h
  JOIN adviser a ON a.framework = h.framework AND a.kind IS NOT DISTINCT FROM h.kind
  WHERE h.stage = 'REFERRED' AND h.recorded @> %(known)s AND h.effective @> %(day)s
    AND NOT EXISTS (
      SELECT FROM entry_history e
      WHERE e.thing = h.thing AND e.kind = 'advice'
        AND (e.detail ->> 'body' = a.body OR e.detail ->> 'body' = ANY (a.any_of))
        AND e.recorded @> %(known)s AND e.effective @> %(day)s)
  UNION ALL
  SELECT 'DECISION_AWAITED', h.thing, NULL, h.referred_on
  FROM review_history h
  WHERE h.stage = 'REFERRED' AND h.recorded @> %(known)s AND h.effective @> %(day)s
),
awaited AS (
  SELECT queue, kind, thing, NULL::uuid AS entry, body, sides, since, due_on, true AS of_bodies
  FROM living WHERE since <= %(day)s
  UNION ALL
  SELECT queue, kind, thing, entry, body, sides, since, NULL, true FROM noted
  UNION ALL
  SELECT queue, 'review', thing, NULL, body, 0, since, NULL, true FROM reviewed
  UNION ALL
  SELECT 'DUTY_OUTSTANDING', 'review', h.thing, h.duty, NULL, 0, h.arisen_on, h.due_on, h.held_by = 'CHAIR'
  FROM duty_history h
  WHERE h.held_by <> 'AGENCY' AND h.done_on IS NULL AND h.recorded @> %(known)s AND h.effective @> %(day)s
  UNION ALL
  -- Of a case that nobody has commissioned yet, a clock is nobody's but the chair's and the business unit's.
  SELECT CASE WHEN (e.detail ->> 'due_on')::date < %(day)s THEN 'CLOCK_MISSED' ELSE 'CLOCK_RUNNING' END, 'review',
    e.thing, e.entry, h.monitored_by[1], 0, (e.detail ->> 'started_on')::date, (e.detail ->> 'due_on')::date, false
  FROM entry_history e
  JOIN review_history h ON h.thing = e.thing AND h.recorded @> %(known)s AND h.effective @> %(day)s
  WHERE e.kind = 'clock' AND e.detail ->> 'stopped_on' IS NULL AND (e.detail ->> 'started_on')::date <= %(day)s
    AND e.recorded @> %(known)s AND e.effective @> %(day)s
  UNION ALL
  -- What an agency has answered since it was judged last, or never was.
  SELECT 'RETURN_TO_JUDGE', 'return', h.thing, NULL, h.judge, -1, h.answered_on, NULL, true
  FROM return_history h
  WHERE h.judge IS NOT NULL AND h.answered_on IS NOT NULL AND (h.judged_on IS NULL OR h.judged_on < h.answered_on)
    AND h.recorded @> %(known)s AND h.effective @> %(day)s
),
chosen AS (
  SELECT w.queue, w.kind, w.thing, w.entry, w.body, w.since, w.due_on, w.of_bodies, w.sides/*chair's*/
  FROM awaited w
  /*chair*/
  WHERE (%(bodies)s::text[] IS NULL OR w.body = ANY (%(bodies)s))
    AND (%(queues)s::text[] IS NULL OR w.queue = ANY (%(queues)s))
    AND (%(chair_only)s::boolean IS NULL OR /*only*/ = %(chair_only)s)
)

-- name: chair
-- Whether nobody who acts for the body is independent of those concerned. Who they are is read where it may matter.
LEFT JOIN freest ON freest.body = w.body
CROSS JOIN LATERAL (
  SELECT w.queue <> 'UNASSIGNED' AND w.of_bodies AND CASE
    WHEN freest.body IS NULL THEN true
    WHEN freest.sides & w.sides = 0 THEN false
    -- Nor where it is nobody's whom another of them answers for.
    WHEN EXISTS (SELECT FROM member m WHERE m.body = w.body AND m.sides & w.sides = 0 OFFSET 0) THEN false
    ELSE NOT EXISTS (
      SELECT FROM member m
      WHERE m.body = w.body AND NOT m.own && CASE w.kind
        WHEN 'action' THEN (
          SELECT h.parties FROM action_history h
          WHERE h.thing = w.thing AND h.recorded @> %(known)s AND h.effective @> %(day)s)
        WHEN 'recommendation' THEN (
          SELECT h.parties FROM recommendation_history h
          WHERE h.thing = w.thing AND h.recorded @> %(known)s AND h.effective @> %(day)s)
        WHEN 'return' THEN (
          SELECT ARRAY[h.agency] FROM return_history h
          WHERE h.thing = w.thing AND h.recorded @> %(known)s AND h.effective @> %(day)s)
        ELSE '{}' END
      AND NOT EXISTS (
        -- What whoever is to be judged filed before it moved to the parties of today.
        SELECT FROM entry_history e
        WHERE m.own <> '{}' AND e.thing = w.thing AND e.kind IN ('evidence', 'extension')
          AND e.recorded @> %(known)s AND e.effective @> %(day)s AND e.detail ->> 'agency' = ANY (m.own)
          AND CASE
            WHEN w.entry IS NOT NULL THEN e.entry = w.entry
            ELSE e.kind = 'evidence' AND e.detail ->> 'withdrawn' IS DISTINCT FROM 'true'
              AND e.detail ->> 'counts' IS DISTINCT FROM 'false'
              AND e.detail ->> 'verdict' = CASE w.queue WHEN 'CLAIMED_COMPLETE' THEN 'AWAITING' ELSE 'ACCEPTED' END
              AND (w.queue <> 'CLAIMED_COMPLETE' OR e.detail @> '{"claims_complete": true, "by_lead": true}')
          END
        OFFSET 0))
  END AS only
) chair

-- name: page
-- A page is chosen by what narrow indexes hold; who is concerned is looked up for what stands on it. A place is in the
-- order of what it is made of.
SELECT w.queue, w.kind, w.thing, w.entry, w.body, w.since, w.due_on, %(day)s - w.since AS days,
  greatest(%(day)s - w.due_on, 0) AS days_late, chair.only AS chair_only, w.place
FROM (
  SELECT page.*, concat_ws(' ', page.queue, coalesce(page.entry, page.thing), page.body) COLLATE "C" AS place
  FROM (
    SELECT c.queue, c.kind, c.thing, c.entry, c.body, c.since, c.due_on, c.of_bodies, c.sides
    FROM chosen c
    WHERE (%(after_since)s::date IS NULL OR c.since > %(after_since)s OR c.since = %(after_since)s
        AND concat_ws(' ', c.queue, coalesce(c.entry, c.thing), c.body) COLLATE "C" > %(after_place)s::text)
      AND (%(before_since)s::date IS NULL OR c.since < %(before_since)s OR c.since = %(before_since)s
        AND concat_ws(' ', c.queue, coalesce(c.entry, c.thing), c.body) COLLATE "C" < %(before_place)s::text)
    /*order of what waits*/
    LIMIT %(limit)s
  ) page
) w
/*chair*/

-- name: forward
ORDER BY since, place

-- name: backward
ORDER BY since DESC, place DESC

-- name: forward.waiting
ORDER BY c.since, c.queue COLLATE "C", coalesce(c.entry, c.thing), c.body COLLATE "C" NULLS FIRST

-- name: backward.waiting
ORDER BY c.since DESC, c.queue COLLATE "C" DESC, coalesce(c.entry, c.thing) DESC, c.body COLLATE "C" DESC NULLS LAST

-- name: uncounted
SELECT NULL::bigint AS total, page.*
FROM (
/*page*/
) page
/*order*/

-- name: counted
SELECT counted.total, page.*
FROM (SELECT count(*) AS total FROM chosen) counted
LEFT JOIN (
/*page*/
) page ON true
/*order*/

-- name: counts
SELECT c.body, c.queue, count(*) AS waiting, min(c.since) AS oldest_since, %(day)s - min(c.since) AS longest_days,
  count(*) FILTER (WHERE c.due_on < %(day)s) AS late, /*of them the chair's*/ AS chair_only
FROM chosen c
GROUP BY c.body, c.queue
ORDER BY c.body, c.queue
