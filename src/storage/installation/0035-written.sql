-- What the check of readiness writes every few seconds, to learn whether anything can be written.
-- depends: 0001-signing-key

CREATE TABLE written (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50);
INSERT INTO written DEFAULT VALUES;
