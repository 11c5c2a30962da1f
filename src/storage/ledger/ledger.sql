-- name: opening
SELECT coalesce(head.simulated_at, clock_timestamp()) AS now, head.position,
  i.digest, i.kind, i.thing, i.positions, head.epoch, head.epoch_is_first,
  head.read_only, head.read_only_until,
  greatest(ceil(extract(epoch FROM head.read_only_until - clock_timestamp())), 0)::integer AS read_only_for,
  clock_timestamp(),
  CASE WHEN head.simulated_at IS NULL THEN extract(epoch FROM head.recorded_at - clock_timestamp()) ELSE 0 END
FROM head LEFT JOIN idempotency i ON i.caller = %(caller)s AND i.key = %(key)s

-- name: take_turn
-- Of the session: it idles outside transactions for as long as the decision takes on other connections.
SELECT set_config('idle_session_timeout', %s, false),
  pg_advisory_lock(hashtext('goldenthread.save'), hashtext(current_schema()))

-- name: beat
SELECT

-- name: end_turn
SELECT pg_advisory_unlock(hashtext('goldenthread.save'), hashtext(current_schema())),
  set_config('idle_session_timeout', '0', false)

-- name: holders
-- Whoever has what saves take one after the other, and waits for nothing itself.
SELECT DISTINCT a.application_name, a.pid
FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.granted AND l.pid <> pg_backend_pid()
  AND (l.relation = 'head'::regclass AND l.mode IN ('RowShareLock', 'RowExclusiveLock', 'AccessExclusiveLock')
    OR l.locktype = 'advisory' AND l.objsubid = 2
      AND l.classid = (hashtext('goldenthread.save')::bigint & 4294967295)::oid
      AND l.objid = (hashtext(current_schema())::bigint & 4294967295)::oid)
  AND NOT EXISTS (SELECT FROM pg_locks waiting WHERE waiting.pid = l.pid AND NOT waiting.granted)
ORDER BY a.pid

-- name: hold_briefly
-- The head is held from the first statement to the commit.
SELECT set_config('idle_in_transaction_session_timeout', %s, true)

-- name: await_saves
-- Whoever saves holds the head until the commit; no instant up to now is given after this. Where the head was waited for,
-- the clock is read again. Nothing is kept that a crash could lose.
SELECT greatest(coalesce(simulated_at, clock_timestamp()), recorded_at), set_config('synchronous_commit', 'off', true)
FROM head FOR SHARE

-- name: moved_since
SELECT DISTINCT originator_id FROM facts WHERE position > %s

-- name: stream
SELECT originator_id, originator_version, name, convert_to(body::text, 'UTF8'), recorded_at, position
FROM facts
WHERE originator_id = %(id)s
  AND originator_version > %(gt)s AND originator_version <= %(lte)s
ORDER BY originator_version

-- name: streams
SELECT originator_id, originator_version, name, convert_to(body::text, 'UTF8'), recorded_at, position
FROM facts
WHERE originator_id = ANY (%s)
ORDER BY originator_id, originator_version

-- name: notifications
SELECT position, originator_id, originator_version, name, convert_to(body::text, 'UTF8')
FROM facts
WHERE position >= %(start)s AND position <= %(stop)s AND (%(names)s::text[] IS NULL OR name = ANY(%(names)s))
ORDER BY position LIMIT %(limit)s

-- name: last_position
SELECT position FROM head

-- name: record
SELECT last, instant FROM record(%s::jsonb)

-- name: last_number
SELECT coalesce((SELECT last FROM reference_number WHERE kind = %s), 0)

-- name: carrier
SELECT thing FROM reference WHERE kind = %s AND reference = %s

-- name: naming
SELECT DISTINCT split_part(f.name, '.', 1), f.originator_id FROM facts f
WHERE (split_part(f.name, '.', 1) IN ('recommendation', 'action', 'challenge', 'return')
    OR f.name IN ('review.learning_disseminated.v1', 'review.duties_transferred.v1', 'review.corrected.v1'))
  AND (position(%(quoted)s IN f.body::text) > 0
    OR f.name LIKE '%%.corrected.%%' AND %(key)s = ANY (string_to_array(f.body ->> 'new_value', ', ')))
ORDER BY f.originator_id

-- name: learned_in
SELECT (f.body ->> 'learning_id')::uuid, f.originator_id FROM facts f
WHERE f.name = 'review.learning_identified.v1' AND f.body ->> 'learning_id' = ANY (%s)

-- name: challenges_to
-- Those that were these agencies' at any time and may be open: an end may have been struck out since.
SELECT DISTINCT f.originator_id FROM facts f
WHERE f.name IN ('challenge.issued.v1', 'challenge.transferred.v1', 'challenge.corrected.v1')
  AND (f.body ->> 'agency' = ANY (%(keys)s) OR f.body ->> 'to_agency' = ANY (%(keys)s)
    OR f.body ->> 'new_value' = ANY (%(keys)s))
  AND (EXISTS (
      SELECT FROM facts c WHERE c.originator_id = f.originator_id AND c.name = 'challenge.corrected.v1')
    OR NOT EXISTS (
      SELECT FROM facts e WHERE e.originator_id = f.originator_id
        AND e.name IN ('challenge.resolved.v1', 'challenge.withdrawn.v1')))
ORDER BY f.originator_id

-- name: returns_behind
SELECT DISTINCT f.originator_id FROM facts f
WHERE f.name = 'return.improvements_raised.v1' AND position(%(id)s IN f.body::text) > 0
ORDER BY f.originator_id

-- name: reporting
SELECT split_part(f.name, '.', 1), f.originator_id FROM facts f
WHERE f.originator_version = 1 AND split_part(f.name, '.', 1) IN ('review', 'recommendation', 'action')
ORDER BY f.position

-- name: set_clock
UPDATE head SET simulated_at = %s
