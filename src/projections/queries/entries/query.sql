-- name: of_things
SELECT e.thing, e.entry, e.kind, e.noted_version, e.noted_at, e.detail
FROM entry_history e
WHERE e.thing = ANY (%(things)s) AND e.kind = %(kind)s
  AND e.recorded @> %(known)s AND e.effective @> %(day)s
ORDER BY e.thing, e.noted_version, e.entry

-- name: by_id
SELECT e.thing, e.entry, e.kind, e.noted_version, e.noted_at, e.detail
FROM entry_history e
WHERE e.entry = ANY (%(entries)s) AND e.recorded @> %(known)s AND e.effective @> %(day)s
