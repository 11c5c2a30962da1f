-- Who has still to answer and by when, what awaits the bodies that oversee, and the clocks of recommendations and challenges.
-- depends: 0003-reading 0005-grants

ALTER TABLE recommendation_history
  ADD COLUMN awaited text[] NOT NULL DEFAULT '{}',
  ADD COLUMN awaited_until date[] NOT NULL DEFAULT '{}',
  ADD COLUMN clocks jsonb NOT NULL DEFAULT '[]';
COMMENT ON COLUMN recommendation_history.awaited IS 'whose answer is still awaited; its day stands at the same place of awaited_until';
ALTER TABLE challenge_history ADD COLUMN clocks jsonb NOT NULL DEFAULT '[]';
ALTER TABLE review_history ADD COLUMN lacking text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN review_history.lacking IS 'who has still to agree it of those whom its kind names; empty text: the chair';

-- Until the histories are rebuilt, every agency has the day that the recommendation names.
UPDATE recommendation_history h SET awaited = asked.agencies, awaited_until = asked.days
FROM (
  SELECT thing, recorded, effective, array_agg(agency) AS agencies, array_agg(response_due_on) AS days
  FROM recommendation_history, unnest(addressed_to) AS agency
  WHERE response_due_on IS NOT NULL AND stage NOT IN ('CLOSED', 'IMPACT_VERIFIED') AND NOT agency = ANY (answered)
  GROUP BY thing, recorded, effective
) asked
WHERE asked.thing = h.thing AND asked.recorded = h.recorded AND asked.effective = h.effective;

ALTER TABLE recommendation_history
  ALTER COLUMN awaited DROP DEFAULT, ALTER COLUMN awaited_until DROP DEFAULT, ALTER COLUMN clocks DROP DEFAULT;
ALTER TABLE challenge_history ALTER COLUMN clocks DROP DEFAULT;
ALTER TABLE review_history ALTER COLUMN lacking DROP DEFAULT;

CREATE FUNCTION response_is_late(awaited_until date[], day date) RETURNS boolean IMMUTABLE LANGUAGE sql
RETURN coalesce(day > ANY (awaited_until), false);

CREATE FUNCTION challenge_is_late(stage text, response_due_on date, day date) RETURNS boolean IMMUTABLE LANGUAGE sql
RETURN stage IN ('ISSUED', 'ESCALATED') AND response_due_on < day;

DROP INDEX recommendation_history_asked;
CREATE INDEX recommendation_history_awaited ON recommendation_history USING gist (recorded, effective)
  INCLUDE (thing, awaited, awaited_until)
  WHERE cardinality(awaited) > 0;

-- What awaits a body is little at any moment, and found without reading the rest.
CREATE INDEX action_history_judged ON action_history USING gist (recorded, effective)
  WHERE stage IN ('ASSIGNED', 'EVIDENCED') AND (awaiting_since IS NOT NULL OR extension_pending OR completed_on IS NOT NULL);
CREATE INDEX action_history_unassigned ON action_history USING gist (recorded, effective) WHERE stage = 'RAISED';
CREATE INDEX action_history_unverified ON action_history USING gist (recorded, effective)
  WHERE outcome = 'IMPLEMENTED' AND impact IS NULL;
CREATE INDEX recommendation_history_judged ON recommendation_history USING gist (recorded, effective)
  WHERE stage IN ('ASSIGNED', 'EVIDENCED') AND (awaiting_since IS NOT NULL OR extension_pending OR completed_on IS NOT NULL);
CREATE INDEX recommendation_history_unassigned ON recommendation_history USING gist (recorded, effective)
  WHERE stage = 'RAISED';
CREATE INDEX recommendation_history_unverified ON recommendation_history USING gist (recorded, effective)
  WHERE outcome = 'IMPLEMENTED' AND impact IS NULL;
