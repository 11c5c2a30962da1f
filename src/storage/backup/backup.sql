-- name: tables
-- What is recorded of a partnership, table by table; what migrations and rebuilds make again is left out, and so is
-- what the head says of the histories, the server and its maintenance, which are not in a backup.
SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
WHERE c.relnamespace = %(schema)s::regnamespace AND c.relkind = 'r' AND c.relname <> ALL (%(derived)s)
  AND c.relname !~ '^_?yoyo_' AND NOT (c.relname = 'head' AND a.attname IN ('form', 'stands_at', 'read_only', 'read_only_until'))
GROUP BY c.relname
ORDER BY c.relname

-- name: hold
LOCK TABLE {tables} IN ACCESS SHARE MODE

-- name: no_timeout
SELECT set_config('idle_in_transaction_session_timeout', '0', true), set_config('timezone', 'UTC', true),
  set_config('datestyle', 'ISO', true), set_config('intervalstyle', 'postgres', true), set_config('extra_float_digits', '1', true)

-- name: standing
SELECT position, recorded_at FROM {head}

-- name: copy_out
COPY {table} ({columns}) TO STDOUT

-- name: copy_in
COPY {table} ({columns}) FROM STDIN

-- name: empty
DELETE FROM {table}

-- name: copied
SELECT (SELECT position FROM {head}), count(*), coalesce(max(position), 0) FROM {facts}

-- name: begin_alone
SELECT pg_try_advisory_lock(hashtext('goldenthread.restore'), 0)

-- name: left_behind
SELECT nspname FROM pg_namespace WHERE nspname ~ '^(rebuild_[0-9]+_)?restore_[0-9]+$' ORDER BY nspname

-- name: drop_schema
DROP SCHEMA {schema} CASCADE

-- name: rename_schema
ALTER SCHEMA {staged} RENAME TO {schema}

-- name: exists
SELECT FROM pg_namespace WHERE nspname = %s

-- name: replace_key
UPDATE goldenthread.signing_key SET jwk = %s, created_at = now()

-- name: files
SELECT DISTINCT sha256 FROM {upload} WHERE used_by IS NOT NULL ORDER BY sha256

-- name: forget_unused
-- What nobody had used yet is uploaded anew: its content is not in a backup.
DELETE FROM {upload} WHERE used_by IS NULL
