-- name: begin
INSERT INTO session (digest, partnership, credential, person, browser, ends_at)
VALUES (%(digest)s, %(partnership)s, %(credential)s, %(person)s, %(browser)s, now() + %(lasts)s)

-- name: sweep
DELETE FROM session WHERE ends_at < now();
DELETE FROM sign_in_link WHERE expires_at < now() - interval '7 days'

-- name: find
SELECT id, partnership, credential, person, browser, began_at, used_at, ends_at
FROM session
WHERE digest = %(digest)s AND ends_at > now() AND used_at > now() - %(idle)s

-- name: use
-- Once a minute at most, so that reading pages writes next to nothing.
UPDATE session SET used_at = now() WHERE digest = %(digest)s AND used_at < now() - interval '1 minute'

-- name: of_person
SELECT id, partnership, credential, person, browser, began_at, used_at, ends_at
FROM session
WHERE partnership = %(partnership)s AND person = %(person)s AND ends_at > now() AND used_at > now() - %(idle)s
ORDER BY used_at DESC, id

-- name: end
DELETE FROM session WHERE digest = %(digest)s

-- name: end_one
DELETE FROM session WHERE id = %(id)s AND partnership = %(partnership)s AND person = %(person)s

-- name: end_all
DELETE FROM session WHERE partnership = %(partnership)s AND person = %(person)s

-- name: offer
INSERT INTO sign_in_link (digest, partnership, credential, expires_at)
VALUES (%(digest)s, %(partnership)s, %(credential)s, now() + %(lasts)s)

-- name: link
SELECT partnership, credential FROM sign_in_link
WHERE digest = %(digest)s AND used_at IS NULL AND expires_at > now()

-- name: use_link
UPDATE sign_in_link SET used_at = now()
WHERE digest = %(digest)s AND used_at IS NULL AND expires_at > now()
RETURNING partnership, credential
