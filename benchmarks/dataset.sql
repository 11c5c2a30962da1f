-- name: enter
SELECT set_config('search_path', %s, false)

-- name: copy
COPY facts (originator_id, originator_version, position, recorded_at, name, happened_on, body) FROM STDIN

-- name: advance
UPDATE head SET position = %s, recorded_at = %s

-- name: drop
DROP SCHEMA IF EXISTS {schema} CASCADE

-- name: newest
CREATE TABLE IF NOT EXISTS {schema}.newest (thing uuid PRIMARY KEY, narrative text)

-- name: upsert
INSERT INTO {schema}.newest VALUES (%s, %s) ON CONFLICT (thing) DO UPDATE SET narrative = excluded.narrative
