-- name: write
UPDATE goldenthread.written SET at = clock_timestamp()

-- name: switched_off
-- What keeps an acknowledged fact through a crash of the server or its machine; `synchronous_commit` each session sets.
SELECT array_agg(name ORDER BY name) FROM pg_settings WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off'

-- name: use_room
-- Spills a megabyte into a file that is gone at once: a full disk still takes an update of a row that has its page.
SELECT count(*) FROM generate_series(1, 20000)
