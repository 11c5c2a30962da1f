-- name: enter
SELECT set_config('search_path', %s, false)

-- name: copy
COPY facts (originator_id, originator_version, position, recorded_at, name, happened_on, body) FROM STDIN

-- name: advance
UPDATE head SET position = %s, recorded_at = %s

-- name: drop
DROP SCHEMA IF EXISTS {schema} CASCADE
