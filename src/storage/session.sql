-- name: enter
SELECT set_config('search_path', %s, false)

-- name: enter_for
SELECT set_config('search_path', %s, false), set_config('statement_timeout', %s, false)

-- name: begin_snapshot
-- In one message. LOCK TABLE takes no snapshot: the first query does.
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; LOCK TABLE head IN ACCESS SHARE MODE

-- name: settle
SELECT 1

-- name: create_role
DO $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('goldenthread_app'));
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'goldenthread_app') THEN
    CREATE ROLE goldenthread_app NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
  END IF;
  IF NOT pg_has_role(current_user, 'goldenthread_app', 'SET') THEN
    EXECUTE format('GRANT goldenthread_app TO %I', current_user);
  END IF;
END
$$

-- name: extensions
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public

-- name: lock
SELECT pg_advisory_lock(hashtext(%(lock)s), hashtext(%(schema)s))

-- name: limit_waiting_for_lock
SELECT set_config('lock_timeout', %s, false)

-- name: holder_of_lock
SELECT a.pid, date_trunc('second', a.backend_start)::text
FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.granted AND l.locktype = 'advisory' AND l.objsubid = 2
  AND l.classid = (hashtext(%(lock)s)::bigint & 4294967295)::oid
  AND l.objid = (hashtext(%(schema)s)::bigint & 4294967295)::oid

-- name: unlock
SELECT pg_advisory_unlock(hashtext(%(lock)s), hashtext(%(schema)s))

-- name: migrated_schemas
SELECT n.nspname
FROM pg_namespace n
JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = '_yoyo_migration' AND c.relkind = 'r'
WHERE starts_with(n.nspname, 'gt_') OR n.nspname = %s
ORDER BY n.nspname

-- name: applied
SELECT migration_id FROM {} ORDER BY migration_id

-- name: applied_in
SELECT {schema}, coalesce(array_agg(migration_id), '{{}}') FROM {table}

-- name: has_applied
SELECT to_regclass(%s) IS NOT NULL

-- name: partnerships
SELECT n.nspname
FROM pg_namespace n
JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = 'head' AND c.relkind = 'r'
WHERE starts_with(n.nspname, 'gt_')
ORDER BY n.nspname

-- name: create_schema
CREATE SCHEMA IF NOT EXISTS {}

-- name: form
WITH ours AS (
  UPDATE head SET form = %(ours)s WHERE position = 0 AND form IS DISTINCT FROM %(ours)s RETURNING form
)
SELECT coalesce((SELECT form FROM ours), head.form) FROM head

-- name: deepen_indexes
SELECT deepen_indexes()

-- name: renew_epoch
UPDATE {head} SET epoch = left(gen_random_uuid()::text, 8), epoch_is_first = false, stands_at = concat_ws('/',
  (pg_control_system()).system_identifier, left(pg_walfile_name(pg_current_wal_lsn()), 8), tableoid)
RETURNING epoch

-- name: settle_epoch
-- A dump that is restored makes another table; a server that is restored to a moment goes on with another timeline.
WITH here AS (
  SELECT h.stands_at AS before, concat_ws('/',
    (pg_control_system()).system_identifier, left(pg_walfile_name(pg_current_wal_lsn()), 8), h.tableoid) AS place
  FROM {head} h
)
UPDATE {head} AS h SET stands_at = here.place,
  epoch = CASE WHEN here.before IS NULL THEN h.epoch ELSE left(gen_random_uuid()::text, 8) END,
  epoch_is_first = h.epoch_is_first AND here.before IS NULL
FROM here WHERE h.stands_at IS DISTINCT FROM here.place
RETURNING here.before IS NOT NULL
