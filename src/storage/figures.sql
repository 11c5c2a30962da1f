-- name: clock
SELECT extract(epoch FROM clock_timestamp())::float8

-- name: installation
SELECT
  (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()),
  current_setting('max_connections')::integer,
  (SELECT failed_count FROM pg_stat_archiver),
  (SELECT extract(epoch FROM max(ended_at))::float8 FROM goldenthread.backup WHERE partnership IS NULL AND failure IS NULL),
  coalesce((SELECT failure IS NOT NULL FROM goldenthread.backup WHERE partnership IS NULL ORDER BY ended_at DESC LIMIT 1), false),
  coalesce((SELECT extract(epoch FROM clock_timestamp() - began_at)::float8 FROM goldenthread.maintenance), 0),
  current_setting('fsync')::boolean AND current_setting('full_page_writes')::boolean,
  array(
    SELECT n.nspname::text
    FROM pg_namespace n
    JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = 'head' AND c.relkind = 'r'
    WHERE starts_with(n.nspname, 'gt_')
    ORDER BY n.nspname)

-- name: partnerships
SELECT heads.schema, heads.position, heads.form, heads.ahead,
  extract(epoch FROM verified.ended_at)::float8, verified.position, verified.faults
FROM ({heads}) AS heads
LEFT JOIN LATERAL (
  SELECT ended_at, position, faults
  FROM goldenthread.verification
  WHERE partnership = heads.partnership
  ORDER BY ended_at DESC
  LIMIT 1
) AS verified ON true

-- name: head
SELECT {name}::text AS schema, {partnership}::text AS partnership, position, form,
  CASE WHEN simulated_at IS NULL THEN greatest(extract(epoch FROM recorded_at - clock_timestamp())::float8, 0) END AS ahead
FROM {schema}.head

-- name: sizes
SELECT pg_database_size(current_database()), has_function_privilege('pg_ls_waldir()', 'EXECUTE')

-- name: wal
SELECT coalesce(sum(size), 0)::bigint FROM pg_ls_waldir()
