-- name: all
SELECT h.agency AS key, h.name, h.aliases, h.kind, h.succeeded_by AS successor
FROM agency_history h
WHERE h.recorded @> %(known)s AND h.effective @> %(day)s
ORDER BY h.agency
