-- name: at
SELECT h.key, h.name, h.time_zone, h.demonstration, h.frameworks AS terms
FROM partnership_history h
ORDER BY h.recorded @> %(known)s DESC, h.effective @> %(day)s DESC, lower(h.recorded), lower(h.effective)
LIMIT 1
