-- name: history
return_history

-- name: visible.agency
JOIN visible_returns(%(mine)s) seen USING (thing)

-- name: columns
SELECT h.thing, h.version, h.agency AS agency_key, h.framework AS framework_key, h.year, h.period, h.since, h.until,
  h.called_on, h.due_on, h.review AS review_id, h.judge AS judge_key, h.answered_on, h.narrative, h.judged_on, h.verdict,
  h.improvements, seen.access

-- name: where.year
h.year = %(year)s

-- name: where.agencies
h.agency = ANY (%(agencies)s)

-- name: rounds
-- Each period of a year for which anybody was called; complete: every standard was answered for.
SELECT h.year, h.period, min(h.since) AS since, max(h.until) AS until, array_agg(h.agency ORDER BY h.agency) AS called,
  count(*) FILTER (WHERE h.answered_on IS NOT NULL) AS answered,
  count(*) FILTER (WHERE open.duties = 0) AS complete,
  count(*) FILTER (WHERE open.duties > 0 AND h.due_on < %(day)s) AS overdue,
  count(*) FILTER (WHERE h.judged_on IS NOT NULL) AS judged,
  coalesce(sum(jsonb_array_length(h.improvements)), 0)::integer AS improvements,
  coalesce(sum((
    SELECT count(*) FROM jsonb_array_elements(h.improvements) AS point
    WHERE point ?| ARRAY['recommendation', 'action'])), 0)::integer AS improvements_raised
FROM return_history h
/*visible*/
CROSS JOIN LATERAL (
  SELECT count(*) AS duties FROM duty_history d
  WHERE d.origin = h.thing AND d.done_on IS NULL AND d.recorded @> %(known)s AND d.effective @> %(day)s
) open
WHERE h.recorded @> %(known)s AND h.effective @> %(day)s AND h.year BETWEEN %(first_year)s AND %(last_year)s
GROUP BY h.year, h.period
ORDER BY h.year, h.period
