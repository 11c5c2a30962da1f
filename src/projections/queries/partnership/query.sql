-- name: at
-- The key is where the partnership is found now: a restore may have given it another than it was created under.
SELECT replace(substr(current_schema(), 4), '_', '-') AS key, h.name, h.time_zone, h.demonstration, h.frameworks AS terms
FROM partnership_history h
ORDER BY h.recorded @> %(known)s DESC, h.effective @> %(day)s DESC, lower(h.recorded), lower(h.effective)
LIMIT 1

-- name: own
SELECT DISTINCT ON (f.body #>> '{framework,key}') f.name, f.body::text
FROM facts f
WHERE f.originator_id = %(partnership)s AND f.name IN ('partnership.framework_added.v1', 'partnership.framework_added.v2')
  AND f.body #>> '{framework,key}' = ANY (%(keys)s)
ORDER BY f.body #>> '{framework,key}', f.originator_version DESC
