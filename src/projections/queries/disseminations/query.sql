-- name: of_reviews
SELECT tied.review AS under, /*columns*/
FROM reviews_of_disseminations(%(known)s, %(day)s) tied
JOIN dissemination_history d ON d.dissemination = tied.dissemination
WHERE tied.review = ANY (%(of)s) AND /*found*/
ORDER BY d.disseminated_on, d.dissemination

-- name: by_id
SELECT d.thing AS under, /*columns*/
FROM dissemination_history d
WHERE d.dissemination = ANY (%(of)s) AND /*found*/

-- name: columns
d.dissemination AS entry, d.thing, d.method, d.audience, d.learning AS learning_ids, d.agencies AS agency_keys,
  d.disseminated_on, d.disseminated_by, d.confirm_by, d.bodies AS body_keys, d.bodies_of, d.public, d.media

-- name: found
d.recorded @> %(known)s AND d.effective @> %(day)s
  AND (%(mine)s::text[] IS NULL OR d.agencies && %(mine)s)

-- name: learning_told
SELECT DISTINCT point
FROM dissemination_history d, unnest(d.learning) AS point
WHERE upper_inf(d.recorded) AND upper_inf(d.effective) AND d.agencies && %(mine)s AND d.learning && %(of)s
