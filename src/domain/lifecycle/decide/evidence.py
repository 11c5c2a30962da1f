"""Evidence: the agency's claim and the monitoring body's judgement of it."""

from domain.lifecycle import commands, events, rules
from domain.lifecycle.rules import (
    a_day_of_completion,
    completion_lies_in_its_life,
    is_the_lead,
    only_the_lead_claims_completion,
    the_agency_that_speaks,
    the_day_is_in_order,
    the_day_lies_in_its_life,
    the_item_was_open_on_that_day,
    whom_the_paper_came_from,
)
from domain.lifecycle.state import Evidence, Lifecycle
from domain.shared.dates import a_due_date_is_not_past
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Fact
from domain.shared.reference_rules import a_reason_is_given


def submit(life: Lifecycle, command: commands.SubmitEvidence, context: DecisionContext) -> list[Fact]:
    """Paper of before the closing that is found only after it is recorded, and awaits nothing."""
    rules.the_item_was_not_closed_by_then(life, context)
    rules.the_item_is_assigned(life)
    the_day_lies_in_its_life(life, context)
    the_item_was_open_on_that_day(life, context)
    agency = the_agency_that_speaks(life, command.agency, context)
    by_lead = is_the_lead(life, agency, context)
    only_the_lead_claims_completion(by_lead, command.claims_complete)
    return [
        events.EvidenceSubmitted(
            happened_on=context.on,
            by=context.by,
            evidence_id=context.new_id,
            agency=agency,
            by_lead=by_lead,
            narrative=command.narrative,
            claims_complete=command.claims_complete,
            completed_on=a_day_of_completion(life, context, command.claims_complete, command.completed_on),
            attachments=command.attachments,
            received_from=whom_the_paper_came_from(command.received_from, context),
        )
    ]


def accept(life: Lifecycle, command: commands.AcceptEvidence, context: DecisionContext) -> list[Fact]:
    """Accepting a claim of completion also records Completed, on the day that was claimed.

    What was claimed without a day was done by the day of the claim; when is not known.
    """
    evidence = _to_be_judged(life, command, context)
    verdict = events.EvidenceAccepted(happened_on=context.on, by=context.by, evidence_id=evidence.id)
    return [verdict, *_completed(life, evidence, context)]


def _completed(life: Lifecycle, evidence: Evidence, context: DecisionContext) -> list[Fact]:
    day = evidence.completed_on or evidence.submitted_on
    if not evidence.claims_complete or day is None:
        return []
    completion_lies_in_its_life(life, day, "evidenceId")
    day_known = evidence.completed_on is not None
    return [events.Completed(happened_on=day, by=context.by, evidence_id=evidence.id, day_known=day_known)]


def send_back(life: Lifecycle, command: commands.ReturnEvidence, context: DecisionContext) -> list[Fact]:
    evidence = _to_be_judged(life, command, context)
    reason = a_reason_is_given(command.reason)
    a_due_date_is_not_past(context, command.fix_by, "fixBy")
    return [
        events.EvidenceReturned(
            happened_on=context.on, by=context.by, evidence_id=evidence.id, reason=reason, fix_by=command.fix_by
        )
    ]


def withdraw(life: Lifecycle, command: commands.WithdrawEvidence, context: DecisionContext) -> list[Fact]:
    evidence = _to_be_judged(life, command, context)
    reason = a_reason_is_given(command.reason)
    return [events.EvidenceWithdrawn(happened_on=context.on, by=context.by, evidence_id=evidence.id, reason=reason)]


def _to_be_judged(
    life: Lifecycle,
    command: commands.AcceptEvidence | commands.ReturnEvidence | commands.WithdrawEvidence,
    context: DecisionContext,
) -> Evidence:
    evidence = rules.the_evidence_awaits_its_verdict(life, command.evidence_id)
    rules.the_item_is_not_closed(life)
    the_day_is_in_order(life, context)
    return evidence
