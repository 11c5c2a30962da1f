-- name: offer
INSERT INTO goldenthread.signing_key (jwk) VALUES (%s) ON CONFLICT DO NOTHING

-- name: current
SELECT jwk FROM goldenthread.signing_key
