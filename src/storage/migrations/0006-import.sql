-- What has been imported from spreadsheets: each row's key, a digest of each of its cells, and the thing it became.
-- depends: 0005-grants

CREATE TABLE import_row (
  mapping text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('row', 'review', 'recommendation')),
  key text NOT NULL,
  digests json NOT NULL,
  thing uuid NOT NULL,
  CONSTRAINT import_row_pkey PRIMARY KEY (mapping, kind, key)
);
COMMENT ON COLUMN import_row.digests IS 'column → digest of its text; empty for a review or recommendation that several rows share';
GRANT SELECT, INSERT ON import_row TO goldenthread_app;
