-- While the root of a GiST index is its only page, PostgreSQL (18.6, and others) may mark living entries as dead, in a
-- join that scans the index again and again while rows come: the row is in the table, and no index finds it any more.
-- So every such index is given a second level before it is used, by rows that are taken back at once; it keeps it.
-- Defined and called at every start and in every rebuild, for a restored or rebuilt index is shallow again.

CREATE OR REPLACE FUNCTION shallow_indexes() RETURNS TABLE (index regclass, of regclass) STABLE LANGUAGE sql AS $$
  SELECT x.indexrelid::regclass, x.indrelid::regclass
  FROM pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid AND i.relnamespace = current_schema()::regnamespace
  JOIN pg_am method ON method.oid = i.relam AND method.amname = 'gist'
  WHERE pg_relation_size(i.oid) <= current_setting('block_size')::bigint
  ORDER BY i.relname;
$$;

DROP FUNCTION IF EXISTS row_to_take_back(regclass);

-- Rows at each of these stages are held by the partial indexes of a history: open, implemented and not verified, not
-- done, asked, refused, a running clock. Only the span of recording, long ago, differs. A partial index for anything else says so here.
CREATE OR REPLACE FUNCTION row_to_take_back(history regclass, stage text) RETURNS jsonb STABLE LANGUAGE sql AS $$
  SELECT jsonb_object_agg(a.attname, CASE
    WHEN a.attname IN ('impact', 'done_on') THEN NULL
    WHEN a.attname = 'outcome' THEN '"IMPLEMENTED"'
    WHEN a.attname = 'kind' THEN '"clock"'
    WHEN t.typname = 'uuid' THEN '"00000000-0000-0000-0000-000000000000"'::jsonb
    WHEN t.typname = 'daterange' THEN '"[2000-01-01,)"'
    WHEN t.typcategory = 'S' THEN to_jsonb(stage)
    WHEN t.typcategory = 'D' THEN '"2000-01-01"'
    WHEN t.typcategory = 'N' THEN '0'
    WHEN t.typcategory = 'B' THEN 'false'
    WHEN t.typname = '_text' THEN '["-"]'
    WHEN t.typname = '_uuid' THEN '["00000000-0000-0000-0000-000000000000"]'
    WHEN t.typcategory = 'A' THEN '[]'
    ELSE '{}' END)
  FROM pg_attribute a
  JOIN pg_type t ON t.oid = a.atttypid
  WHERE a.attrelid = history AND a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'recorded';
$$;

CREATE OR REPLACE FUNCTION deepen_indexes() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  history regclass;
  tries integer := 0;
BEGIN
  WHILE EXISTS (SELECT FROM shallow_indexes()) LOOP
    tries := tries + 1;
    IF tries > 10 THEN
      RAISE EXCEPTION 'these indexes stay shallow: %', (SELECT string_agg(index::text, ', ') FROM shallow_indexes());
    END IF;
    FOR history IN SELECT DISTINCT of FROM shallow_indexes() LOOP
      EXECUTE format(
        'INSERT INTO %1$s SELECT made.* FROM generate_series(1, 260) AS n,'
        ' LATERAL (VALUES (timestamptz ''4000-01-01 BC'' + n * interval ''1 hour'')) AS long_ago (instant),'
        ' LATERAL jsonb_populate_record(NULL::%1$s, CASE n %% 2 WHEN 0 THEN $1 ELSE $2 END || jsonb_build_object('
        '''recorded'', tstzrange(instant, instant + interval ''1 hour''))) AS made', history)
      USING row_to_take_back(history, 'ASSIGNED'), row_to_take_back(history, 'RAISED');
      EXECUTE format('DELETE FROM %s WHERE upper(recorded) < timestamptz ''3000-01-01 BC''', history);
    END LOOP;
  END LOOP;
END;
$$;
