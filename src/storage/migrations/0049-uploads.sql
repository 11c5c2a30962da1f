-- Files that were uploaded, each used by one command of its uploader; what a fact says of a file stands in the fact.
-- depends: 0043-no-stage-is-asked-whether-it-is-open

CREATE TABLE upload (
  id uuid PRIMARY KEY,
  uploader text NOT NULL,
  name text NOT NULL,
  media_type text NOT NULL,
  bytes bigint NOT NULL CHECK (bytes > 0),
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  state text NOT NULL CHECK (state IN ('READY', 'QUARANTINED', 'INFECTED')),
  uploaded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  used_by_kind text,
  used_by uuid,
  CHECK ((used_by IS NULL) = (used_by_kind IS NULL)),
  CHECK (used_by IS NULL OR state = 'READY')
);
COMMENT ON TABLE upload IS 'a file that was received: kept under its digest, used once, by its uploader alone';
CREATE INDEX upload_unused ON upload (uploader) WHERE used_by IS NULL;
CREATE INDEX upload_sha256 ON upload (sha256);

-- What came with evidence stays: only what nobody has used is ever removed.
CREATE FUNCTION refuse_change_of_used_upload() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.used_by IS NOT NULL THEN
    RAISE EXCEPTION 'an upload that came with evidence is kept: % is refused', TG_OP USING ERRCODE = 'GT002';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END;
$$;
CREATE TRIGGER used_uploads_are_kept BEFORE UPDATE OR DELETE ON upload
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_used_upload();

GRANT SELECT, INSERT, DELETE, UPDATE (state, used_by_kind, used_by) ON upload TO goldenthread_app;
