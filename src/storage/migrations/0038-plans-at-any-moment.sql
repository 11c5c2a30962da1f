-- How far plans had been carried out at any moment is counted in the index that covers it, by review.
-- depends: 0031-narrow-counts 0036-maintenance

DROP INDEX action_history_moment;
CREATE INDEX action_history_moment ON action_history USING gist (recorded, effective)
  INCLUDE (thing, review, recommendation, stage, lead, raised_on, first_due_on, due_on, completed_on, claimed_on,
    awaiting_since, extension_pending, closed_on, outcome, impact, monitored_by, verdicts);
