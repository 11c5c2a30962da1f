-- name: hold
LOCK TABLE {head} IN ACCESS SHARE MODE

-- name: begin
-- One snapshot for everything that is compared; a fold between two statements may take long.
SELECT set_config('search_path', %s, true), set_config('idle_in_transaction_session_timeout', '0', true),
  set_config('work_mem', '64MB', true)

-- name: export_snapshot
SELECT pg_export_snapshot()

-- name: import_snapshot
SET TRANSACTION SNAPSHOT {snapshot}

-- name: head
SELECT position, recorded_at, form FROM head

-- name: extent
SELECT count(*), coalesce(max(position), 0), max(recorded_at) FROM facts

-- name: gaps
SELECT p.before, p.position FROM (
  SELECT f.position, lag(f.position, 1, 0::bigint) OVER (ORDER BY f.position) AS before FROM facts f
) p
WHERE p.position <> p.before + 1
ORDER BY p.position

-- name: backwards
SELECT p.position FROM (
  SELECT f.position, f.recorded_at, lag(f.recorded_at) OVER (ORDER BY f.position) AS before FROM facts f
) p
WHERE p.recorded_at < p.before
ORDER BY p.position

-- name: versions
SELECT v.originator_id, v.originator_version, v.nth FROM (
  SELECT f.originator_id, f.originator_version, f.position,
    row_number() OVER stream AS nth, lag(f.position) OVER stream AS before
  FROM facts f WINDOW stream AS (PARTITION BY f.originator_id ORDER BY f.originator_version)
) v
WHERE v.originator_version <> v.nth OR v.position < v.before
ORDER BY v.originator_id, v.originator_version

-- name: unprotected
SELECT guard FROM unnest(ARRAY['facts_are_never_changed', 'facts_are_never_emptied']) AS guard
WHERE NOT EXISTS (
  SELECT FROM pg_trigger t
  WHERE t.tgrelid = to_regclass('facts') AND t.tgname = guard AND t.tgenabled IN ('O', 'A'))
UNION ALL
SELECT format('%s by %s', a.privilege_type, a.grantee::regrole)
FROM pg_class c, aclexplode(c.relacl) a
WHERE c.oid = to_regclass('facts') AND a.grantee <> c.relowner
  AND a.privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER')

-- name: requests
SELECT count(*) FROM idempotency

-- name: requests_astray
SELECT i.caller, i.key FROM idempotency i
WHERE NOT EXISTS (
    SELECT FROM facts f
    WHERE f.position = i.positions[1] AND f.originator_id = i.thing AND split_part(f.name, '.', 1) = i.kind)
  OR EXISTS (
    SELECT FROM unnest(i.positions) AS p (position) LEFT JOIN facts f USING (position)
    WHERE f.recorded_at IS DISTINCT FROM i.recorded_at)
ORDER BY i.caller, i.key

-- name: imported
SELECT count(*) FROM import_row

-- name: imported_astray
SELECT i.mapping, i.kind, i.key FROM import_row i
WHERE NOT EXISTS (SELECT FROM facts f WHERE f.originator_id = i.thing)
ORDER BY i.mapping, i.kind, i.key

-- name: numbers
SELECT kind, last FROM reference_number ORDER BY kind

-- name: carried
SELECT reference FROM reference WHERE kind = %s

-- name: carried_twice
SELECT kind, reference FROM reference GROUP BY kind, reference HAVING count(*) > 1 ORDER BY kind, reference

-- name: references
SELECT kind, reference, thing FROM reference WHERE thing BETWEEN %s AND %s

-- name: facts
SELECT f.originator_id, f.originator_version, f.name, convert_to(f.body::text, 'UTF8'), f.recorded_at, f.position,
  f.happened_on
FROM facts f
WHERE f.originator_id BETWEEN %s AND %s
ORDER BY f.originator_id, f.originator_version

-- name: expect
CREATE TEMPORARY TABLE {table} (LIKE {schema}.{table}) ON COMMIT DROP

-- name: differences
WITH expected AS (SELECT * FROM pg_temp.{table}),
found AS (SELECT * FROM {schema}.{table} WHERE {stream} BETWEEN %(first)s AND %(last)s),
missing AS (SELECT * FROM expected EXCEPT ALL SELECT * FROM found),
strange AS (SELECT * FROM found EXCEPT ALL SELECT * FROM expected)
SELECT {stream} AS stream, {key}::text AS key, count(*) FILTER (WHERE d.wanted), count(*) FILTER (WHERE NOT d.wanted)
FROM (SELECT *, true AS wanted FROM missing UNION ALL SELECT *, false FROM strange) d
GROUP BY 1, 2
ORDER BY stream, key

-- name: found
SELECT count(*) FROM {schema}.{table}
