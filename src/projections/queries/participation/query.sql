-- name: counted
-- In how many reviews each group, and each kind of people in it, was invited and took part; a review counts once.
WITH asked AS (
  SELECT g.nth, g.grouped, g.participant, g.people
  FROM jsonb_to_recordset(%(groups)s) AS g (nth integer, grouped text, participant text, people text[])
),
review AS (
  SELECT h.thing FROM review_history h
  WHERE h.recorded @> %(known)s AND h.effective @> %(day)s AND h.commissioned_on IS NOT NULL
    AND (%(since)s::date IS NULL OR h.commissioned_on >= %(since)s)
    AND (%(until)s::date IS NULL OR h.commissioned_on <= %(until)s)
    AND (%(kinds)s::text[] IS NULL OR h.kind = ANY (%(kinds)s))
),
answer AS (
  SELECT e.thing, e.detail ->> 'participant' AS participant, (e.detail ->> 'invited')::boolean AS invited,
    e.detail ->> 'took_part' AS took_part
  FROM entry_history e JOIN review USING (thing)
  WHERE e.kind = 'participation' AND e.recorded @> %(known)s AND e.effective @> %(day)s
),
told AS (
  SELECT a.nth, w.thing, bool_or(w.invited) AS invited,
    coalesce(bool_or(w.took_part = 'YES'), false) AS took_part,
    coalesce(bool_or(w.took_part = 'DECLINED'), false) AS declined
  FROM asked a JOIN answer w ON w.participant = ANY (a.people)
  GROUP BY a.nth, w.thing
)
SELECT a.grouped, a.participant, (SELECT count(*) FROM review) AS reviews, count(t.thing) AS recorded,
  count(t.thing) FILTER (WHERE t.invited) AS invited,
  count(t.thing) FILTER (WHERE t.took_part) AS took_part,
  count(t.thing) FILTER (WHERE t.declined AND NOT t.took_part) AS declined
FROM asked a LEFT JOIN told t USING (nth)
GROUP BY a.nth, a.grouped, a.participant
ORDER BY a.nth
