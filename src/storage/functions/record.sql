-- One save: facts, what they change in every history, references and the idempotency key, in one call.
-- The head row is taken first: it orders the partnership's saves, so position and instant follow the commit order.
-- histories: by table, `ended` (of, starts) and `added`: the columns of the table by their names, with starts and ends.
-- A column is named in its migration and in the row that fills it, and not here.

-- The days on which a row holds, as its column takes them.
CREATE OR REPLACE FUNCTION effective_of(added jsonb) RETURNS jsonb LANGUAGE sql STABLE
RETURN jsonb_build_object('effective', daterange((added ->> 'starts')::date, (added ->> 'ends')::date));

CREATE OR REPLACE FUNCTION record(save jsonb) RETURNS TABLE (last bigint, instant timestamptz) LANGUAGE plpgsql
-- A save touches a handful of rows: plans made while the tables were small must not scan them once they are large.
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
#variable_conflict use_column
DECLARE
  histories jsonb := save -> 'histories';
  part jsonb;
  n integer := jsonb_array_length(save -> 'facts');
  filled text;
  closed text;
  attached integer;
  newest timestamptz;
  by_real_clock boolean;
  since jsonb;
  tolerance interval := make_interval(secs => (save ->> 'clock_tolerance')::double precision);
BEGIN
  -- What was decided on the whole log may have made all others wait (take_turn).
  IF save ->> 'at' IS NULL THEN
    PERFORM pg_advisory_xact_lock_shared(hashtext('goldenthread.save'), hashtext(current_schema()));
  END IF;

  -- Held before the instant is taken: whoever waits for the saves under way has seen all earlier instants afterwards.
  SELECT h.recorded_at, h.simulated_at IS NULL INTO newest, by_real_clock FROM head h FOR NO KEY UPDATE;

  -- An instant in the log is never corrected: a clock that cannot be right is refused before anything is stamped by it.
  IF by_real_clock AND newest - clock_timestamp() > tolerance THEN
    RAISE EXCEPTION 'the newest fact is ahead of the clock' USING ERRCODE = 'GT005',
      DETAIL = extract(epoch FROM newest - clock_timestamp());
  END IF;
  IF by_real_clock AND greatest(clock_timestamp() - (save ->> 'sent_at')::timestamptz,
    (save ->> 'sent_at')::timestamptz - clock_timestamp()) > tolerance THEN
    RAISE EXCEPTION 'two clocks are apart' USING ERRCODE = 'GT006',
      DETAIL = extract(epoch FROM clock_timestamp() - (save ->> 'sent_at')::timestamptz);
  END IF;

  UPDATE head SET
    position = position + n,
    recorded_at = greatest(coalesce(simulated_at, clock_timestamp()), recorded_at + interval '1 microsecond'),
    simulated_at = simulated_at + interval '1 second',
    last_day = greatest(last_day, (save ->> 'last_day')::date)
  RETURNING position, recorded_at, form, read_only INTO last, instant, filled, closed;

  IF closed IS NOT NULL THEN
    RAISE EXCEPTION 'read-only for maintenance: %', closed USING ERRCODE = 'GT004';
  END IF;

  -- Rows are ended by where they begin, and other folds would have begun them elsewhere (decision 0019).
  IF save ->> 'form' IS DISTINCT FROM filled THEN
    RAISE EXCEPTION 'no save by a program of form % goes on with histories of form %: start it anew',
      coalesce(left(save ->> 'form', 12), 'none'), coalesce(left(filled, 12), 'none') USING ERRCODE = 'GT003';
  END IF;

  IF (save ->> 'at')::bigint <> last - n THEN
    RAISE EXCEPTION 'the log has moved on from %', save ->> 'at' USING ERRCODE = 'GT001';
  END IF;

  PERFORM expect_versions(array_agg(r.thing), array_agg(r.version))
  FROM jsonb_to_recordset(save -> 'read') AS r (thing uuid, version integer)
  HAVING count(*) > 0;

  INSERT INTO facts (originator_id, originator_version, position, recorded_at, name, happened_on, body)
  SELECT f.id, f.version, last - n + row_number() OVER (), instant, f.name, f.happened_on, f.body::json
  FROM jsonb_to_recordset(save -> 'facts') AS f (id uuid, version integer, name text, happened_on date, body text);

  INSERT INTO reference (kind, reference, thing)
  SELECT r.kind, r.reference, r.thing
  FROM jsonb_to_recordset(save -> 'references') AS r (kind text, reference text, thing uuid);

  -- Given with the facts: what is refused or rolled back takes no number. Another that gave the same has its reference.
  INSERT INTO reference_number AS n (kind, last)
  SELECT given.kind, given.last FROM jsonb_to_recordset(save -> 'numbers') AS given (kind text, last bigint)
  ON CONFLICT (kind) DO UPDATE SET last = greatest(n.last, excluded.last);

  -- Each is used once, and by what was decided on it: whoever was first has it, and the other is decided anew.
  UPDATE upload u SET used_by_kind = used.kind, used_by = used.thing
  FROM jsonb_to_recordset(save -> 'uploads') AS used (id uuid, kind text, thing uuid)
  WHERE u.id = used.id AND u.used_by IS NULL AND u.state = 'READY';
  GET DIAGNOSTICS attached = ROW_COUNT;
  IF attached <> jsonb_array_length(save -> 'uploads') THEN
    RAISE EXCEPTION 'an upload has been used or removed' USING ERRCODE = 'GT001';
  END IF;

  INSERT INTO idempotency (caller, key, digest, kind, thing, positions, recorded_at)
  SELECT c.caller, c.key, decode(c.digest, 'hex'), c.kind, c.thing,
    array(SELECT generate_series(last - n + 1, last)), instant
  FROM jsonb_to_recordset(save -> 'claims') AS c (caller text, key uuid, digest text, kind text, thing uuid);

  since := jsonb_build_object('recorded', tstzrange(instant, NULL));

  part := histories -> 'review_history';
  IF part IS NOT NULL THEN
    UPDATE review_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of uuid, starts date)
    WHERE h.thing = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO review_history
    SELECT r.* FROM jsonb_array_elements(part -> 'added') AS added
    CROSS JOIN jsonb_populate_record(NULL::review_history, added || since || effective_of(added)) AS r;
  END IF;

  part := histories -> 'recommendation_history';
  IF part IS NOT NULL THEN
    UPDATE recommendation_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of uuid, starts date)
    WHERE h.thing = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO recommendation_history
    SELECT r.* FROM jsonb_array_elements(part -> 'added') AS added
    CROSS JOIN jsonb_populate_record(NULL::recommendation_history, added || since || effective_of(added)) AS r;
  END IF;

  part := histories -> 'action_history';
  IF part IS NOT NULL THEN
    UPDATE action_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of uuid, starts date)
    WHERE h.thing = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO action_history
    SELECT r.* FROM jsonb_array_elements(part -> 'added') AS added
    CROSS JOIN jsonb_populate_record(NULL::action_history, added || since || effective_of(added)) AS r;
  END IF;

  part := histories -> 'challenge_history';
  IF part IS NOT NULL THEN
    UPDATE challenge_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of uuid, starts date)
    WHERE h.thing = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO challenge_history
    SELECT r.* FROM jsonb_array_elements(part -> 'added') AS added
    CROSS JOIN jsonb_populate_record(NULL::challenge_history, added || since || effective_of(added)) AS r;
  END IF;

  part := histories -> 'programme_history';
  IF part IS NOT NULL THEN
    UPDATE programme_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of uuid, starts date)
    WHERE h.thing = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO programme_history
    SELECT r.* FROM jsonb_array_elements(part -> 'added') AS added
    CROSS JOIN jsonb_populate_record(NULL::programme_history, added || since || effective_of(added)) AS r;
  END IF;

  part := histories -> 'entry_history';
  IF part IS NOT NULL THEN
    UPDATE entry_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of uuid, starts date)
    WHERE h.entry = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO entry_history
    SELECT r.* FROM jsonb_array_elements(part -> 'added') AS added
    JOIN facts f ON f.originator_id = (added ->> 'thing')::uuid AND f.originator_version = (added ->> 'noted_version')::integer
    CROSS JOIN jsonb_populate_record(NULL::entry_history,
      added || since || effective_of(added) || jsonb_build_object('noted_at', f.recorded_at)) AS r;
  END IF;

  part := histories -> 'dissemination_history';
  IF part IS NOT NULL THEN
    UPDATE dissemination_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of uuid, starts date)
    WHERE h.dissemination = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO dissemination_history
    SELECT r.* FROM jsonb_array_elements(part -> 'added') AS added
    CROSS JOIN jsonb_populate_record(NULL::dissemination_history, added || since || effective_of(added)) AS r;
  END IF;

  part := histories -> 'duty_history';
  IF part IS NOT NULL THEN
    UPDATE duty_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of uuid, starts date)
    WHERE h.duty = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO duty_history
    SELECT r.* FROM jsonb_array_elements(part -> 'added') AS added
    CROSS JOIN jsonb_populate_record(NULL::duty_history, added || since || effective_of(added)) AS r;
  END IF;

  part := histories -> 'return_history';
  IF part IS NOT NULL THEN
    UPDATE return_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of uuid, starts date)
    WHERE h.thing = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO return_history
    SELECT r.* FROM jsonb_array_elements(part -> 'added') AS added
    CROSS JOIN jsonb_populate_record(NULL::return_history, added || since || effective_of(added)) AS r;
  END IF;

  part := histories -> 'agency_history';
  IF part IS NOT NULL THEN
    UPDATE agency_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of text, starts date)
    WHERE h.agency = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO agency_history
    SELECT r.* FROM jsonb_array_elements(part -> 'added') AS added
    CROSS JOIN jsonb_populate_record(NULL::agency_history, added || since || effective_of(added)) AS r;
  END IF;

  part := histories -> 'theme_history';
  IF part IS NOT NULL THEN
    UPDATE theme_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of text, starts date)
    WHERE h.theme = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO theme_history
    SELECT r.* FROM jsonb_array_elements(part -> 'added') AS added
    CROSS JOIN jsonb_populate_record(NULL::theme_history, added || since || effective_of(added)) AS r;
  END IF;

  part := histories -> 'partnership_history';
  IF part IS NOT NULL THEN
    UPDATE partnership_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of uuid, starts date)
    WHERE h.partnership = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO partnership_history
    SELECT r.* FROM jsonb_array_elements(part -> 'added') AS added
    CROSS JOIN jsonb_populate_record(NULL::partnership_history, added || since || effective_of(added)) AS r;
  END IF;

  part := histories -> 'credential_history';
  IF part IS NOT NULL THEN
    UPDATE credential_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of uuid, starts date)
    WHERE h.credential = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO credential_history
    SELECT r.* FROM jsonb_array_elements(part -> 'added') AS added
    CROSS JOIN jsonb_populate_record(NULL::credential_history, added || since || effective_of(added)) AS r;
  END IF;

  RETURN NEXT;
END;
$$;
