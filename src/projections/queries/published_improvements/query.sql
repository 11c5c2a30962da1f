-- name: improvements
-- What was published instead of a review that was withheld; the review itself stays out of it.
SELECT h.thing AS review_id, h.kind AS kind_key, h.framework AS framework_key, h.improvements,
  h.withheld_on AS published_on
FROM review_history h
/*published*/
WHERE h.recorded @> %(known)s AND h.effective @> %(day)s AND h.improvements IS NOT NULL
ORDER BY h.withheld_on DESC, h.thing

-- name: published.all

-- name: published.agency
-- Today's position decides: what a correction has taken back is not read in the past either.
JOIN review_history today ON today.thing = h.thing AND upper_inf(today.recorded) AND upper_inf(today.effective)
  AND today.improvements IS NOT NULL
