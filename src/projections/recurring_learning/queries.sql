-- name: recurring
WITH RECURSIVE merging (theme, root, merged_on) AS (
  SELECT h.theme, h.merged_into, h.merged_on FROM theme_history h
  WHERE h.recorded @> %(known)s AND h.effective @> %(day)s AND h.merged_into IS NOT NULL
  UNION
  SELECT merging.theme, h.merged_into, greatest(merging.merged_on, h.merged_on)
  FROM merging JOIN theme_history h ON h.theme = merging.root
  WHERE h.recorded @> %(known)s AND h.effective @> %(day)s AND h.merged_into IS NOT NULL
),
root AS (
  SELECT DISTINCT ON (m.theme) m.theme, m.root, m.merged_on FROM merging m
  WHERE m.root NOT IN (SELECT theme FROM merging) ORDER BY m.theme, m.merged_on DESC
),
coded AS (
  SELECT h.thing, h.review, h.raised_on, theme AS coded, seen.access,
    array_remove(h.lead || h.addressed_to, NULL) AS agencies
  FROM recommendation_history h
  /*visible*/
  CROSS JOIN LATERAL unnest(h.themes) AS theme
  WHERE h.recorded @> %(known)s AND h.effective @> %(day)s AND seen.access <> 'HEADER'
),
-- Merging makes no recurrence by itself: what was coded before counts with the other only once something is raised
-- on it after the merge.
occurrence AS (
  SELECT DISTINCT c.thing, c.review, c.raised_on, c.agencies, c.access, CASE
    WHEN EXISTS (
      SELECT FROM coded later LEFT JOIN root r ON r.theme = later.coded
      WHERE coalesce(r.root, later.coded) = root.root AND later.raised_on >= root.merged_on) THEN root.root
    ELSE c.coded END AS theme
  FROM coded c LEFT JOIN root ON root.theme = c.coded
),
-- The first two reviews on a theme of which a recommendation was closed as implemented, or its impact verified:
-- whatever review an occurrence is of, one of the two is another.
ended AS (
  SELECT o.theme, o.review, e.kind, min((e.detail ->> 'happened_on')::date) AS on_day,
    row_number() OVER (
      PARTITION BY o.theme, e.kind ORDER BY min((e.detail ->> 'happened_on')::date), o.review) AS nth
  FROM entry_history e JOIN occurrence o ON o.thing = e.thing AND o.access = 'FULL'
  WHERE e.recorded @> %(known)s AND e.effective @> %(day)s
    AND (e.kind = 'closure' AND e.detail ->> 'outcome' = 'IMPLEMENTED'
      OR e.kind = 'impact' AND e.detail ->> 'finding' IN ('EMBEDDED', 'PARTLY_EMBEDDED'))
  GROUP BY o.theme, o.review, e.kind
),
matching AS (
  SELECT o.theme, o.thing, o.review, o.raised_on, o.agencies,
    EXISTS (SELECT FROM ended WHERE ended.nth <= 2 AND ended.kind = 'closure'
      AND ended.theme = o.theme AND ended.review <> o.review AND ended.on_day < o.raised_on) AS after_closure,
    EXISTS (SELECT FROM ended WHERE ended.nth <= 2 AND ended.kind = 'impact'
      AND ended.theme = o.theme AND ended.review <> o.review AND ended.on_day < o.raised_on) AS after_impact
  FROM occurrence o
  WHERE (%(since)s::date IS NULL OR o.raised_on >= %(since)s)
    AND (%(agencies)s::text[] IS NULL OR o.agencies && %(agencies)s)
    AND (%(themes)s::text[] IS NULL OR o.theme = ANY (%(themes)s))
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
WHERE %(after_occurrences)s::integer IS NULL
  OR c.occurrences < %(after_occurrences)s OR c.occurrences = %(after_occurrences)s AND c.theme > %(after_theme)s
ORDER BY c.occurrences DESC, c.theme
LIMIT %(limit)s

-- name: visible.all
CROSS JOIN LATERAL (SELECT 'FULL' AS access) seen

-- name: visible.agency
JOIN visible_recommendations(%(mine)s) seen USING (thing)
