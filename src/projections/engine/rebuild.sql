-- name: enter
-- While facts are folded their connection idles in its transaction, on a busy machine for long.
SELECT set_config('search_path', %s, false), set_config('idle_in_transaction_session_timeout', '0', false)

-- name: facts
SELECT f.originator_id, f.originator_version, f.name, f.body::text, f.recorded_at, f.position
FROM facts f
WHERE f.position <= %(position)s AND f.originator_id BETWEEN %(first)s AND %(last)s
ORDER BY f.originator_id, f.originator_version

-- name: facts_of
SELECT f.originator_id, f.originator_version, f.name, f.body::text, f.recorded_at, f.position
FROM facts f
WHERE f.originator_id = ANY (%(moved)s)
ORDER BY f.originator_id, f.originator_version

-- name: moved
SELECT DISTINCT originator_id FROM facts WHERE position > %s

-- name: begin_alone
SELECT pg_advisory_lock(hashtext('goldenthread.rebuild'), hashtext(%s))

-- name: limit_waiting
SELECT set_config('lock_timeout', %s, false)

-- name: limit_waiting_here
SELECT set_config('lock_timeout', %s, true)

-- name: own_process
SELECT pg_backend_pid()

-- name: left_behind
SELECT n.nspname FROM pg_namespace n
WHERE n.nspname ~ '^rebuil[dt]_([0-9]+_)?gt_'
  AND n.nspname = left(substring(n.nspname FROM '^rebuil[dt]_(?:[0-9]+_)?') || %s, 63)
  AND NOT EXISTS (
    SELECT FROM pg_stat_activity a
    WHERE a.pid = substring(n.nspname FROM '^rebuil[dt]_([0-9]+)_')::integer AND a.pid <> pg_backend_pid())

-- name: left_behind_anywhere
SELECT n.nspname FROM pg_namespace n
WHERE n.nspname ~ '^rebuil[dt]_[0-9]+_gt_'
  AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.pid = substring(n.nspname FROM '_([0-9]+)_')::integer)

-- name: facts_until
SELECT count(*) FROM facts WHERE position <= %s

-- name: rows_of
SELECT count(*) FROM {table}

-- name: without_rows
WITH shown (id) AS (
  SELECT thing FROM review_history
  UNION ALL SELECT thing FROM recommendation_history
  UNION ALL SELECT thing FROM action_history
  UNION ALL SELECT thing FROM challenge_history
  UNION ALL SELECT thing FROM programme_history
  UNION ALL SELECT thing FROM return_history
  UNION ALL SELECT credential FROM credential_history
  UNION ALL SELECT partnership FROM partnership_history
  UNION ALL SELECT %(agencies)s WHERE EXISTS (SELECT FROM agency_history)
  UNION ALL SELECT %(themes)s WHERE EXISTS (SELECT FROM theme_history)
)
SELECT count(*) FROM facts f WHERE f.originator_version = 1 AND NOT EXISTS (SELECT FROM shown WHERE shown.id = f.originator_id)

-- name: position
SELECT position FROM head

-- name: name_form
UPDATE {head} SET form = %s

-- name: last_day
SELECT max(greatest(lower(effective), upper(effective))) FROM {table}

-- name: name_last_day
UPDATE {head} SET last_day = greatest(last_day, %s)

-- name: keep_maintenance_out
-- Waits for a VACUUM, or has an automatic one give way, without being in the way of anybody who reads or writes.
LOCK TABLE {tables} IN SHARE UPDATE EXCLUSIVE MODE

-- name: hold_all
-- Whoever reads or appends holds the head's table first, so that nobody of the application is in the middle of anything.
LOCK TABLE {head} IN ACCESS EXCLUSIVE MODE

-- name: take_tables
LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE NOWAIT

-- name: in_the_way
SELECT a.pid, coalesce(nullif(a.application_name, ''), 'no name'), date_trunc('second', a.xact_start),
  extract(epoch FROM clock_timestamp() - a.xact_start)::float8
FROM pg_stat_activity a
WHERE a.xact_start IS NOT NULL AND a.backend_type <> 'autovacuum worker' AND a.pid IN (
  SELECT l.pid FROM pg_locks l
  WHERE l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND l.relation = ANY (%s::regclass[]) AND l.pid <> pg_backend_pid())
ORDER BY a.xact_start, a.pid LIMIT 1

-- name: exclusions
SELECT c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid)
FROM pg_constraint c
WHERE c.connamespace = %s::regnamespace AND c.contype = 'x'
ORDER BY c.conname

-- name: indexes
SELECT i.tablename, i.indexname, i.indexdef FROM pg_indexes i
WHERE i.schemaname = %s AND i.tablename LIKE '%%\_history'
  AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conname = i.indexname AND c.connamespace = %s::regnamespace)
ORDER BY i.indexname

-- name: largest_first
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = %s::regnamespace AND c.relname = ANY (%s)
ORDER BY pg_relation_size(c.oid) DESC, c.relname

-- name: drop_exclusion
ALTER TABLE {table} DROP CONSTRAINT {name}

-- name: add_exclusion
ALTER TABLE {table} ADD CONSTRAINT {name} {definition}

-- name: drop_index
DROP INDEX {name}

-- name: copy
COPY {table} ({columns}) FROM STDIN

-- name: forget
DELETE FROM {table} WHERE {key} = ANY (%s)

-- name: make_schema
CREATE SCHEMA IF NOT EXISTS {schema}

-- name: move
ALTER TABLE {new} SET SCHEMA {schema}

-- name: statistics
SELECT s.stxname FROM pg_statistic_ext s
JOIN pg_class c ON c.oid = s.stxrelid
WHERE s.stxnamespace = %s::regnamespace AND c.relname = ANY (%s)
ORDER BY s.stxname

-- name: move_statistics
ALTER STATISTICS {new} SET SCHEMA {schema}

-- name: drop_schema
DROP SCHEMA IF EXISTS {schema} CASCADE

-- name: deepen_indexes
SELECT deepen_indexes()

-- name: analyze
VACUUM (ANALYZE) {table}

-- name: settle
VACUUM (INDEX_CLEANUP OFF) {table}

-- name: room_to_sort
SET maintenance_work_mem = '256MB'
