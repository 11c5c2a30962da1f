-- name: patience
SELECT set_config('lock_timeout', '30s', true)

-- name: begin
INSERT INTO goldenthread.maintenance (reason, until) VALUES (%(reason)s, %(until)s)
ON CONFLICT (one) DO UPDATE SET reason = excluded.reason, until = excluded.until

-- name: end
DELETE FROM goldenthread.maintenance

-- name: current
SELECT began_at, reason, until FROM goldenthread.maintenance

-- name: say
-- Whoever saves holds the row until the commit, so this waits for them.
UPDATE {head} SET read_only = %(reason)s, read_only_until = %(until)s
