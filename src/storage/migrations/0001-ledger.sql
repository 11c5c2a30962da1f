-- The log of facts and the one row that orders it.

CREATE TABLE head (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  position bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  simulated_at timestamptz
);
COMMENT ON COLUMN head.simulated_at IS 'where the clock of a demonstration stands; null: the real clock';
INSERT INTO head (position, recorded_at) VALUES (0, '2000-01-01T00:00:00Z');

CREATE TABLE facts (
  originator_id uuid NOT NULL,
  originator_version integer NOT NULL CHECK (originator_version > 0),
  position bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  name text NOT NULL,
  happened_on date NOT NULL,
  body json NOT NULL,
  CONSTRAINT facts_pkey PRIMARY KEY (originator_id, originator_version)
);
CREATE UNIQUE INDEX facts_position ON facts (position);
CREATE INDEX facts_recorded_at ON facts (recorded_at);

CREATE TABLE idempotency (
  caller text NOT NULL,
  key uuid NOT NULL,
  digest bytea NOT NULL,
  kind text NOT NULL,
  thing uuid NOT NULL,
  positions bigint[] NOT NULL,
  recorded_at timestamptz NOT NULL,
  CONSTRAINT idempotency_pkey PRIMARY KEY (caller, key)
);

CREATE TABLE reference (
  kind text NOT NULL,
  reference text NOT NULL,
  thing uuid NOT NULL,
  CONSTRAINT reference_pkey PRIMARY KEY (kind, reference)
);
CREATE SEQUENCE review_number;
CREATE SEQUENCE challenge_number;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the log is append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'GT002';
END;
$$;
CREATE TRIGGER facts_are_never_changed BEFORE UPDATE OR DELETE ON facts
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER facts_are_never_emptied BEFORE TRUNCATE ON facts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION expect_versions(things uuid[], versions integer[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  moved uuid;
BEGIN
  SELECT thing INTO moved
  FROM unnest(things, versions) AS expected(thing, version)
  WHERE version IS DISTINCT FROM coalesce(
    (SELECT max(f.originator_version) FROM facts f WHERE f.originator_id = expected.thing), 0)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'stream % has moved', moved USING ERRCODE = 'GT001';
  END IF;
END;
$$;
