-- name: opening
SELECT coalesce(head.simulated_at, clock_timestamp()) AS now, head.position,
  i.digest, i.kind, i.thing, i.positions
FROM head LEFT JOIN idempotency i ON i.caller = %(caller)s AND i.key = %(key)s

-- name: moved_since
SELECT DISTINCT originator_id FROM facts WHERE position > %s

-- name: stream
SELECT originator_id, originator_version, name, body::text::bytea, recorded_at, position
FROM facts
WHERE originator_id = %(id)s
  AND originator_version > %(gt)s AND originator_version <= %(lte)s
ORDER BY originator_version

-- name: notifications
SELECT position, originator_id, originator_version, name, body::text::bytea
FROM facts
WHERE position >= %(start)s AND position <= %(stop)s AND (%(names)s::text[] IS NULL OR name = ANY(%(names)s))
ORDER BY position LIMIT %(limit)s

-- name: last_position
SELECT position FROM head

-- name: advance
UPDATE head SET
  position = position + %(count)s,
  recorded_at = greatest(coalesce(simulated_at, clock_timestamp()), recorded_at + interval '1 microsecond'),
  simulated_at = simulated_at + interval '1 second'
RETURNING position, recorded_at

-- name: expect
SELECT expect_versions(%(things)s::uuid[], %(versions)s::integer[])

-- name: insert
INSERT INTO facts (originator_id, originator_version, position, recorded_at, name, happened_on, body)
SELECT id, version, head.position - %(count)s + nth, head.recorded_at, name, happened_on, body::json
FROM head, unnest(%(ids)s::uuid[], %(versions)s::integer[], %(names)s::text[], %(days)s::date[], %(bodies)s::text[])
  WITH ORDINALITY AS fact(id, version, name, happened_on, body, nth)

-- name: claim
INSERT INTO idempotency (caller, key, digest, kind, thing, positions, recorded_at)
SELECT %(caller)s, %(key)s, %(digest)s, %(kind)s, %(thing)s,
  array(SELECT generate_series(position - %(count)s + 1, position)), recorded_at
FROM head

-- name: refer
INSERT INTO reference (kind, reference, thing)
SELECT * FROM unnest(%(kinds)s::text[], %(references)s::text[], %(things)s::uuid[])

-- name: review_number
SELECT nextval('review_number')

-- name: challenge_number
SELECT nextval('challenge_number')

-- name: set_clock
UPDATE head SET simulated_at = %s
