-- name: visible.all
CROSS JOIN LATERAL (SELECT 'FULL' AS access) seen

-- name: visible.agency
JOIN visible_returns(%(mine)s) seen USING (thing)

-- name: columns
SELECT h.thing, h.version, h.agency AS agency_key, h.framework AS framework_key, h.year, h.period, h.since, h.until,
  h.called_on, h.due_on, seen.access

-- name: from
FROM return_history h
/*visible*/
WHERE h.recorded @> %(known)s AND h.effective @> %(day)s

-- name: where.things
h.thing = ANY (%(things)s)

-- name: where.year
h.year = %(year)s

-- name: where.agencies
h.agency = ANY (%(agencies)s)
