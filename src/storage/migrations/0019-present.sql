-- The present is the rows that are open on both clocks, from the latest day on that any row begins or ends on.
-- depends: 0012-conditional-duties

ALTER TABLE head ADD COLUMN last_day date NOT NULL DEFAULT '0001-01-01';
COMMENT ON COLUMN head.last_day IS 'the latest day on which a row of a history begins or ends; never goes back';

UPDATE head SET last_day = greatest(last_day, (SELECT max(turn.day) FROM (
  SELECT greatest(lower(effective), upper(effective)) AS day FROM review_history
  UNION ALL SELECT greatest(lower(effective), upper(effective)) FROM recommendation_history
  UNION ALL SELECT greatest(lower(effective), upper(effective)) FROM action_history
  UNION ALL SELECT greatest(lower(effective), upper(effective)) FROM challenge_history
  UNION ALL SELECT greatest(lower(effective), upper(effective)) FROM programme_history
  UNION ALL SELECT greatest(lower(effective), upper(effective)) FROM entry_history
  UNION ALL SELECT greatest(lower(effective), upper(effective)) FROM dissemination_history
  UNION ALL SELECT greatest(lower(effective), upper(effective)) FROM duty_history
  UNION ALL SELECT greatest(lower(effective), upper(effective)) FROM return_history
  UNION ALL SELECT greatest(lower(effective), upper(effective)) FROM agency_history
  UNION ALL SELECT greatest(lower(effective), upper(effective)) FROM theme_history
  UNION ALL SELECT greatest(lower(effective), upper(effective)) FROM partnership_history
  UNION ALL SELECT greatest(lower(effective), upper(effective)) FROM credential_history
) turn));
