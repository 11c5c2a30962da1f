-- name: of_reviews
SELECT tied.review AS under, /*columns*/
FROM reviews_of_disseminations(%(known)s, %(day)s) tied
JOIN duty_history h ON h.origin = tied.dissemination
WHERE tied.review = ANY (%(of)s) AND /*found*/

-- name: of_origins
SELECT h.origin AS under, /*columns*/
FROM duty_history h
WHERE h.origin = ANY (%(of)s) AND /*found*/

-- name: by_id
SELECT h.origin AS under, /*columns*/
FROM duty_history h
WHERE h.duty = ANY (%(of)s) AND /*found*/

-- name: standing
SELECT h.origin AS under, /*columns*/
FROM return_history r
JOIN duty_history h ON h.origin = r.thing
WHERE r.recorded @> %(known)s AND r.effective @> %(day)s AND r.year = %(year)s
  AND (%(wanted)s::text[] IS NULL OR h.agency = ANY (%(wanted)s)) AND /*found*/

-- name: columns
h.duty AS entry, h.origin, h.key, h.role, h.wording, h.held_by, h.agency AS agency_key, h.arisen_on, h.due_on,
  h.done_on, h.confirmed_by, h.assurance, h.learning AS learning_ids, h.compliance, h.judged_compliance, h.judgement,
  is_duty_overdue(h.due_on, h.done_on, %(day)s) AS overdue

-- name: found
h.recorded @> %(known)s AND h.effective @> %(day)s
  AND (%(mine)s::text[] IS NULL OR h.agency = ANY (%(mine)s) OR h.asked_of = ANY (%(mine)s))
ORDER BY h.arisen_on, h.origin, h.agency NULLS FIRST, h.nth, h.duty
