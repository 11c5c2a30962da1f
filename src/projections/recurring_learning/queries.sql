-- name: recurring
-- `way`: every theme with all that it has gone on in; `merged_on` is the latest merge on the way there.
WITH RECURSIVE way (theme, root, merged_on) AS (
  SELECT h.theme, h.theme, '-infinity'::date FROM theme_history h WHERE h.recorded @> %(known)s
  UNION
  SELECT way.theme, h.merged_into, greatest(way.merged_on, h.merged_on)
  FROM way JOIN theme_history h ON h.theme = way.root
  WHERE h.recorded @> %(known)s AND h.effective @> %(day)s AND h.merged_into IS NOT NULL
),
together AS (
  SELECT one.theme, other.theme AS other, min(greatest(one.merged_on, other.merged_on)) AS since
  FROM way one JOIN way other ON other.root = one.root
  GROUP BY one.theme, other.theme
),
coded AS (
  SELECT h.thing, h.review, h.raised_on, theme AS coded, seen.access,
    array_remove(h.lead || h.addressed_to, NULL) AS agencies
  FROM recommendation_history h
  /*visible*/
  CROSS JOIN LATERAL unnest(h.themes) AS theme
  WHERE h.recorded @> %(known)s AND h.effective @> %(day)s AND seen.access <> 'HEADER' AND NOT h.draft
),
-- Merging makes no recurrence by itself: what was coded before counts with the other only once something is raised
-- on it after the merge, and even then only the latter recurred.
newest AS (
  SELECT c.coded, max(c.raised_on) AS raised_on FROM coded c GROUP BY c.coded
),
counted_as AS (
  SELECT DISTINCT ON (w.theme) w.theme, w.root
  FROM way w
  WHERE w.theme = w.root OR EXISTS (
    SELECT FROM newest JOIN way other ON other.theme = newest.coded AND other.root = w.root
    WHERE greatest(w.merged_on, other.merged_on) <= newest.raised_on)
  ORDER BY w.theme, w.merged_on DESC, (SELECT count(*) FROM way further WHERE further.theme = w.root), w.root
),
occurrence AS (
  SELECT c.*, counted_as.root AS theme FROM coded c JOIN counted_as ON counted_as.theme = c.coded
),
-- The first two reviews on a theme of which a recommendation was closed as implemented, or its impact verified:
-- whatever review an occurrence is of, one of the two is another.
ended AS (
  SELECT o.coded, o.review, e.kind, min((e.detail ->> 'happened_on')::date) AS on_day,
    row_number() OVER (
      PARTITION BY o.coded, e.kind ORDER BY min((e.detail ->> 'happened_on')::date), o.review) AS nth
  FROM entry_history e JOIN occurrence o ON o.thing = e.thing AND o.access = 'FULL'
  WHERE e.kind IN ('closure', 'impact') AND e.recorded @> %(known)s AND e.effective @> %(day)s
    AND (e.kind = 'closure' AND e.detail ->> 'outcome' = 'IMPLEMENTED'
      OR e.kind = 'impact' AND e.detail ->> 'finding' IN ('EMBEDDED', 'PARTLY_EMBEDDED'))
  GROUP BY o.coded, o.review, e.kind
),
earlier AS (
  SELECT together.theme AS coded, ended.kind, ended.review, greatest(ended.on_day + 1, together.since) AS recurs_from
  FROM ended JOIN together ON together.other = ended.coded
  WHERE ended.nth <= 2
),
-- By theme and kind the earliest such review and the earliest of the others: one of the two is another than any review.
recurs AS (
  SELECT e.coded,
    (array_agg(e.review) FILTER (WHERE e.kind = 'closure' AND e.nth = 1))[1] AS closed_in,
    min(e.recurs_from) FILTER (WHERE e.kind = 'closure' AND e.nth = 1) AS from_closure,
    min(e.recurs_from) FILTER (WHERE e.kind = 'closure' AND e.nth = 2) AS from_closure_elsewhere,
    (array_agg(e.review) FILTER (WHERE e.kind = 'impact' AND e.nth = 1))[1] AS verified_in,
    min(e.recurs_from) FILTER (WHERE e.kind = 'impact' AND e.nth = 1) AS from_impact,
    min(e.recurs_from) FILTER (WHERE e.kind = 'impact' AND e.nth = 2) AS from_impact_elsewhere
  FROM (
    SELECT earlier.coded, earlier.kind, earlier.review, min(earlier.recurs_from) AS recurs_from,
      row_number() OVER (PARTITION BY earlier.coded, earlier.kind ORDER BY min(earlier.recurs_from), earlier.review) AS nth
    FROM earlier
    GROUP BY earlier.coded, earlier.kind, earlier.review
  ) e
  GROUP BY e.coded
),
matching AS (
  SELECT o.theme, o.thing, o.review, o.raised_on, o.agencies,
    bool_or(coalesce(o.raised_on >= CASE
      WHEN o.review = r.closed_in THEN r.from_closure_elsewhere ELSE r.from_closure END, false)) AS after_closure,
    bool_or(coalesce(o.raised_on >= CASE
      WHEN o.review = r.verified_in THEN r.from_impact_elsewhere ELSE r.from_impact END, false)) AS after_impact
  FROM occurrence o LEFT JOIN recurs r ON r.coded = o.coded
  WHERE (%(since)s::date IS NULL OR o.raised_on >= %(since)s)
    AND (%(agencies)s::text[] IS NULL OR o.agencies && %(agencies)s)
    AND (%(themes)s::text[] IS NULL OR o.coded = ANY (%(themes)s))
  GROUP BY o.theme, o.thing, o.review, o.raised_on, o.agencies
),
counted AS (
  SELECT m.theme, count(*)::integer AS occurrences, count(DISTINCT m.review)::integer AS reviews,
    min(m.raised_on) AS first_seen_on, max(m.raised_on) AS last_seen_on,
    count(*) FILTER (WHERE m.after_closure)::integer AS recurred_after_closure,
    count(*) FILTER (WHERE m.after_impact)::integer AS recurred_after_impact_verified,
    array_agg(m.thing ORDER BY m.raised_on DESC, m.thing DESC) AS things
  FROM matching m
  GROUP BY m.theme
  HAVING count(DISTINCT m.review) >= %(minimum_reviews)s
    AND (NOT %(after_closure_only)s OR count(*) FILTER (WHERE m.after_closure) > 0)
),
involved AS (
  SELECT m.theme, array_agg(DISTINCT agency ORDER BY agency) AS agencies
  FROM matching m, unnest(m.agencies) AS agency
  GROUP BY m.theme
),
yearly AS (
  SELECT y.theme, json_agg(json_build_object('year', y.year, 'occurrences', y.occurrences) ORDER BY y.year) AS per_year
  FROM (
    SELECT m.theme, extract(year FROM m.raised_on)::integer AS year, count(*) AS occurrences
    FROM matching m GROUP BY 1, 2) y
  GROUP BY y.theme
)
SELECT c.theme, c.occurrences, c.reviews, coalesce(involved.agencies, '{}') AS agencies,
  c.first_seen_on, c.last_seen_on, c.recurred_after_closure, c.recurred_after_impact_verified,
  yearly.per_year, c.things
FROM counted c
JOIN yearly USING (theme)
LEFT JOIN involved USING (theme)
WHERE %(after_occurrences)s::bigint IS NULL
  OR c.occurrences < %(after_occurrences)s OR c.occurrences = %(after_occurrences)s AND c.theme > %(after_theme)s
ORDER BY c.occurrences DESC, c.theme
LIMIT %(limit)s

-- name: visible.all
CROSS JOIN LATERAL (SELECT 'FULL' AS access) seen

-- name: visible.agency
CROSS JOIN LATERAL recommendation_as_seen(h.thing, h.review, %(mine)s) seen
