-- name: write
UPDATE goldenthread.written SET at = clock_timestamp()

-- name: switched_off
-- What keeps an acknowledged fact through a crash of the server or its machine; `synchronous_commit` each session sets.
-- One by one: the view of all settings is larger than this connection's memory, and would need room on a full disk.
SELECT array_agg(name) FROM unnest(ARRAY['fsync', 'full_page_writes']) AS name WHERE current_setting(name) = 'off'

-- name: use_room
-- Spills a megabyte into a file that is gone at once: a full disk still takes an update of a row that has its page.
SELECT count(*) FROM generate_series(1, 20000)
