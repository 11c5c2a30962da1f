-- Whoever issues a formal challenge is told of the same one that is open: those to an agency are found among few facts.
-- depends: 0025-form-digest

CREATE INDEX facts_challenges_to ON facts (originator_id)
  WHERE name IN ('challenge.issued.v1', 'challenge.transferred.v1', 'challenge.corrected.v1');
