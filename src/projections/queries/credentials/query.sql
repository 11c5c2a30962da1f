-- name: find
SELECT c.subject, c.role, c.agency, c.bodies, c.independent, c.expires_at, c.revoked_reason, c.framework
FROM credential_history c
WHERE c.credential = %s AND upper_inf(c.recorded) AND upper_inf(c.effective)

-- name: every
SELECT c.credential, c.subject, c.role, c.agency, c.bodies, c.independent, c.expires_at, c.revoked_reason
FROM credential_history c
WHERE upper_inf(c.recorded) AND upper_inf(c.effective)
ORDER BY c.expires_at, c.credential

-- name: every_at
SELECT c.credential, c.subject, c.role, c.agency, c.bodies, c.independent, c.expires_at, c.revoked_reason
FROM credential_history c
WHERE c.recorded @> %(known)s AND c.effective @> %(day)s
ORDER BY c.subject, c.expires_at, c.credential

-- name: members
SELECT c.agency, c.bodies, c.independent
FROM credential_history c
WHERE c.role = 'MONITORING_BODY' AND c.revoked_reason IS NULL AND c.expires_at > %(day)s::timestamptz
  AND c.recorded @> %(known)s AND c.effective @> %(day)s
