-- What operators ask of an installation: was it verified, was it backed up. One row a try; the application's role reads none of it.
-- depends: 0001-signing-key

CREATE TABLE verification (
  partnership text NOT NULL,
  ended_at timestamptz NOT NULL DEFAULT now(),
  position bigint NOT NULL,
  faults bigint NOT NULL
);
CREATE INDEX verification_ended_at ON verification (partnership, ended_at);
COMMENT ON TABLE verification IS 'each `goldenthread verify`: up to which position of the log, and how many faults it found';

CREATE TABLE backup (
  partnership text,
  began_at timestamptz NOT NULL,
  ended_at timestamptz NOT NULL DEFAULT now(),
  place text NOT NULL,
  facts bigint NOT NULL,
  bytes bigint NOT NULL,
  failure text
);
CREATE INDEX backup_ended_at ON backup (ended_at);
COMMENT ON TABLE backup IS 'each backup; of all partnerships where none is named; failure is null where it succeeded';
