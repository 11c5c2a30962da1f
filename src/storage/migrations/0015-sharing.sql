-- To whom learning was brought beside agencies, and which learning a duty is about; agencies under review see its header.
-- depends: 0012-conditional-duties

ALTER TABLE dissemination_history
  ADD COLUMN bodies text[] NOT NULL DEFAULT '{}',
  ADD COLUMN bodies_of text,
  ADD COLUMN public boolean NOT NULL DEFAULT false,
  ADD COLUMN media boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN dissemination_history.bodies_of IS 'the framework whose bodies these are';

ALTER TABLE duty_history ADD COLUMN learning uuid[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN duty_history.learning IS 'what the duty is about; empty for the standing duties of a return';

-- Until the histories are rebuilt: what was brought obliged everybody about all of it.
UPDATE duty_history h SET learning = d.learning
FROM (SELECT DISTINCT ON (dissemination) dissemination, learning FROM dissemination_history ORDER BY dissemination) d
WHERE d.dissemination = h.origin;

ALTER TABLE dissemination_history
  ALTER COLUMN bodies DROP DEFAULT, ALTER COLUMN public DROP DEFAULT, ALTER COLUMN media DROP DEFAULT;
ALTER TABLE duty_history ALTER COLUMN learning DROP DEFAULT;

-- An agency under review sees the header of the review; of a case that is only referred it is told nothing.
CREATE OR REPLACE FUNCTION visible_reviews(mine text[]) RETURNS TABLE (thing uuid, access text) STABLE LANGUAGE sql AS $$
  SELECT DISTINCT ON (found.thing) found.thing, found.access FROM (
    SELECT p.thing, 'PUBLISHED' AS access, 1 AS rank FROM review_history p
    WHERE upper_inf(p.recorded) AND upper_inf(p.effective) AND p.stage = 'PUBLISHED'
    UNION ALL
    SELECT u.thing, 'HEADER', 2 FROM review_history u
    WHERE upper_inf(u.recorded) AND upper_inf(u.effective) AND u.agencies && mine
      AND u.stage NOT IN ('REFERRED', 'NOT_COMMISSIONED')
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

CREATE INDEX review_history_agencies ON review_history USING gin (agencies)
  WHERE upper_inf(recorded) AND upper_inf(effective);

-- What reaches bodies, what they took up, and who took part are found without reading everything else that is listed.
CREATE INDEX entry_history_learning ON entry_history (thing, entry) WHERE kind = 'learning';
CREATE INDEX entry_history_take_up ON entry_history (thing) WHERE kind = 'take_up';
CREATE INDEX entry_history_participation ON entry_history (thing) WHERE kind = 'participation';
CREATE INDEX dissemination_history_bodies ON dissemination_history (dissemination) WHERE bodies <> '{}';
