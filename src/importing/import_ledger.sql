-- name: known
SELECT kind, key, digests, thing FROM import_row WHERE mapping = %(mapping)s

-- name: remember
INSERT INTO import_row (mapping, kind, key, digests, thing)
SELECT %(mapping)s, kind, key, digests, thing
FROM json_to_recordset(%(rows)s::json) AS told(kind text, key text, digests json, thing uuid)

-- name: references_taken
SELECT r.kind, r.reference
FROM unnest(%(kinds)s::text[], %(references)s::text[]) AS wanted(kind, reference)
JOIN reference r USING (kind, reference)
