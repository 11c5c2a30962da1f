-- name: enter
SELECT set_config('search_path', %s, false)

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

-- name: position
SELECT position FROM head

-- name: name_form
UPDATE {head} SET form = %s

-- name: last_day
SELECT max(greatest(lower(effective), upper(effective))) FROM {table}

-- name: name_last_day
UPDATE {head} SET last_day = greatest(last_day, %s)

-- name: hold_appends
SELECT position FROM {head} FOR UPDATE

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

-- name: replace
DROP TABLE {old}

-- name: move
ALTER TABLE {new} SET SCHEMA {schema}

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
