-- name: head
SELECT coalesce(head.simulated_at, clock_timestamp()) AS now, head.recorded_at, head.position, head.last_day
FROM head

-- name: position_at
SELECT coalesce(max(f.position), 0) FROM facts f WHERE f.recorded_at <= %(known)s
