-- How each history ends rows and adds them. `recorded` comes from the head row of the same transaction.

-- name: end_review_history
UPDATE review_history h SET recorded = tstzrange(lower(h.recorded), head.recorded_at)
FROM head, unnest(%(of)s::uuid[], %(starts)s::date[]) AS ended (of, starts)
WHERE h.thing = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts

-- name: add_review_history
INSERT INTO review_history (
  thing, recorded, effective, version, reference, title, kind, framework, stage, commissioned_on, completed_on,
  published_on, withheld_reason, published_url, board_response, improvements, lead_reviewer, lead_reviewer_employer,
  lead_reviewer_independent, agencies, mandated_by, aware_on, follows_up, monitored_by, shared_reference, method,
  sections, open_challenges)
SELECT
  r.thing, tstzrange(head.recorded_at, NULL), daterange(r.starts, r.ends), r.version, r.reference, r.title, r.kind,
  r.framework, r.stage, r.commissioned_on, r.completed_on, r.published_on, r.withheld_reason, r.published_url,
  r.board_response, r.improvements, r.lead_reviewer, r.lead_reviewer_employer, r.lead_reviewer_independent,
  r.agencies, r.mandated_by, r.aware_on, r.follows_up, r.monitored_by, r.shared_reference, r.method, r.sections,
  r.open_challenges
FROM head, json_to_recordset(%(rows)s) AS r (
  thing uuid, starts date, ends date, version integer, reference text, title text, kind text, framework text,
  stage text, commissioned_on date, completed_on date, published_on date, withheld_reason text, published_url text,
  board_response text, improvements text, lead_reviewer text, lead_reviewer_employer text,
  lead_reviewer_independent boolean, agencies text[], mandated_by text, aware_on date, follows_up uuid,
  monitored_by text[], shared_reference text, method text, sections json, open_challenges uuid[])

-- name: end_recommendation_history
UPDATE recommendation_history h SET recorded = tstzrange(lower(h.recorded), head.recorded_at)
FROM head, unnest(%(of)s::uuid[], %(starts)s::date[]) AS ended (of, starts)
WHERE h.thing = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts

-- name: add_recommendation_history
INSERT INTO recommendation_history (
  thing, recorded, effective, version, reference, wording, stage, review, themes, lead, contributing, parties,
  lead_officer, monitored_by, raised_on, first_due_on, due_on, due_on_corrected, completed_on, claimed_on,
  awaiting_since, verdicts, extension_pending, closed_on, outcome, closure, impact_due_on, impact, open_challenges,
  measure_of_effectiveness, need, means_of_improvement, learning, proposed_lead, addressed_to, response_due_on,
  lead_answer, answers, answered)
SELECT
  r.thing, tstzrange(head.recorded_at, NULL), daterange(r.starts, r.ends), r.version, r.reference, r.wording,
  r.stage, r.review, r.themes, r.lead, r.contributing, r.parties, r.lead_officer, r.monitored_by, r.raised_on,
  r.first_due_on, r.due_on, r.due_on_corrected, r.completed_on, r.claimed_on, r.awaiting_since, r.verdicts,
  r.extension_pending, r.closed_on, r.outcome, r.closure, r.impact_due_on, r.impact, r.open_challenges,
  r.measure_of_effectiveness, r.need, r.means_of_improvement, r.learning, r.proposed_lead, r.addressed_to,
  r.response_due_on, r.lead_answer, r.answers, r.answered
FROM head, json_to_recordset(%(rows)s) AS r (
  thing uuid, starts date, ends date, version integer, reference text, wording text, stage text, review uuid,
  themes text[], lead text, contributing text[], parties text[], lead_officer text, monitored_by text[],
  raised_on date, first_due_on date, due_on date, due_on_corrected boolean, completed_on date, claimed_on date,
  awaiting_since date, verdicts text[], extension_pending boolean, closed_on date, outcome text, closure json,
  impact_due_on date, impact text, open_challenges uuid[], measure_of_effectiveness text, need text,
  means_of_improvement text, learning uuid[], proposed_lead text, addressed_to text[], response_due_on date,
  lead_answer text, answers text[], answered text[])

-- name: end_action_history
UPDATE action_history h SET recorded = tstzrange(lower(h.recorded), head.recorded_at)
FROM head, unnest(%(of)s::uuid[], %(starts)s::date[]) AS ended (of, starts)
WHERE h.thing = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts

-- name: add_action_history
INSERT INTO action_history (
  thing, recorded, effective, version, reference, wording, stage, review, themes, lead, contributing, parties,
  lead_officer, monitored_by, raised_on, first_due_on, due_on, due_on_corrected, completed_on, claimed_on,
  awaiting_since, verdicts, extension_pending, closed_on, outcome, closure, impact_due_on, impact, open_challenges,
  measure_of_effectiveness, recommendation)
SELECT
  r.thing, tstzrange(head.recorded_at, NULL), daterange(r.starts, r.ends), r.version, r.reference, r.wording,
  r.stage, r.review, r.themes, r.lead, r.contributing, r.parties, r.lead_officer, r.monitored_by, r.raised_on,
  r.first_due_on, r.due_on, r.due_on_corrected, r.completed_on, r.claimed_on, r.awaiting_since, r.verdicts,
  r.extension_pending, r.closed_on, r.outcome, r.closure, r.impact_due_on, r.impact, r.open_challenges,
  r.measure_of_effectiveness, r.recommendation
FROM head, json_to_recordset(%(rows)s) AS r (
  thing uuid, starts date, ends date, version integer, reference text, wording text, stage text, review uuid,
  themes text[], lead text, contributing text[], parties text[], lead_officer text, monitored_by text[],
  raised_on date, first_due_on date, due_on date, due_on_corrected boolean, completed_on date, claimed_on date,
  awaiting_since date, verdicts text[], extension_pending boolean, closed_on date, outcome text, closure json,
  impact_due_on date, impact text, open_challenges uuid[], measure_of_effectiveness text, recommendation uuid)

-- name: end_challenge_history
UPDATE challenge_history h SET recorded = tstzrange(lower(h.recorded), head.recorded_at)
FROM head, unnest(%(of)s::uuid[], %(starts)s::date[]) AS ended (of, starts)
WHERE h.thing = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts

-- name: add_challenge_history
INSERT INTO challenge_history (
  thing, recorded, effective, version, reference, agency, grounds, requested, stage, level, subjects, subject_ids,
  issued_on, issued_by, response_due_on, answered_on, outcome, outcome_reason, ended_on)
SELECT
  r.thing, tstzrange(head.recorded_at, NULL), daterange(r.starts, r.ends), r.version, r.reference, r.agency,
  r.grounds, r.requested, r.stage, r.level, r.subjects, r.subject_ids, r.issued_on, r.issued_by, r.response_due_on,
  r.answered_on, r.outcome, r.outcome_reason, r.ended_on
FROM head, json_to_recordset(%(rows)s) AS r (
  thing uuid, starts date, ends date, version integer, reference text, agency text, grounds text, requested text,
  stage text, level integer, subjects json, subject_ids uuid[], issued_on date, issued_by json, response_due_on date,
  answered_on date, outcome text, outcome_reason text, ended_on date)

-- name: end_entry_history
UPDATE entry_history h SET recorded = tstzrange(lower(h.recorded), head.recorded_at)
FROM head, unnest(%(of)s::uuid[], %(starts)s::date[]) AS ended (of, starts)
WHERE h.entry = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts

-- name: add_entry_history
INSERT INTO entry_history (
  thing, recorded, effective, entry, kind, noted_version, noted_at, detail)
SELECT
  r.thing, tstzrange(head.recorded_at, NULL), daterange(r.starts, r.ends), r.entry, r.kind, r.noted_version,
  (SELECT f.recorded_at FROM facts f WHERE f.originator_id = r.thing AND f.originator_version = r.noted_version),
  r.detail
FROM head, json_to_recordset(%(rows)s) AS r (
  thing uuid, starts date, ends date, entry uuid, kind text, noted_version integer, detail json)

-- name: end_agency_history
UPDATE agency_history h SET recorded = tstzrange(lower(h.recorded), head.recorded_at)
FROM head, unnest(%(of)s::text[], %(starts)s::date[]) AS ended (of, starts)
WHERE h.agency = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts

-- name: add_agency_history
INSERT INTO agency_history (
  agency, recorded, effective, name, aliases, kind, succeeded_by)
SELECT
  r.agency, tstzrange(head.recorded_at, NULL), daterange(r.starts, r.ends), r.name, r.aliases, r.kind, r.succeeded_by
FROM head, json_to_recordset(%(rows)s) AS r (
  agency text, starts date, ends date, name text, aliases text[], kind text, succeeded_by text)

-- name: end_theme_history
UPDATE theme_history h SET recorded = tstzrange(lower(h.recorded), head.recorded_at)
FROM head, unnest(%(of)s::text[], %(starts)s::date[]) AS ended (of, starts)
WHERE h.theme = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts

-- name: add_theme_history
INSERT INTO theme_history (
  theme, recorded, effective, name, parent, merged_into, merged_on, aliases)
SELECT
  r.theme, tstzrange(head.recorded_at, NULL), daterange(r.starts, r.ends), r.name, r.parent, r.merged_into,
  r.merged_on, r.aliases
FROM head, json_to_recordset(%(rows)s) AS r (
  theme text, starts date, ends date, name text, parent text, merged_into text, merged_on date, aliases text[])

-- name: end_partnership_history
UPDATE partnership_history h SET recorded = tstzrange(lower(h.recorded), head.recorded_at)
FROM head, unnest(%(of)s::uuid[], %(starts)s::date[]) AS ended (of, starts)
WHERE h.partnership = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts

-- name: add_partnership_history
INSERT INTO partnership_history (
  partnership, recorded, effective, key, name, time_zone, demonstration, frameworks)
SELECT
  r.partnership, tstzrange(head.recorded_at, NULL), daterange(r.starts, r.ends), r.key, r.name, r.time_zone,
  r.demonstration, r.frameworks
FROM head, json_to_recordset(%(rows)s) AS r (
  partnership uuid, starts date, ends date, key text, name text, time_zone text, demonstration boolean,
  frameworks json)

-- name: end_credential_history
UPDATE credential_history h SET recorded = tstzrange(lower(h.recorded), head.recorded_at)
FROM head, unnest(%(of)s::uuid[], %(starts)s::date[]) AS ended (of, starts)
WHERE h.credential = ended.of AND upper_inf(h.recorded) AND lower(h.effective) = ended.starts

-- name: add_credential_history
INSERT INTO credential_history (
  credential, recorded, effective, subject, role, agency, bodies, independent, expires_at, revoked_reason)
SELECT
  r.credential, tstzrange(head.recorded_at, NULL), daterange(r.starts, r.ends), r.subject, r.role, r.agency,
  r.bodies, r.independent, r.expires_at, r.revoked_reason
FROM head, json_to_recordset(%(rows)s) AS r (
  credential uuid, starts date, ends date, subject text, role text, agency text, bodies text[], independent boolean,
  expires_at timestamptz, revoked_reason text)
