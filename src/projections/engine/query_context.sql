-- name: head
SELECT coalesce(head.simulated_at, clock_timestamp()) AS now, head.recorded_at, head.position, head.last_day,
  head.epoch AS epoch_name, head.epoch_is_first,
  'recommendation_history'::regclass::oid::bigint AS tables
FROM head

-- name: position_at
-- Positions follow the instants of recording; those of one save share theirs.
SELECT coalesce((
  SELECT f.position FROM facts f WHERE f.recorded_at <= %(known)s ORDER BY f.recorded_at DESC, f.position DESC LIMIT 1), 0)
