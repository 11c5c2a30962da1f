-- name: of_things
SELECT f.originator_id AS thing, f.originator_version AS version, f.position, f.name, f.happened_on, f.recorded_at, f.body
FROM facts f
WHERE f.originator_id = ANY (%(things)s) AND f.recorded_at <= %(known)s
ORDER BY f.position
