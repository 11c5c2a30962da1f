-- name: write
UPDATE goldenthread.written SET at = clock_timestamp()

-- name: use_room
-- Spills a megabyte into a file that is gone at once: a full disk still takes an update of a row that has its page.
SELECT count(*) FROM generate_series(1, 20000)
