-- Learning that was disseminated, the duties that follow from it, and agencies' returns on their standing duties.
-- depends: 0004-visibility 0005-grants

CREATE TABLE dissemination_history (
  dissemination uuid NOT NULL,
  recorded tstzrange NOT NULL CHECK (NOT isempty(recorded)),
  effective daterange NOT NULL CHECK (NOT isempty(effective)),
  thing uuid NOT NULL,
  method text NOT NULL,
  audience text[] NOT NULL,
  learning uuid[] NOT NULL,
  agencies text[] NOT NULL,
  disseminated_on date NOT NULL,
  disseminated_by jsonb NOT NULL,
  confirm_by date NOT NULL,
  CONSTRAINT dissemination_history_once EXCLUDE USING gist (dissemination WITH =, recorded WITH &&, effective WITH &&)
);

CREATE TABLE duty_history (
  duty uuid NOT NULL,
  recorded tstzrange NOT NULL CHECK (NOT isempty(recorded)),
  effective daterange NOT NULL CHECK (NOT isempty(effective)),
  thing uuid NOT NULL,
  origin uuid NOT NULL,
  nth integer NOT NULL,
  key text NOT NULL,
  role text NOT NULL,
  wording text NOT NULL,
  held_by text NOT NULL,
  agency text,
  arisen_on date NOT NULL,
  due_on date NOT NULL,
  done_on date,
  confirmed_by jsonb,
  assurance text,
  CONSTRAINT duty_history_once EXCLUDE USING gist (duty WITH =, recorded WITH &&, effective WITH &&)
);
COMMENT ON COLUMN duty_history.origin IS 'the dissemination, or the return, that the duty arose from';

CREATE TABLE return_history (
  thing uuid NOT NULL,
  recorded tstzrange NOT NULL CHECK (NOT isempty(recorded)),
  effective daterange NOT NULL CHECK (NOT isempty(effective)),
  version integer NOT NULL,
  agency text NOT NULL,
  framework text NOT NULL,
  year integer NOT NULL,
  period integer NOT NULL,
  since date NOT NULL,
  until date NOT NULL,
  called_on date NOT NULL,
  due_on date NOT NULL,
  CONSTRAINT return_history_once EXCLUDE USING gist (thing WITH =, recorded WITH &&, effective WITH &&)
);

GRANT SELECT, INSERT, UPDATE ON dissemination_history, duty_history, return_history TO goldenthread_app;

CREATE INDEX dissemination_history_thing ON dissemination_history (thing);
CREATE INDEX dissemination_history_learning ON dissemination_history USING gin (learning);
CREATE INDEX dissemination_history_agencies ON dissemination_history USING gin (agencies)
  WHERE upper_inf(recorded) AND upper_inf(effective);
CREATE INDEX dissemination_history_standing ON dissemination_history (dissemination) WHERE upper_inf(recorded);

CREATE INDEX duty_history_origin ON duty_history (origin);
CREATE INDEX duty_history_open ON duty_history USING gist (recorded, effective) INCLUDE (agency, due_on)
  WHERE done_on IS NULL AND agency IS NOT NULL;
CREATE INDEX duty_history_standing ON duty_history (duty) WHERE upper_inf(recorded);

CREATE INDEX return_history_agency ON return_history (agency);
CREATE INDEX return_history_year ON return_history (year);
CREATE INDEX return_history_standing ON return_history (thing) WHERE upper_inf(recorded);

-- Which review identified a point of learning, and which reviews' learning was joined to another's dissemination.
CREATE INDEX facts_learning ON facts ((body ->> 'learning_id')) WHERE name = 'review.learning_identified.v1';
CREATE INDEX entry_history_joined ON entry_history (thing) WHERE kind = 'joined';

CREATE FUNCTION is_duty_overdue(due_on date, done_on date, day date) RETURNS boolean IMMUTABLE LANGUAGE sql
RETURN due_on < day AND (done_on IS NULL OR done_on > day);

CREATE FUNCTION visible_returns(mine text[]) RETURNS TABLE (thing uuid, access text) STABLE LANGUAGE sql AS $$
  SELECT r.thing, 'FULL' FROM return_history r
  WHERE upper_inf(r.recorded) AND upper_inf(r.effective) AND r.agency = ANY (mine);
$$;

-- Every dissemination with the reviews whose learning it joins: the one that it is recorded on, and the others.
CREATE FUNCTION reviews_of_disseminations(known timestamptz, day date)
RETURNS TABLE (review uuid, dissemination uuid) STABLE LANGUAGE sql AS $$
  SELECT d.thing, d.dissemination FROM dissemination_history d
  WHERE d.recorded @> known AND d.effective @> day
  UNION
  SELECT e.thing, (e.detail ->> 'dissemination_id')::uuid FROM entry_history e
  WHERE e.kind = 'joined' AND e.recorded @> known AND e.effective @> day;
$$;

CREATE OR REPLACE FUNCTION visible_reviews(mine text[]) RETURNS TABLE (thing uuid, access text) STABLE LANGUAGE sql AS $$
  SELECT DISTINCT ON (found.thing) found.thing, found.access FROM (
    SELECT p.thing, 'PUBLISHED' AS access, 1 AS rank FROM review_history p
    WHERE upper_inf(p.recorded) AND upper_inf(p.effective) AND p.stage = 'PUBLISHED'
    UNION ALL
    SELECT r.review, 'HEADER', 2 FROM recommendation_history r
    WHERE upper_inf(r.recorded) AND upper_inf(r.effective) AND (r.parties && mine OR r.addressed_to && mine)
    UNION ALL
    SELECT a.review, 'HEADER', 2 FROM action_history a
    WHERE upper_inf(a.recorded) AND upper_inf(a.effective) AND a.parties && mine
    UNION ALL
    SELECT subject.id, 'HEADER', 2 FROM challenge_history c, unnest(c.subject_ids) AS subject (id)
    WHERE upper_inf(c.recorded) AND upper_inf(c.effective) AND c.agency = ANY (mine)
    UNION ALL
    SELECT d.thing, 'HEADER', 2 FROM dissemination_history d
    WHERE upper_inf(d.recorded) AND upper_inf(d.effective) AND d.agencies && mine
    UNION ALL
    SELECT e.thing, 'HEADER', 2 FROM entry_history e
    WHERE upper_inf(e.recorded) AND upper_inf(e.effective) AND e.kind = 'joined'
      AND (e.detail -> 'agencies') ?| mine
  ) found
  ORDER BY found.thing, found.rank;
$$;

-- Whether a fact is about learning disseminated to one of these agencies, or about a duty of theirs.
CREATE FUNCTION tells_of_duties(name text, body json, mine text[]) RETURNS boolean STABLE LANGUAGE sql
RETURN CASE name
  WHEN 'review.learning_disseminated.v1' THEN (body -> 'agencies')::jsonb ?| mine
  WHEN 'review.learning_joined.v1' THEN (body -> 'agencies')::jsonb ?| mine
  WHEN 'review.duties_confirmed.v1' THEN coalesce(body ->> 'agency' = ANY (mine), false)
  WHEN 'review.duties_transferred.v1' THEN body ->> 'from_agency' = ANY (mine) OR body ->> 'to_agency' = ANY (mine)
  ELSE false
END;
