-- What every list is made of; `h` is the history row that holds at the pair of moments. A list's own file says which
-- history it is (`history`), its `columns`, who sees what (`visible.…`) and its conditions (`where.…`), and may have
-- any of these parts in another form.

-- name: pages
-- A page a parent, in one statement: it is chosen by what narrow indexes hold, and only then are its rows read.
SELECT parent.id, counted.total, page.*
FROM unnest(%(parents)s::text[]) AS parent (id)
LEFT JOIN LATERAL (
/*total*/
) counted ON true
LEFT JOIN LATERAL (
/*columns*/
FROM (
/*chosen*/
/*order*/
LIMIT %(limit)s
) seen
/*again*/
/*order*/
) page ON true

-- name: rows
/*columns*/
/*found*/

-- name: counted
SELECT count(*) AS total
/*found*/

-- name: uncounted
SELECT NULL::bigint AS total

-- name: walked
-- Chosen by walking in order.
SELECT h.thing, seen.access
/*found*/

-- name: gathered
-- All that is found, before it is put in order.
SELECT h.thing, h.access FROM (
SELECT h.*, seen.access
/*found*/
OFFSET 0) h

-- name: again
-- A fence: each is found by its thing.
CROSS JOIN LATERAL (
  SELECT h.* FROM /*history*/ h WHERE h.thing = seen.thing AND h.recorded @> %(known)s AND h.effective @> %(day)s OFFSET 0
) h

-- name: found
/*from*/
/*conditions*/

-- name: from
FROM /*history*/ h
/*visible*/
WHERE h.recorded @> %(known)s AND h.effective @> %(day)s

-- name: visible.all
CROSS JOIN LATERAL (SELECT 'FULL' AS access) seen

-- name: where.listed
seen.access <> 'HEADER'

-- name: where.whole
seen.access = 'FULL'

-- name: where.things
h.thing = ANY (%(things)s)

-- name: where.reference
h.thing = (SELECT r.thing FROM reference r WHERE r.kind = '/*kind*/' AND r.reference = %(reference)s)

-- Orders, the places at which pages begin and end, and the keys that both are compared by.

-- name: ascending
ORDER BY /*row_key*/, h.thing

-- name: descending
ORDER BY /*row_key*/ DESC, h.thing DESC

-- name: later
(/*row_key*/, h.thing) > (/*place_key*/, %(/*side*/_1)s::uuid)

-- name: earlier
(/*row_key*/, h.thing) < (/*place_key*/, %(/*side*/_1)s::uuid)

-- name: key
/*value*/

-- name: key_or_otherwise
coalesce(/*value*/, '/*otherwise*/'::/*type*/)

-- name: row
h./*column*/

-- name: place
%(/*side*/_0)s::/*type*/
