-- name: changes
SELECT f.originator_id AS thing, f.position, f.name, f.happened_on, f.recorded_at, f.body
FROM facts f
/*about*/
WHERE f.position > %(after)s AND f.recorded_at <= %(known)s
  AND split_part(f.name, '.', 1) IN ('review', 'recommendation', 'action', 'challenge', 'programme', 'return')
  AND (%(since)s::timestamptz IS NULL OR f.recorded_at >= %(since)s)
  AND (%(names)s::text[] IS NULL OR f.name = ANY (%(names)s))
  AND (%(agencies)s::text[] IS NULL OR f.originator_id IN (/*concerns*/)
    OR tells_of_duties(about.name, about.body, %(agencies)s))
ORDER BY f.position
LIMIT %(limit)s

-- name: changes_seen
SELECT f.originator_id AS thing, f.position, f.name, f.happened_on, f.recorded_at, f.body
/*shown*/
ORDER BY f.position
LIMIT %(limit)s

-- name: newest_seen
SELECT max(f.position)
/*shown*/

-- name: shown
-- In a stretch of the log. Of all of it, or of what may end early, no plan is good: what is seen is joined with every fact.
FROM facts f
JOIN (/*seen*/) seen ON seen.thing = f.originator_id
/*about*/
WHERE f.position > %(after)s AND f.position <= %(until)s AND f.recorded_at <= %(known)s
  AND (%(since)s::timestamptz IS NULL OR f.recorded_at >= %(since)s)
  AND (%(names)s::text[] IS NULL OR f.name = ANY (%(names)s))
  AND (%(agencies)s::text[] IS NULL OR f.originator_id IN (/*concerns*/)
    -- Who else was told is hidden: of duties an agency finds its own only.
    OR tells_of_duties(about.name, about.body, ARRAY(
      SELECT unnest(%(agencies)s::text[]) INTERSECT SELECT unnest(%(mine)s::text[]))))
  AND (seen.access = 'FULL'
    OR seen.access = 'LEAD_ABOVE' AND about.body ->> 'evidence_id' IS NULL
    OR seen.access = 'PUBLISHED' AND f.name IN ('review.published.v1', 'programme.agreed.v1')
    OR tells_of_duties(about.name, about.body, %(mine)s))
  AND (about.body ->> 'action_id' IS NULL
    OR (about.body ->> 'action_id')::uuid IN (SELECT thing FROM visible_actions(%(mine)s)))
  AND (about.body ->> 'challenge_id' IS NULL
    OR (about.body ->> 'challenge_id')::uuid IN (SELECT thing FROM visible_challenges(%(mine)s)))
  AND (about.body ->> 'checked_by' IS NULL
    OR (about.body ->> 'checked_by')::uuid IN (SELECT thing FROM visible_reviews(%(mine)s)))

-- name: about
-- What the fact is about: itself, or the fact that it corrects.
LEFT JOIN facts c ON f.name LIKE '%%.corrected.%%' AND c.originator_id = f.originator_id
  AND c.originator_version = (f.body ->> 'corrects')::integer
CROSS JOIN LATERAL (SELECT coalesce(c.name, f.name) AS name, coalesce(c.body, f.body) AS body) about

-- name: seen
SELECT thing, access FROM visible_actions(%(mine)s)
UNION ALL SELECT thing, access FROM visible_recommendations(%(mine)s)
UNION ALL SELECT thing, access FROM visible_reviews(%(mine)s)
UNION ALL SELECT thing, access FROM visible_challenges(%(mine)s)
UNION ALL SELECT thing, access FROM visible_programmes(%(mine)s)
UNION ALL SELECT thing, access FROM visible_returns(%(mine)s)

-- name: concerns
SELECT thing FROM visible_actions(%(agencies)s) WHERE access = 'FULL'
UNION ALL SELECT thing FROM visible_recommendations(%(agencies)s) WHERE access = 'FULL'
UNION ALL SELECT thing FROM visible_challenges(%(agencies)s)
UNION ALL SELECT thing FROM visible_returns(%(agencies)s)
