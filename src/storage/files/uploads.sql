-- name: begin
SELECT pg_advisory_xact_lock(hashtext('goldenthread.file'), hashtext(%(sha256)s))

-- name: begin_caller
SELECT pg_advisory_xact_lock(hashtext('goldenthread.uploader'), hashtext(%(uploader)s))

-- name: waiting
SELECT count(*) FROM upload WHERE uploader = %(uploader)s AND used_by IS NULL

-- name: add
INSERT INTO upload (id, uploader, name, media_type, bytes, sha256, state)
VALUES (%(id)s, %(uploader)s, %(name)s, %(media_type)s, %(bytes)s, %(sha256)s, %(state)s)

-- name: find
SELECT id, uploader, name, media_type, bytes, sha256, state, used_by_kind, used_by FROM upload WHERE id = ANY (%(ids)s)

-- name: quarantined
SELECT id, uploader, name, media_type, bytes, sha256, state, used_by_kind, used_by
FROM upload WHERE state = 'QUARANTINED' ORDER BY uploaded_at, id

-- name: judge
UPDATE upload SET state = %(state)s WHERE id = %(id)s AND state = 'QUARANTINED'

-- name: orphaned
SELECT id, sha256 FROM upload WHERE used_by IS NULL AND uploaded_at < now() - %(age)s ORDER BY uploaded_at, id LIMIT 1000

-- name: forget
DELETE FROM upload WHERE id = %(id)s AND used_by IS NULL

-- name: held
-- What was found to be infected holds no content any more.
SELECT EXISTS (SELECT FROM upload WHERE sha256 = %(sha256)s AND state <> 'INFECTED')

-- name: infected
UPDATE upload SET state = 'INFECTED' WHERE sha256 = %(sha256)s AND used_by IS NULL

-- name: used
SELECT id, uploader, name, media_type, bytes, sha256, state, used_by_kind, used_by
FROM upload WHERE used_by IS NOT NULL ORDER BY sha256, id
