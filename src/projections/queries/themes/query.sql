-- name: all
SELECT h.theme AS key, h.name, h.parent AS parent_key, h.merged_into AS merged_key, h.aliases
FROM theme_history h
WHERE h.recorded @> %(known)s AND h.effective @> %(day)s
ORDER BY h.theme
