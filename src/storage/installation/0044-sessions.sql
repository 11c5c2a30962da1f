-- Who is signed in on the pages, and the links that sign a person in once. Secrets are kept as digests only.
-- depends: 0036a-maintenance

CREATE TABLE session (
  digest bytea PRIMARY KEY,
  id uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
  partnership text NOT NULL,
  credential uuid NOT NULL,
  person text NOT NULL,
  browser text NOT NULL,
  began_at timestamptz NOT NULL DEFAULT now(),
  used_at timestamptz NOT NULL DEFAULT now(),
  ends_at timestamptz NOT NULL
);
CREATE INDEX session_person ON session (partnership, person);
CREATE INDEX session_ends_at ON session (ends_at);
COMMENT ON TABLE session IS 'who is signed in: the recorded credential behind a cookie; `person` is the same for all sessions of one';

CREATE TABLE sign_in_link (
  digest bytea PRIMARY KEY,
  partnership text NOT NULL,
  credential uuid NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
COMMENT ON TABLE sign_in_link IS 'a link signs a person in once, until it expires';

GRANT USAGE ON SCHEMA goldenthread TO goldenthread_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON session, sign_in_link TO goldenthread_app;
