-- One save: facts, what they change in every history, references and the idempotency key, in one call.
-- The head row is taken first: it orders the partnership's saves, so position and instant follow the commit order.
-- histories: by table, `ended` (of, starts) and `added` (the columns of the table, with starts and ends).

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
  newest timestamptz;
  by_real_clock boolean;
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

  INSERT INTO idempotency (caller, key, digest, kind, thing, positions, recorded_at)
  SELECT c.caller, c.key, decode(c.digest, 'hex'), c.kind, c.thing,
    array(SELECT generate_series(last - n + 1, last)), instant
  FROM jsonb_to_recordset(save -> 'claims') AS c (caller text, key uuid, digest text, kind text, thing uuid);


  part := histories -> 'review_history';
  IF part IS NOT NULL THEN
    UPDATE review_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of uuid, starts date)
    WHERE h.thing = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO review_history (
      thing, recorded, effective, version, reference, reference_key, title, kind, framework, stage, commissioned_on, completed_on,
      published_on, withheld_reason, published_url, board_response, improvements, lead_reviewer,
      lead_reviewer_employer, lead_reviewer_independent, agencies, mandated_by, aware_on, follows_up, monitored_by,
      shared_reference, method, sections, open_challenges, referred_on, referred_by, declined_on, declined_reason,
      programme_year, checks, withheld_on, lacking, bodies_of, circumstances,
      commissioned_reason, reported_by, facilitator, themes, stakeholders, conditions_met,
      criteria_met)
    SELECT
      r.thing, tstzrange(instant, NULL), daterange(r.starts, r.ends), r.version, r.reference, r.reference_key, r.title, r.kind,
      r.framework, r.stage, r.commissioned_on, r.completed_on, r.published_on, r.withheld_reason, r.published_url,
      r.board_response, r.improvements, r.lead_reviewer, r.lead_reviewer_employer, r.lead_reviewer_independent,
      r.agencies, r.mandated_by, r.aware_on, r.follows_up, r.monitored_by, r.shared_reference, r.method, r.sections,
      r.open_challenges, r.referred_on, r.referred_by, r.declined_on, r.declined_reason, r.programme_year, r.checks,
      r.withheld_on, r.lacking, r.bodies_of, r.circumstances, r.commissioned_reason, r.reported_by,
      r.facilitator, r.themes, r.stakeholders, r.conditions_met, r.criteria_met
    FROM jsonb_to_recordset(part -> 'added') AS r (
      thing uuid, starts date, ends date, version integer, reference text, reference_key text, title text, kind text, framework text,
      stage text, commissioned_on date, completed_on date, published_on date, withheld_reason text,
      published_url text, board_response text, improvements text, lead_reviewer text, lead_reviewer_employer text,
      lead_reviewer_independent boolean, agencies text[], mandated_by text, aware_on date, follows_up uuid,
      monitored_by text[], shared_reference text, method text, sections jsonb, open_challenges uuid[],
      referred_on date, referred_by text, declined_on date, declined_reason text, programme_year integer,
      checks uuid[], withheld_on date, lacking text[], bodies_of text, circumstances text[],
      commissioned_reason text, reported_by text, facilitator text, themes text[],
      stakeholders text[], conditions_met jsonb, criteria_met jsonb);
  END IF;

  part := histories -> 'recommendation_history';
  IF part IS NOT NULL THEN
    UPDATE recommendation_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of uuid, starts date)
    WHERE h.thing = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO recommendation_history (
      thing, recorded, effective, version, reference, reference_key, wording, stage, review, themes, coded_as, lead, contributing, parties, readers, sides,
      lead_officer, monitored_by, raised_on, first_due_on, due_on, due_on_corrected, completed_on, claimed_on,
      awaiting_since, accepted_on, verdicts, extension_pending, closed_on, outcome, closure, impact_due_on, impact,
      open_challenges, measure_of_effectiveness, need, means_of_improvement, learning, proposed_lead, addressed_to,
      response_due_on, lead_answer, lead_response, refused_on, refusals, answers, answered, awaited, awaited_until, clocks, bodies_of,
      draft, draft_for, reopened_on, ended_leads, ended_leads_until)
    SELECT
      r.thing, tstzrange(instant, NULL), daterange(r.starts, r.ends), r.version, r.reference, r.reference_key, r.wording, r.stage,
      r.review, r.themes, r.coded_as, r.lead, r.contributing, r.parties, r.readers, r.sides, r.lead_officer, r.monitored_by, r.raised_on,
      r.first_due_on, r.due_on, r.due_on_corrected, r.completed_on, r.claimed_on, r.awaiting_since, r.accepted_on, r.verdicts,
      r.extension_pending, r.closed_on, r.outcome, r.closure, r.impact_due_on, r.impact, r.open_challenges,
      r.measure_of_effectiveness, r.need, r.means_of_improvement, r.learning, r.proposed_lead, r.addressed_to,
      r.response_due_on, r.lead_answer, r.lead_response, r.refused_on, r.refusals, r.answers, r.answered, r.awaited,
      r.awaited_until, r.clocks, r.bodies_of, r.draft, r.draft_for, r.reopened_on, r.ended_leads,
      r.ended_leads_until
    FROM jsonb_to_recordset(part -> 'added') AS r (
      thing uuid, starts date, ends date, version integer, reference text, reference_key text, wording text, stage text, review uuid,
      themes text[], coded_as uuid, lead text, contributing text[], parties text[], readers text[], sides bigint, lead_officer text, monitored_by text[],
      raised_on date, first_due_on date, due_on date, due_on_corrected boolean, completed_on date, claimed_on date,
      awaiting_since date, accepted_on date, verdicts text[], extension_pending boolean, closed_on date, outcome text, closure jsonb,
      impact_due_on date, impact text, open_challenges uuid[], measure_of_effectiveness text, need text,
      means_of_improvement text, learning uuid[], proposed_lead text, addressed_to text[], response_due_on date,
      lead_answer text, lead_response uuid, refused_on date, refusals uuid[], answers text[], answered text[], awaited text[], awaited_until date[], clocks jsonb,
      bodies_of text, draft boolean, draft_for text[], reopened_on date, ended_leads text[],
      ended_leads_until date[]);
  END IF;

  part := histories -> 'action_history';
  IF part IS NOT NULL THEN
    UPDATE action_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of uuid, starts date)
    WHERE h.thing = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO action_history (
      thing, recorded, effective, version, reference, reference_key, wording, stage, review, themes, lead, contributing, parties, readers, sides,
      lead_officer, monitored_by, raised_on, first_due_on, due_on, due_on_corrected, completed_on, claimed_on,
      awaiting_since, accepted_on, verdicts, extension_pending, closed_on, outcome, closure, impact_due_on, impact,
      open_challenges, measure_of_effectiveness, recommendation, bodies_of)
    SELECT
      r.thing, tstzrange(instant, NULL), daterange(r.starts, r.ends), r.version, r.reference, r.reference_key, r.wording, r.stage,
      r.review, r.themes, r.lead, r.contributing, r.parties, r.readers, r.sides, r.lead_officer, r.monitored_by, r.raised_on,
      r.first_due_on, r.due_on, r.due_on_corrected, r.completed_on, r.claimed_on, r.awaiting_since, r.accepted_on, r.verdicts,
      r.extension_pending, r.closed_on, r.outcome, r.closure, r.impact_due_on, r.impact, r.open_challenges,
      r.measure_of_effectiveness, r.recommendation, r.bodies_of
    FROM jsonb_to_recordset(part -> 'added') AS r (
      thing uuid, starts date, ends date, version integer, reference text, reference_key text, wording text, stage text, review uuid,
      themes text[], lead text, contributing text[], parties text[], readers text[], sides bigint, lead_officer text, monitored_by text[],
      raised_on date, first_due_on date, due_on date, due_on_corrected boolean, completed_on date, claimed_on date,
      awaiting_since date, accepted_on date, verdicts text[], extension_pending boolean, closed_on date, outcome text, closure jsonb,
      impact_due_on date, impact text, open_challenges uuid[], measure_of_effectiveness text, recommendation uuid,
      bodies_of text);
  END IF;

  part := histories -> 'challenge_history';
  IF part IS NOT NULL THEN
    UPDATE challenge_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of uuid, starts date)
    WHERE h.thing = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO challenge_history (
      thing, recorded, effective, version, reference, agency, readers, grounds, requested, stage, level, subjects,
      subject_ids, about_performance, issued_on, issued_by, response_due_on, answered_on, outcome, outcome_reason, ended_on, clocks)
    SELECT
      r.thing, tstzrange(instant, NULL), daterange(r.starts, r.ends), r.version, r.reference, r.agency, r.readers, r.grounds,
      r.requested, r.stage, r.level, r.subjects, r.subject_ids, r.about_performance, r.issued_on, r.issued_by, r.response_due_on,
      r.answered_on, r.outcome, r.outcome_reason, r.ended_on, r.clocks
    FROM jsonb_to_recordset(part -> 'added') AS r (
      thing uuid, starts date, ends date, version integer, reference text, agency text, readers text[], grounds text, requested text,
      stage text, level integer, subjects jsonb, subject_ids uuid[], about_performance boolean, issued_on date, issued_by jsonb,
      response_due_on date, answered_on date, outcome text, outcome_reason text, ended_on date, clocks jsonb);
  END IF;

  part := histories -> 'programme_history';
  IF part IS NOT NULL THEN
    UPDATE programme_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of uuid, starts date)
    WHERE h.thing = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO programme_history (
      thing, recorded, effective, version, year, agreed_on, topics, counted_kinds, limited_to, framework, audits,
      numbers)
    SELECT
      r.thing, tstzrange(instant, NULL), daterange(r.starts, r.ends), r.version, r.year, r.agreed_on, r.topics,
      r.counted_kinds, r.limited_to, r.framework, r.audits, r.numbers
    FROM jsonb_to_recordset(part -> 'added') AS r (
      thing uuid, starts date, ends date, version integer, year integer, agreed_on date, topics text[],
      counted_kinds text[], limited_to integer, framework text, audits jsonb, numbers jsonb);
  END IF;

  part := histories -> 'entry_history';
  IF part IS NOT NULL THEN
    UPDATE entry_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of uuid, starts date)
    WHERE h.entry = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO entry_history (
      thing, recorded, effective, entry, kind, noted_version, noted_at, detail)
    SELECT
      r.thing, tstzrange(instant, NULL), daterange(r.starts, r.ends), r.entry, r.kind, r.noted_version,
      f.recorded_at, r.detail
    FROM jsonb_to_recordset(part -> 'added') AS r (
      thing uuid, starts date, ends date, entry uuid, kind text, noted_version integer, detail jsonb)
    JOIN facts f ON f.originator_id = r.thing AND f.originator_version = r.noted_version;
  END IF;

  part := histories -> 'dissemination_history';
  IF part IS NOT NULL THEN
    UPDATE dissemination_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of uuid, starts date)
    WHERE h.dissemination = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO dissemination_history (
      dissemination, recorded, effective, thing, method, audience, learning, agencies, disseminated_on,
      disseminated_by, confirm_by, bodies, bodies_of, public, media)
    SELECT
      r.dissemination, tstzrange(instant, NULL), daterange(r.starts, r.ends), r.thing, r.method, r.audience,
      r.learning, r.agencies, r.disseminated_on, r.disseminated_by, r.confirm_by, r.bodies, r.bodies_of, r.public,
      r.media
    FROM jsonb_to_recordset(part -> 'added') AS r (
      dissemination uuid, starts date, ends date, thing uuid, method text, audience text[], learning uuid[],
      agencies text[], disseminated_on date, disseminated_by jsonb, confirm_by date, bodies text[], bodies_of text,
      public boolean, media boolean);
  END IF;

  part := histories -> 'duty_history';
  IF part IS NOT NULL THEN
    UPDATE duty_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of uuid, starts date)
    WHERE h.duty = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO duty_history (
      duty, recorded, effective, thing, origin, nth, key, role, wording, held_by, agency, arisen_on, due_on,
      done_on, confirmed_by, assurance, learning, compliance, judged_compliance, judgement, asked_of)
    SELECT
      r.duty, tstzrange(instant, NULL), daterange(r.starts, r.ends), r.thing, r.origin, r.nth, r.key, r.role,
      r.wording, r.held_by, r.agency, r.arisen_on, r.due_on, r.done_on, r.confirmed_by, r.assurance,
      r.learning, r.compliance, r.judged_compliance, r.judgement, r.asked_of
    FROM jsonb_to_recordset(part -> 'added') AS r (
      duty uuid, starts date, ends date, thing uuid, origin uuid, nth integer, key text, role text, wording text,
      held_by text, agency text, arisen_on date, due_on date, done_on date, confirmed_by jsonb, assurance text,
      learning uuid[], compliance text, judged_compliance text, judgement text, asked_of text);
  END IF;

  part := histories -> 'return_history';
  IF part IS NOT NULL THEN
    UPDATE return_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of uuid, starts date)
    WHERE h.thing = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO return_history (
      thing, recorded, effective, version, agency, framework, year, period, since, until, called_on, due_on,
      review, judge, answered_on, narrative, judged_on, verdict, improvements)
    SELECT
      r.thing, tstzrange(instant, NULL), daterange(r.starts, r.ends), r.version, r.agency, r.framework, r.year,
      r.period, r.since, r.until, r.called_on, r.due_on, r.review, r.judge, r.answered_on, r.narrative,
      r.judged_on, r.verdict, r.improvements
    FROM jsonb_to_recordset(part -> 'added') AS r (
      thing uuid, starts date, ends date, version integer, agency text, framework text, year integer,
      period integer, since date, until date, called_on date, due_on date, review uuid, judge text,
      answered_on date, narrative text, judged_on date, verdict jsonb, improvements jsonb);
  END IF;

  part := histories -> 'agency_history';
  IF part IS NOT NULL THEN
    UPDATE agency_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of text, starts date)
    WHERE h.agency = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO agency_history (
      agency, recorded, effective, name, aliases, kind, succeeded_by)
    SELECT
      r.agency, tstzrange(instant, NULL), daterange(r.starts, r.ends), r.name, r.aliases, r.kind, r.succeeded_by
    FROM jsonb_to_recordset(part -> 'added') AS r (
      agency text, starts date, ends date, name text, aliases text[], kind text, succeeded_by text);
  END IF;

  part := histories -> 'theme_history';
  IF part IS NOT NULL THEN
    UPDATE theme_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of text, starts date)
    WHERE h.theme = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO theme_history (
      theme, recorded, effective, name, parent, merged_into, merged_on, aliases)
    SELECT
      r.theme, tstzrange(instant, NULL), daterange(r.starts, r.ends), r.name, r.parent, r.merged_into, r.merged_on,
      r.aliases
    FROM jsonb_to_recordset(part -> 'added') AS r (
      theme text, starts date, ends date, name text, parent text, merged_into text, merged_on date, aliases text[]);
  END IF;

  part := histories -> 'partnership_history';
  IF part IS NOT NULL THEN
    UPDATE partnership_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of uuid, starts date)
    WHERE h.partnership = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO partnership_history (
      partnership, recorded, effective, key, name, time_zone, demonstration, frameworks)
    SELECT
      r.partnership, tstzrange(instant, NULL), daterange(r.starts, r.ends), r.key, r.name, r.time_zone,
      r.demonstration, r.frameworks
    FROM jsonb_to_recordset(part -> 'added') AS r (
      partnership uuid, starts date, ends date, key text, name text, time_zone text, demonstration boolean,
      frameworks jsonb);
  END IF;

  part := histories -> 'credential_history';
  IF part IS NOT NULL THEN
    UPDATE credential_history h SET recorded = tstzrange(lower(h.recorded), instant)
    FROM jsonb_to_recordset(part -> 'ended') AS ended (of uuid, starts date)
    WHERE h.credential = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts;
    INSERT INTO credential_history (
      credential, recorded, effective, subject, role, agency, bodies, independent, expires_at, revoked_reason,
      framework)
    SELECT
      r.credential, tstzrange(instant, NULL), daterange(r.starts, r.ends), r.subject, r.role, r.agency, r.bodies,
      r.independent, r.expires_at, r.revoked_reason, r.framework
    FROM jsonb_to_recordset(part -> 'added') AS r (
      credential uuid, starts date, ends date, subject text, role text, agency text, bodies text[],
      independent boolean, expires_at timestamptz, revoked_reason text, framework text);
  END IF;

  RETURN NEXT;
END;
$$;
