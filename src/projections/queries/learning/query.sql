-- The learning of all reviews: `e` is the entry that holds at the pair of moments. An agency finds what the review lists
-- to it: that of published reviews.

-- name: page
SELECT counted.total, page.entry
FROM (/*total*/) counted
LEFT JOIN (
  SELECT e.entry, e.detail
  /*found*/
  /*bounds*/
  /*order*/
  LIMIT %(limit)s
) page ON true
/*again*/

-- name: counted
SELECT count(*) AS total /*found*/

-- name: uncounted
SELECT NULL::bigint AS total

-- name: found
FROM entry_history e
/*visible*/
WHERE e.kind = 'learning' AND e.recorded @> %(known)s AND e.effective @> %(day)s
/*conditions*/

-- name: visible.all

-- name: visible.agency
JOIN visible_reviews(%(mine)s) seen ON seen.thing = e.thing AND seen.access = 'PUBLISHED'

-- name: after
AND ((e.detail ->> 'happened_on') COLLATE "C", e.entry) < (to_char(%(after_day)s::date, 'YYYY-MM-DD'), %(after_entry)s::uuid)

-- name: before
AND ((e.detail ->> 'happened_on') COLLATE "C", e.entry) > (to_char(%(before_day)s::date, 'YYYY-MM-DD'), %(before_entry)s::uuid)

-- name: newest
ORDER BY (e.detail ->> 'happened_on') COLLATE "C" DESC, e.entry DESC

-- name: oldest
ORDER BY (e.detail ->> 'happened_on') COLLATE "C", e.entry

-- name: again.newest
ORDER BY (page.detail ->> 'happened_on') COLLATE "C" DESC, page.entry DESC

-- name: again.oldest
ORDER BY (page.detail ->> 'happened_on') COLLATE "C", page.entry

-- name: where.themes
(e.detail -> 'themes') ?| %(themes)s

-- name: where.uncoded
(e.detail -> 'themes' = '[]') = %(uncoded)s

-- name: where.agencies
(e.detail -> 'agencies') ?| %(agencies)s

-- name: where.kinds
EXISTS (
  SELECT FROM review_history r
  WHERE r.thing = e.thing AND r.kind = ANY (%(kinds)s) AND r.recorded @> %(known)s AND r.effective @> %(day)s)

-- name: where.good_practice
(e.detail ->> 'good_practice')::boolean = %(good_practice)s

-- name: where.year
extract(year FROM (e.detail ->> 'happened_on')::date) = %(year)s

-- name: where.text
folded(e.detail ->> 'wording') LIKE folded(%(text)s)
