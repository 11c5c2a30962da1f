-- name: enter
SELECT set_config('search_path', %s, true)

-- name: attached
SELECT f.position, file ->> 'id', file ->> 'sha256', (file ->> 'bytes')::bigint,
  EXISTS (SELECT FROM upload u WHERE u.id = (file ->> 'id')::uuid AND u.used_by = f.originator_id AND u.sha256 = file ->> 'sha256')
FROM facts f, json_array_elements(f.body -> 'attachments') AS file
WHERE f.name IN ('action.evidence_submitted.v1', 'recommendation.evidence_submitted.v1')
ORDER BY f.position
