-- The audit programme of each year; what a review checks, under which programme, and since when it was withheld.
-- depends: 0004-visibility 0005-grants

CREATE TABLE programme_history (
  thing uuid NOT NULL,
  recorded tstzrange NOT NULL CHECK (NOT isempty(recorded)),
  effective daterange NOT NULL CHECK (NOT isempty(effective)),
  version integer NOT NULL,
  year integer NOT NULL,
  agreed_on date,
  topics text[] NOT NULL,
  counted_kinds text[] NOT NULL,
  limited_to integer,
  framework text,
  audits jsonb NOT NULL,
  CONSTRAINT programme_history_once EXCLUDE USING gist (thing WITH =, recorded WITH &&, effective WITH &&)
);
CREATE INDEX programme_history_standing ON programme_history (thing) WHERE upper_inf(recorded);
GRANT SELECT, INSERT, UPDATE ON programme_history TO goldenthread_app;

-- What the partnership agreed is for all its agencies to read; what is only planned or commissioned is not.
CREATE FUNCTION visible_programmes(mine text[]) RETURNS TABLE (thing uuid, access text) STABLE LANGUAGE sql AS $$
  SELECT p.thing, 'PUBLISHED' FROM programme_history p
  WHERE upper_inf(p.recorded) AND upper_inf(p.effective) AND p.agreed_on IS NOT NULL;
$$;

ALTER TABLE review_history
  ADD COLUMN programme_year integer,
  ADD COLUMN checks uuid[] NOT NULL DEFAULT '{}',
  ADD COLUMN withheld_on date;

-- What is known already, as a rebuild would say it.
UPDATE review_history h SET programme_year = (f.body ->> 'programme_year')::integer
FROM facts f
WHERE f.originator_id = h.thing AND f.name = 'review.commissioned.v1' AND h.commissioned_on IS NOT NULL;

UPDATE review_history h SET withheld_on = told.withheld_on
FROM (
  SELECT k.thing, k.recorded, k.effective, coalesce((
    SELECT (c.body ->> 'new_value')::date FROM facts c
    WHERE c.originator_id = f.originator_id AND c.name = 'review.corrected.v1'
      AND (c.body ->> 'corrects')::integer = f.originator_version AND c.body ->> 'field' = 'happenedOn'
      AND c.recorded_at <= lower(k.recorded)
    ORDER BY c.originator_version DESC LIMIT 1), f.happened_on) AS withheld_on
  FROM review_history k
  JOIN facts f ON f.originator_id = k.thing AND f.name = 'review.publication_withheld.v1'
    AND f.recorded_at <= lower(k.recorded)
) told
WHERE (h.thing, h.recorded, h.effective) = (told.thing, told.recorded, told.effective)
  AND told.withheld_on <= lower(h.effective);
