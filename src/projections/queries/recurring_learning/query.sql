-- Which learning recurs. Themes are counted first, in one pass; the agencies, years and recommendations behind a count
-- are read for the themes of a page only, and only where they are asked for.

-- name: themes
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
-- Merging makes no recurrence by itself: what was coded before counts with the other only once something is raised
-- on it after the merge, and even then only the latter recurred. Nothing is read where nothing was merged.
newest AS (
  SELECT coded.theme, max(h.raised_on) AS raised_on
  FROM recommendation_history h
  /*visible*/
  CROSS JOIN LATERAL unnest(h.themes) AS coded (theme)
  WHERE h.recorded @> %(known)s AND h.effective @> %(day)s AND seen.access <> 'HEADER' AND NOT h.draft
    AND h.themes && (SELECT array_agg(t.theme) FROM together t WHERE t.theme <> t.other)
  GROUP BY coded.theme
),
counted_as AS (
  SELECT DISTINCT ON (w.theme) w.theme, w.root
  FROM way w
  WHERE w.theme = w.root OR EXISTS (
    SELECT FROM newest JOIN way other ON other.theme = newest.theme AND other.root = w.root
    WHERE greatest(w.merged_on, other.merged_on) <= newest.raised_on)
  ORDER BY w.theme, w.merged_on DESC, (SELECT count(*) FROM way further WHERE further.theme = w.root), w.root
),

-- name: recurs
-- The first two reviews on a theme of which a recommendation was closed as implemented, or its impact verified:
-- whatever review an occurrence is of, one of the two is another. Who never was closed has neither.
ended AS (
  SELECT coded.theme, h.review, e.kind, min((e.detail ->> 'happened_on')::date) AS on_day,
    row_number() OVER (
      PARTITION BY coded.theme, e.kind ORDER BY min((e.detail ->> 'happened_on')::date), h.review) AS nth
  FROM recommendation_history h
  /*visible*/
  JOIN entry_history e ON e.thing = h.thing AND e.recorded @> %(known)s AND e.effective @> %(day)s
  CROSS JOIN LATERAL unnest(h.themes) AS coded (theme)
  WHERE h.recorded @> %(known)s AND h.effective @> %(day)s AND seen.access = 'FULL' AND NOT h.draft
    AND (h.closed_on IS NOT NULL OR h.reopened_on IS NOT NULL OR h.impact IS NOT NULL)
    AND (e.kind = 'closure' AND e.detail ->> 'outcome' = 'IMPLEMENTED'
      OR e.kind = 'impact' AND e.detail ->> 'finding' IN ('EMBEDDED', 'PARTLY_EMBEDDED'))
  GROUP BY coded.theme, h.review, e.kind
),
earlier AS (
  SELECT together.theme, ended.kind, ended.review, min(greatest(ended.on_day + 1, together.since)) AS recurs_from,
    row_number() OVER (
      PARTITION BY together.theme, ended.kind
      ORDER BY min(greatest(ended.on_day + 1, together.since)), ended.review) AS nth
  FROM ended JOIN together ON together.other = ended.theme
  WHERE ended.nth <= 2
  GROUP BY together.theme, ended.kind, ended.review
),
-- By theme and kind the earliest such review and the earliest of the others: one of the two is another than any review.
recurs AS (
  SELECT e.theme,
    (array_agg(e.review) FILTER (WHERE e.kind = 'closure' AND e.nth = 1))[1] AS closed_in,
    min(e.recurs_from) FILTER (WHERE e.kind = 'closure' AND e.nth = 1) AS from_closure,
    min(e.recurs_from) FILTER (WHERE e.kind = 'closure' AND e.nth = 2) AS from_closure_elsewhere,
    (array_agg(e.review) FILTER (WHERE e.kind = 'impact' AND e.nth = 1))[1] AS verified_in,
    min(e.recurs_from) FILTER (WHERE e.kind = 'impact' AND e.nth = 1) AS from_impact,
    min(e.recurs_from) FILTER (WHERE e.kind = 'impact' AND e.nth = 2) AS from_impact_elsewhere
  FROM earlier e
  GROUP BY e.theme
),

-- name: coded
-- What a recommendation's code counts as.
coding AS MATERIALIZED (
  SELECT c.theme AS coded, c.root AS theme, count(*) OVER (PARTITION BY c.root) = 1 AS alone
  FROM counted_as c
),
/*alike*/,
-- A recommendation occurs once on a theme, by whichever of the themes that went on in it it was coded.
coded AS MATERIALIZED (
  SELECT a.coded_as, c.theme, bool_and(c.alone) AS alone, array_agg(c.coded) AS by_codes/*measures*/
  FROM alike a
  -- Which themes a set has is the same at every moment.
  CROSS JOIN LATERAL (
    SELECT s.themes FROM recommendation_history s WHERE s.coded_as = a.coded_as LIMIT 1
  ) named
  CROSS JOIN LATERAL unnest(named.themes) AS t (theme)
  JOIN coding c ON c.coded = t.theme
  WHERE (%(themes)s::text[] IS NULL OR c.coded = ANY (%(themes)s))
    AND (%(shown)s::text[] IS NULL OR c.theme = ANY (%(shown)s))
  GROUP BY a.coded_as, c.theme
)

-- name: alike.counted
-- Recommendations that are coded alike are counted together, in one index, before their themes are taken apart. Of their
-- reviews one is kept, whichever.
alike AS MATERIALIZED (
  SELECT h.coded_as, count(*) AS occurrences, min(h.raised_on) AS first_seen_on, max(h.raised_on) AS last_seen_on,
    any_value(h.review) AS review
  FROM recommendation_history h
  /*visible*/
  WHERE /*wanted*/
  GROUP BY h.coded_as
)

-- name: alike.reviewed
-- The reviews of each set stand together, each as often as it raised one.
alike AS MATERIALIZED (
  SELECT h.coded_as, array_agg(h.review) AS reviews
  FROM recommendation_history h
  /*visible*/
  WHERE /*wanted*/
  GROUP BY h.coded_as
)

-- name: alike.led
-- Who leads those of each set, and how many were raised in which year.
yearly AS MATERIALIZED (
  SELECT h.coded_as, date_part('year', h.raised_on)::integer AS year, count(*) AS raised,
    array_agg(h.lead) FILTER (WHERE h.lead IS NOT NULL) AS leads
  FROM recommendation_history h
  /*visible*/
  WHERE /*wanted*/
  GROUP BY h.coded_as, date_part('year', h.raised_on)::integer
),
alike AS MATERIALIZED (SELECT DISTINCT y.coded_as FROM yearly y)

-- name: alike.named
-- Every set there is, from one to the next in its index: what of each is wanted, its newest say.
alike (coded_as) AS (
  (SELECT h.coded_as FROM recommendation_history h WHERE h.coded_as IS NOT NULL ORDER BY h.coded_as LIMIT 1)
  UNION ALL
  SELECT (SELECT h.coded_as FROM recommendation_history h WHERE h.coded_as > a.coded_as ORDER BY h.coded_as LIMIT 1)
  FROM alike a
  WHERE a.coded_as IS NOT NULL
)

-- name: measures.counted
, any_value(a.occurrences) AS occurrences, any_value(a.first_seen_on) AS first_seen_on,
    any_value(a.last_seen_on) AS last_seen_on, any_value(a.review) AS review

-- name: wanted
h.recorded @> %(known)s AND h.effective @> %(day)s AND seen.access <> 'HEADER' AND NOT h.draft
    AND (%(since)s::date IS NULL OR h.raised_on >= %(since)s)
    AND (%(agencies)s::text[] IS NULL OR h.lead = ANY (%(agencies)s) OR h.thing IN (
      -- Whom else than its lead it was addressed to, by the index of these.
      SELECT beside.thing FROM recommendation_history beside
      WHERE (beside.addressed_to <@ ARRAY[beside.lead])::text = 'false' AND beside.addressed_to && %(agencies)s
        AND beside.recorded @> %(known)s AND beside.effective @> %(day)s))
    AND (%(themes)s::text[] IS NULL OR h.themes && %(themes)s)

-- name: page
counted AS (
  SELECT c.theme, sum(c.occurrences)::integer AS occurrences, min(c.first_seen_on) AS first_seen_on,
    max(c.last_seen_on) AS last_seen_on, count(DISTINCT c.review) AS reviews_met, any_value(c.review) AS review
  FROM coded c
  GROUP BY c.theme
),
-- Nothing is read again where nothing was closed as implemented before it was raised anew.
after AS (
  SELECT c.theme,
    count(*) FILTER (WHERE h.raised_on >= CASE
      WHEN h.review = r.closed_in THEN r.from_closure_elsewhere ELSE r.from_closure END)::integer AS closure,
    count(*) FILTER (WHERE h.raised_on >= CASE
      WHEN h.review = r.verified_in THEN r.from_impact_elsewhere ELSE r.from_impact END)::integer AS impact
  FROM coded c
  JOIN recurs r ON r.theme = c.theme
  JOIN recommendation_history h ON h.coded_as = c.coded_as
  /*visible*/
  WHERE c.alone AND /*wanted*/
  GROUP BY c.theme
  UNION ALL
  SELECT each.theme, count(*) FILTER (WHERE each.closure)::integer, count(*) FILTER (WHERE each.impact)::integer
  FROM (
    SELECT c.theme,
      bool_or(h.raised_on >= CASE
        WHEN h.review = r.closed_in THEN r.from_closure_elsewhere ELSE r.from_closure END) AS closure,
      bool_or(h.raised_on >= CASE
        WHEN h.review = r.verified_in THEN r.from_impact_elsewhere ELSE r.from_impact END) AS impact
    FROM coded c
    JOIN recurs r ON r.theme = ANY (c.by_codes)
    JOIN recommendation_history h ON h.coded_as = c.coded_as
    /*visible*/
    WHERE NOT c.alone AND /*wanted*/
    GROUP BY c.theme, h.thing
  ) each
  GROUP BY each.theme
)
SELECT c.theme, c.occurrences, c.first_seen_on, c.last_seen_on, coalesce(a.closure, 0) AS recurred_after_closure,
  coalesce(a.impact, 0) AS recurred_after_impact_verified
FROM counted c LEFT JOIN after a ON a.theme = c.theme
-- The reviews of a theme are gone through only where those that were met on the way are too few.
WHERE (c.reviews_met >= %(minimum_reviews)s OR CASE %(minimum_reviews)s
    WHEN 2 THEN EXISTS (
      SELECT FROM coded d
      JOIN recommendation_history h ON h.coded_as = d.coded_as
      /*visible*/
      WHERE d.theme = c.theme AND h.review <> c.review AND /*wanted*/)
    ELSE %(minimum_reviews)s <= (
      SELECT count(DISTINCT h.review) FROM coded d
      JOIN recommendation_history h ON h.coded_as = d.coded_as
      /*visible*/
      WHERE d.theme = c.theme AND /*wanted*/)
    END)
  AND (NOT %(after_closure_only)s OR a.closure > 0)
  AND (%(after_occurrences)s::bigint IS NULL
    OR c.occurrences < %(after_occurrences)s OR c.occurrences = %(after_occurrences)s AND c.theme > %(after_theme)s)
  AND (%(before_occurrences)s::bigint IS NULL
    OR c.occurrences > %(before_occurrences)s OR c.occurrences = %(before_occurrences)s AND c.theme < %(before_theme)s)
/*order*/
LIMIT %(limit)s

-- name: forward
ORDER BY occurrences DESC, theme

-- name: backward
ORDER BY occurrences, theme DESC

-- name: reviews
-- Theme by theme: those of one fit where they are put in order; together they do not.
SELECT shown.theme, (
  SELECT count(DISTINCT raised.review)
  FROM coded c JOIN alike a ON a.coded_as = c.coded_as
  CROSS JOIN LATERAL unnest(a.reviews) AS raised (review)
  WHERE c.theme = shown.theme) AS reviews
FROM (SELECT DISTINCT c.theme FROM coded c) shown

-- name: behind
-- Whoever is concerned leads it, or was asked beside whoever leads it: these are found by an index of their own.
asked AS MATERIALIZED (
  SELECT h.coded_as, h.addressed_to
  FROM recommendation_history h
  /*visible*/
  WHERE (h.addressed_to <@ ARRAY[h.lead])::text = 'false' AND /*wanted*/
),
involved AS (
  SELECT c.theme, led.agency
  FROM coded c
  JOIN yearly y ON y.coded_as = c.coded_as
  CROSS JOIN LATERAL unnest(y.leads) AS led (agency)
  UNION
  SELECT c.theme, unnest(a.addressed_to) FROM coded c JOIN asked a ON a.coded_as = c.coded_as
),
counted AS (
  SELECT c.theme, y.year, sum(y.raised)::bigint AS occurrences
  FROM coded c JOIN yearly y ON y.coded_as = c.coded_as
  GROUP BY c.theme, y.year
)
SELECT shown.theme, coalesce(with_whom.agencies, '{}') AS agencies, shown.per_year
FROM (
  SELECT c.theme,
    json_agg(json_build_object('year', c.year, 'occurrences', c.occurrences) ORDER BY c.year) AS per_year
  FROM counted c
  GROUP BY c.theme
) shown
LEFT JOIN (
  SELECT i.theme, array_agg(i.agency ORDER BY i.agency) AS agencies FROM involved i GROUP BY i.theme
) with_whom ON with_whom.theme = shown.theme

-- name: newest
-- The newest first, from the first of each theme, or from the one that is named on: so many of each set of themes, and
-- of these together.
start AS (
  SELECT h.raised_on, h.thing FROM recommendation_history h
  WHERE h.thing = %(named)s AND h.recorded @> %(known)s AND h.effective @> %(day)s
),
placed AS (
  SELECT c.theme, newest.thing,
    row_number() OVER (PARTITION BY c.theme ORDER BY newest.raised_on DESC, newest.thing DESC) AS nth
  FROM coded c
  CROSS JOIN LATERAL (
    SELECT h.thing, h.raised_on
    FROM recommendation_history h
    /*visible*/
    WHERE h.coded_as = c.coded_as AND /*wanted*/
      AND (%(named)s::uuid IS NULL OR (h.raised_on, h.thing) <= (SELECT s.raised_on, s.thing FROM start s))
    ORDER BY h.raised_on DESC, h.thing DESC
    LIMIT %(limit)s
  ) newest
)
SELECT p.theme, p.thing
FROM placed p
WHERE p.nth <= %(limit)s
  AND (%(named)s::uuid IS NULL OR p.theme IN (SELECT one.theme FROM placed one WHERE one.thing = %(named)s))
ORDER BY p.theme, p.nth

-- name: visible.all
CROSS JOIN LATERAL (SELECT 'FULL' AS access) seen

-- name: visible.agency
CROSS JOIN LATERAL recommendation_as_seen(h.thing, h.review, %(mine)s) seen

-- What each question is made of.

-- name: question.page
/*themes*/
/*recurs*/
/*coded*/,
/*page*/

-- name: question.reviews
/*themes*/
/*coded*/
/*reviews*/

-- name: question.behind
/*themes*/
/*coded*/,
/*behind*/

-- name: question.newest
/*themes*/
/*coded*/,
/*newest*/
