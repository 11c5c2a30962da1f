-- To whom learning was brought beside agencies, and which learning a duty is about.
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
