-- The recommendations as a question finds them: `h` is the history row that holds at the pair of moments.

-- name: history
recommendation_history

-- name: kind
recommendation

-- name: refused_on
h.refused_on

-- name: visible.agency
CROSS JOIN LATERAL recommendation_as_seen(h.thing, h.review, %(mine)s) seen

-- name: columns
SELECT /*item_columns*/,
  h.addressed_to AS addressees, h.themes AS theme_keys, h.learning AS learning_ids, h.need, h.means_of_improvement,
  h.response_due_on, response_is_late(h.awaited_until, %(day)s) AS response_overdue, h.lead_response,
  h.clocks AS clock_details, h.draft, h.draft_for AS draft_for_keys

-- name: where.themes
h.themes && %(themes)s

-- name: where.on_theme
parent.id = ANY (h.themes)

-- name: where.answers
h.answers && %(answers)s

-- name: where.response_overdue
-- That it is awaited is said for the index of what is.
(NOT %(response_overdue)s OR cardinality(h.awaited) > 0)
  AND response_is_late(h.awaited_until, %(day)s) = %(response_overdue)s

-- name: where.response_not_overdue
-- Said so that no more is read of each than a narrow index holds.
h.thing NOT IN (
    SELECT late.thing FROM recommendation_history late
    WHERE cardinality(late.awaited) > 0 AND response_is_late(late.awaited_until, %(day)s)
      AND late.recorded @> %(known)s AND late.effective @> %(day)s)

-- name: where.unassigned
(h.stage = 'RAISED') = %(unassigned)s

-- name: where.lead_officers
h.lead_officer = ANY (%(lead_officers)s)
