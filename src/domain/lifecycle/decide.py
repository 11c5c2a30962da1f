"""What follows for a recommendation or an action: facts, or a refusal. `[]` means nothing new."""

from datetime import date

from domain.lifecycle import commands, events, rules
from domain.lifecycle.rules import (
    a_day_of_completion,
    a_decision_follows_its_request,
    a_follow_up_fits_the_finding,
    completion_lies_in_its_life,
    impact_is_due_later,
    impact_is_of_what_was_implemented,
    impact_was_not_found_so_on_that_day,
    is_the_lead,
    only_the_lead_claims_completion,
    the_agency_that_speaks,
    the_day_follows_what_the_lead_filed,
    the_day_is_in_order,
    the_day_lies_in_its_life,
    the_item_was_open_on_that_day,
    whom_the_paper_came_from,
)
from domain.lifecycle.state import Evidence, Lifecycle
from domain.shared.attachments import attached
from domain.shared.dates import a_due_date_is_not_past, add_months
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Fact
from domain.shared.reference_rules import a_reason_is_given, agencies_are_known, the_agency_is_known
from domain.shared.refusals import Invalid
from domain.shared.vocabulary import ClosureOutcome

# Work: assigned, transferred, reported on.


def assign(life: Lifecycle, command: commands.Assign, context: DecisionContext) -> list[Fact]:
    rules.the_item_is_not_closed(life)
    the_day_is_in_order(life, context)
    fact = _assigned(command, context)
    if _says_nothing_new(life, fact):
        return []
    if life.lead in context.agencies.kin(fact.lead_agency):
        rules.the_same_lead_keeps_its_due_date(life, fact.due_on)
        return [fact]
    rules.no_evidence_is_accepted_yet(life)
    the_day_follows_what_the_lead_filed(life, context)
    a_due_date_is_not_past(context, fact.due_on, "dueOn")
    return [fact]


def _assigned(command: commands.Assign, context: DecisionContext) -> events.Assigned:
    lead = the_agency_is_known(context, command.lead_agency, "leadAgency")
    contributing = agencies_are_known(context, command.contributing_agencies, "contributingAgencies")
    return events.Assigned(
        happened_on=context.on,
        by=context.by,
        lead_agency=lead,
        contributing_agencies=tuple(key for key in contributing if key != lead),
        lead_officer=command.lead_officer,
        due_on=command.due_on,
    )


def hand_over(life: Lifecycle, command: commands.HandOver, context: DecisionContext) -> list[Fact]:
    """Another officer leads it there; the agencies and the due date stay."""
    rules.the_item_is_not_closed(life)
    lead = rules.the_item_is_assigned(life)
    the_day_is_in_order(life, context)
    if life.lead_officer == command.lead_officer or life.due_on is None:
        return []
    return [
        events.Assigned(
            happened_on=context.on,
            by=context.by,
            lead_agency=lead,
            contributing_agencies=life.contributing,
            lead_officer=command.lead_officer,
            due_on=life.due_on,
        )
    ]


def _says_nothing_new(life: Lifecycle, fact: events.Assigned) -> bool:
    stands = (life.lead, life.contributing, life.lead_officer, life.due_on)
    return stands == (fact.lead_agency, fact.contributing_agencies, fact.lead_officer, fact.due_on)


def transfer(life: Lifecycle, command: commands.Transfer, context: DecisionContext) -> list[Fact]:
    rules.the_item_is_not_closed(life)
    lead = rules.the_item_is_assigned(life)
    the_day_is_in_order(life, context)
    the_day_follows_what_the_lead_filed(life, context)
    to = the_agency_is_known(context, command.to_agency, "toAgency")
    if to == lead:
        raise Invalid(f"{to!r} leads it already.", "toAgency")
    reason = a_reason_is_given(command.reason)
    return [events.Transferred(happened_on=context.on, by=context.by, from_agency=lead, to_agency=to, reason=reason)]


def report_progress(life: Lifecycle, command: commands.ReportProgress, context: DecisionContext) -> list[Fact]:
    rules.the_item_was_not_closed_by_then(life, context)
    rules.the_item_is_assigned(life)
    the_day_lies_in_its_life(life, context)
    the_item_was_open_on_that_day(life, context)
    return [
        events.ProgressReported(
            happened_on=context.on,
            by=context.by,
            agency=the_agency_that_speaks(life, command.agency, context),
            narrative=command.narrative,
            rag=command.rag,
            rag_reason=command.rag_reason,
            percent_complete=command.percent_complete,
            received_from=whom_the_paper_came_from(command.received_from, context),
        )
    ]


# Extensions: asked for by the lead, decided by the body, in effect on the day of the decision at the earliest.


def request_extension(life: Lifecycle, command: commands.RequestExtension, context: DecisionContext) -> list[Fact]:
    rules.the_item_is_not_closed(life)
    rules.the_item_is_assigned(life)
    rules.no_extension_is_pending(life)
    the_day_lies_in_its_life(life, context)
    a_due_date_is_not_past(context, command.until, "until")
    rules.an_extension_is_longer(life, command.until)
    return [
        events.ExtensionRequested(
            happened_on=context.on,
            by=context.by,
            extension_id=context.new_id,
            agency=context.caller.agency,
            until=command.until,
            reason=a_reason_is_given(command.reason),
        )
    ]


def grant_extension(life: Lifecycle, command: commands.GrantExtension, context: DecisionContext) -> list[Fact]:
    rules.the_item_is_not_closed(life)
    pending = rules.an_extension_is_requested(life)
    a_decision_follows_its_request(context, pending.requested_on)
    the_day_is_in_order(life, context)
    until = command.until or pending.until
    a_due_date_is_not_past(context, until, "until")
    rules.an_extension_is_longer(life, until)
    return [
        events.ExtensionGranted(
            happened_on=context.on, by=context.by, extension_id=pending.id, until=until, reason=command.reason or None
        )
    ]


def refuse_extension(life: Lifecycle, command: commands.RefuseExtension, context: DecisionContext) -> list[Fact]:
    rules.the_item_is_not_closed(life)
    pending = rules.an_extension_is_requested(life)
    the_day_lies_in_its_life(life, context)
    a_decision_follows_its_request(context, pending.requested_on)
    reason = a_reason_is_given(command.reason)
    return [events.ExtensionRefused(happened_on=context.on, by=context.by, extension_id=pending.id, reason=reason)]


# Evidence: filed, judged, withdrawn.


def submit_evidence(life: Lifecycle, command: commands.SubmitEvidence, context: DecisionContext) -> list[Fact]:
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
            attachments=attached(command.attachments, context),
            received_from=whom_the_paper_came_from(command.received_from, context),
        )
    ]


def accept_evidence(life: Lifecycle, command: commands.AcceptEvidence, context: DecisionContext) -> list[Fact]:
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


def return_evidence(life: Lifecycle, command: commands.ReturnEvidence, context: DecisionContext) -> list[Fact]:
    evidence = _to_be_judged(life, command, context)
    reason = a_reason_is_given(command.reason)
    a_due_date_is_not_past(context, command.fix_by, "fixBy")
    return [
        events.EvidenceReturned(
            happened_on=context.on, by=context.by, evidence_id=evidence.id, reason=reason, fix_by=command.fix_by
        )
    ]


def withdraw_evidence(life: Lifecycle, command: commands.WithdrawEvidence, context: DecisionContext) -> list[Fact]:
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


# The outcome: closed, reopened, its impact verified.


def close(life: Lifecycle, command: commands.Close, context: DecisionContext) -> list[Fact]:
    rules.the_item_is_not_closed(life)
    rules.no_challenge_is_open(life)
    the_day_is_in_order(life, context)
    _its_outcome_is_earned(life, command)
    return [
        events.Closed(
            happened_on=context.on,
            by=context.by,
            outcome=command.outcome,
            reason=command.reason or None,
            impact_due_on=_impact_due_on(command, context),
            due_stated=command.impact_due_on is not None if command.outcome is ClosureOutcome.IMPLEMENTED else None,
        )
    ]


def _its_outcome_is_earned(life: Lifecycle, command: commands.Close) -> None:
    if command.outcome is ClosureOutcome.IMPLEMENTED:
        rules.closing_needs_accepted_evidence(life)
        rules.closing_leaves_no_evidence_awaiting(life)
    if command.outcome is ClosureOutcome.NOT_IMPLEMENTED:
        a_reason_is_given(command.reason)


def _impact_due_on(command: commands.Close, context: DecisionContext) -> date | None:
    if command.outcome is not ClosureOutcome.IMPLEMENTED:
        if command.impact_due_on is not None:
            raise Invalid("Impact is verified of what was implemented.", "impactDueOn")
        return None
    impact_is_due_later(context, command.impact_due_on)
    return command.impact_due_on or add_months(context.on, context.framework.impact_due_months)


def reopen(life: Lifecycle, command: commands.Reopen, context: DecisionContext) -> list[Fact]:
    return [reopened(life, command.due_on, a_reason_is_given(command.reason), context, "dueOn")]


def reopened(life: Lifecycle, due_on: date, reason: str, context: DecisionContext, *field: str) -> events.Reopened:
    """The fact that it is open again until `due_on`; `field` is where that date was given."""
    rules.the_item_is_closed(life)
    the_day_is_in_order(life, context)
    a_due_date_is_not_past(context, due_on, *field)
    return events.Reopened(happened_on=context.on, by=context.by, reason=reason, due_on=due_on)


def verify_impact(life: Lifecycle, command: commands.VerifyImpact, context: DecisionContext) -> list[Fact]:
    """A follow-up by reopening is recorded here; a further action is its own stream's, and only named here."""
    impact_is_of_what_was_implemented(rules.the_item_is_closed(life))
    rules.no_challenge_is_open(life)
    the_day_is_in_order(life, context)
    impact_was_not_found_so_on_that_day(life, command, context)
    a_follow_up_fits_the_finding(command)
    follow_up = command.follow_up
    further = follow_up is not None and follow_up.further_action is not None
    until = None if follow_up is None or further else follow_up.reopen_until
    found = events.ImpactVerified(
        happened_on=context.on,
        by=context.by,
        finding=command.finding,
        measure=command.measure,
        narrative=command.narrative,
        follow_up_reason=follow_up.reason if follow_up else None,
        follow_up_action=context.new_id if further else None,
        reopened=until is not None,
        evidenced_by=command.evidenced_by,
    )
    if follow_up is None or until is None:
        return [found]
    return [found, reopened(life, until, follow_up.reason, context, "followUp", "reopenUntil")]
