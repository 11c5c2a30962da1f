-- The audit programmes as a question finds them: `h` is the history row that holds at the pair of moments.

-- name: history
programme_history

-- name: visible.agency
JOIN visible_programmes(%(mine)s) seen USING (thing)

-- name: columns
SELECT h.thing, h.version, h.year, h.agreed_on, h.topics AS topic_keys, h.counted_kinds AS kind_keys,
  h.limited_to, h.framework AS framework_key, h.audits AS places, seen.access
