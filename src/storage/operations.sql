-- name: note_verification
INSERT INTO goldenthread.verification (partnership, position, faults) VALUES (%s, %s, %s)

-- name: forget_verifications
DELETE FROM goldenthread.verification WHERE ended_at < now() - interval '1 year'

-- name: note_backup
INSERT INTO goldenthread.backup (partnership, began_at, place, facts, bytes, failure) VALUES (%s, %s, %s, %s, %s, %s)

-- name: forget_backups
DELETE FROM goldenthread.backup WHERE ended_at < now() - interval '1 year'

-- name: last_backup
SELECT began_at, ended_at, place, facts, bytes FROM goldenthread.backup
WHERE partnership IS NULL AND failure IS NULL AND starts_with(place, %s)
ORDER BY ended_at DESC LIMIT 1

-- name: try_backup
SELECT pg_try_advisory_lock(hashtext('goldenthread.backup'), 0)
