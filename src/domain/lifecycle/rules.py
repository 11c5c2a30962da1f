"""The rules of one life, one refusal each (language.md and rules.md, "Lifecycle")."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from domain.lifecycle.commands import AcceptEvidence, GrantExtension, LifecycleCommand, ReturnEvidence, VerifyImpact
from domain.lifecycle.state import Closure, Evidence, Lifecycle, PendingExtension
from domain.shared.dates import (
    HAPPENED_ON,
    a_due_date_is_not_past,
    later,
    nothing_happens_before_it_existed,
    nothing_happens_in_the_future,
    the_day_follows_what_is_recorded,
)
from domain.shared.decision_context import DecisionContext
from domain.shared.reference_rules import a_reason_is_given, the_agency_is_known
from domain.shared.refusals import (
    AlreadyClosed,
    ChallengeOpen,
    ConditionsNotMet,
    DateBeforeStart,
    DateInFuture,
    DateOutOfOrder,
    EvidenceAlreadyJudged,
    EvidenceMissing,
    ExtensionNotRequested,
    ExtensionPending,
    FollowUpRequired,
    Invalid,
    NotAssigned,
    NotClosed,
    NotFound,
    NotPermitted,
)
from domain.shared.vocabulary import ClosureOutcome, Impact, Role


def the_item_is_not_closed(life: Lifecycle) -> None:
    if life.closure is not None:
        raise AlreadyClosed(f"The {life.kind} was closed on {life.closure.closed_on}.")


def the_item_was_not_closed_by_then(life: Lifecycle, context: DecisionContext) -> None:
    """A late report, or evidence, may still tell of the days before the closing."""
    if life.closure is not None and context.on >= life.closure.closed_on:
        raise AlreadyClosed(f"The {life.kind} was closed on {life.closure.closed_on}.")


def the_item_is_closed(life: Lifecycle) -> Closure:
    if life.closure is None:
        raise NotClosed(f"The {life.kind} is not closed.")
    return life.closure


def the_item_is_assigned(life: Lifecycle) -> str:
    """Its lead agency."""
    if life.lead is None:
        raise NotAssigned(f"The {life.kind} is not assigned to an agency.")
    return life.lead


def no_challenge_is_open(life: Lifecycle) -> None:
    if life.challenges:
        raise ChallengeOpen(f"A formal challenge about this {life.kind} is open.")


def no_evidence_is_accepted_yet(life: Lifecycle) -> None:
    if has_accepted_evidence(life):
        raise EvidenceAlreadyJudged(f"Evidence has been accepted: the {life.kind} is transferred, not assigned again.")


def the_same_lead_keeps_its_due_date(life: Lifecycle, due_on: date) -> None:
    """Also under the name of what it has gone on in."""
    if due_on != life.due_on:
        raise Invalid(f"{life.lead!r} leads it already; its due date moves by an extension.", "dueOn")


def has_accepted_evidence(life: Lifecycle) -> bool:
    """Accepted since the latest reopening."""
    return any(each.counts and each.accepted for each in life.evidence)


def closing_needs_accepted_evidence(life: Lifecycle) -> None:
    if not has_accepted_evidence(life):
        raise EvidenceMissing("Closing as implemented needs evidence accepted since it was last opened.")


def closing_leaves_no_evidence_awaiting(life: Lifecycle) -> None:
    if any(each.awaiting for each in life.evidence):
        raise EvidenceMissing("Evidence still awaits its verdict.")


def the_evidence_awaits_its_verdict(life: Lifecycle, evidence_id: UUID) -> Evidence:
    evidence = life.evidence_of(evidence_id)
    if evidence is None or evidence.submitted_on is None:
        raise NotFound("There is no such evidence.", "evidenceId")
    if evidence.withdrawn:
        raise EvidenceMissing("The evidence has been withdrawn.", "evidenceId")
    if not evidence.awaiting:
        raise EvidenceAlreadyJudged(f"The evidence was judged on {evidence.judged_on}.", "evidenceId")
    return evidence


def an_extension_is_requested(life: Lifecycle) -> PendingExtension:
    if life.extension is None:
        raise ExtensionNotRequested("No request for an extension is pending.")
    return life.extension


def no_extension_is_pending(life: Lifecycle) -> None:
    if life.extension is not None:
        raise ExtensionPending(f"An extension until {life.extension.until} has been requested already.")


def an_extension_is_longer(life: Lifecycle, until: date) -> None:
    if life.due_on is not None and until <= life.due_on:
        raise Invalid(f"{until} does not extend {life.due_on}.", "until")


# The days of a claim and of a decision (rules.md, "Days and moments" and "Order of facts").


def the_day_lies_in_its_life(life: Lifecycle, context: DecisionContext) -> None:
    nothing_happens_in_the_future(context)
    nothing_happens_before_it_existed(context, life.raised_on)


def the_day_is_in_order(life: Lifecycle, context: DecisionContext) -> None:
    the_day_lies_in_its_life(life, context)
    the_day_follows_what_is_recorded(context, life.last_bound_on)


def the_item_was_open_on_that_day(life: Lifecycle, context: DecisionContext) -> None:
    """What was done, answered or shown was so while it was open: of the days on which it was closed nothing is told."""
    for closure, reopened_on in life.ended_closures:
        if closure.closed_on <= context.on < reopened_on:
            raise AlreadyClosed(
                f"On {context.on} the {life.kind} was closed: from {closure.closed_on} until it was reopened on "
                f"{reopened_on}.",
                HAPPENED_ON,
            )


def the_day_follows_what_the_lead_filed(life: Lifecycle, context: DecisionContext) -> None:
    """Dated before that, what the lead asked or answered as the lead would be an outsider's. Progress never blocks."""
    answer = life.response_of(life.lead) if life.lead else None
    filed = [day for day in (life.requested_on, answer.on if answer else None) if day is not None]
    if filed and context.on < max(filed):
        raise DateOutOfOrder(
            f"{context.on} is before {max(filed)}, when {life.lead!r} answered or asked for an extension as its lead.",
            HAPPENED_ON,
        )


def a_decision_follows_its_request(context: DecisionContext, requested_on: date) -> None:
    if context.on < requested_on:
        raise DateOutOfOrder(f"{context.on} is before {requested_on}, when it was requested.", "happenedOn")


def a_day_of_completion(
    life: Lifecycle, context: DecisionContext, claims_complete: bool, completed_on: date | None
) -> date | None:
    """The day claimed, by default the evidence's own; none where completion is not claimed.

    What is imported was claimed by others: where they gave no day, none is made up.
    """
    if not claims_complete:
        _no_day_without_a_claim(completed_on)
        return None
    if completed_on is None and context.imported:
        return None
    day = completed_on or context.on
    if day > context.on:
        raise DateInFuture(f"{day} is after the evidence's day, {context.on}.", "completedOn")
    _it_was_opened_by(_opened_on(life, context.on), day, "completedOn")
    return day


def _no_day_without_a_claim(completed_on: date | None) -> None:
    if completed_on is not None:
        raise Invalid("A day of completion comes with a claim of completion.", "completedOn")


def completion_lies_in_its_life(life: Lifecycle, day: date, *field: str) -> None:
    """Never before raising or the latest reopening: what was reopened has to be done again."""
    if life.raised_on is not None:
        _it_was_opened_by(later(life.reopened_on, life.raised_on), day, *field)


def _opened_on(life: Lifecycle, day: date) -> date | None:
    """When it had last been opened by that day."""
    opened = (life.raised_on, life.reopened_on, *(reopened_on for _, reopened_on in life.ended_closures))
    return max((each for each in opened if each is not None and each <= day), default=life.raised_on)


def _it_was_opened_by(began_on: date | None, day: date, *field: str) -> None:
    if began_on is not None and day < began_on:
        raise DateBeforeStart(f"It cannot have been completed on {day}: it was (re)opened on {began_on}.", *field)


def impact_is_due_later(context: DecisionContext, due_on: date | None) -> None:
    a_due_date_is_not_past(context, due_on, "impactDueOn")


# What a finding on impact asks for (rules.md, "Lifecycle").


def impact_is_of_what_was_implemented(closure: Closure) -> None:
    if closure.outcome is not ClosureOutcome.IMPLEMENTED:
        raise ConditionsNotMet("Impact is verified of what was closed as implemented.")


def impact_was_not_found_so_on_that_day(life: Lifecycle, command: VerifyImpact, context: DecisionContext) -> None:
    """What was found once is found again on a later day; by a further measure, in the words of the same finding."""
    again = life.impact is command.finding and life.impact_on == context.on
    if again and command.finding is not Impact.NOT_EMBEDDED:
        finding = command.finding.replace("_", " ").lower()
        raise ConditionsNotMet(
            f"It was found {finding} on {context.on} already: the next finding is of a later day, or another one.",
            "finding",
        )


def another_review_gives_the_evidence(arose_from: UUID, evidenced_by: UUID | None) -> None:
    """The review that asked for a change cannot tell whether it came."""
    if evidenced_by == arose_from:
        raise Invalid("It arose from this review: another one gives evidence of its impact.", "evidencedBy")


def a_follow_up_fits_the_finding(command: VerifyImpact) -> None:
    """Not embedded carries its follow-up in the same command; nothing else does."""
    if command.finding is not Impact.NOT_EMBEDDED:
        _no_follow_up(command)
        return
    follow_up = command.follow_up
    if follow_up is None or (follow_up.reopen_until is None and follow_up.further_action is None):
        raise FollowUpRequired("Not embedded is followed up by reopening or by a further action.", "followUp")
    a_reason_is_given(follow_up.reason, "followUp", "reason")


def _no_follow_up(command: VerifyImpact) -> None:
    if command.follow_up is not None:
        raise Invalid("Only a finding of not embedded carries a follow-up.", "followUp")


# Whose report it is: an agency speaks for itself, the business unit records on paper what an agency said.


def the_agency_that_speaks(life: Lifecycle, agency: str | None, context: DecisionContext) -> str | None:
    """Its key; on paper that of whoever led on the paper's day, unless another party is named."""
    if context.caller.role is Role.AGENCY:
        return itself(context, agency)
    led = life.lead_on(context.on)
    if agency is None or agency == led:
        return led
    the_agency_is_known(context, agency, "agency")
    if not context.agencies.kin(agency).intersection((*life.parties, led)):
        raise Invalid(f"{agency!r} neither leads nor contributes.", "agency")
    return agency


def is_the_lead(life: Lifecycle, agency: str | None, context: DecisionContext) -> bool:
    """On the day of the report: what a lead claimed before a transfer stays its claim."""
    return agency is not None and life.lead_on(context.on) in context.agencies.kin(agency)


def only_the_lead_claims_completion(by_lead: bool, claims_complete: bool) -> None:
    if claims_complete and not by_lead:
        raise NotPermitted("Only the lead agency claims completion.", "claimsComplete")


def whom_the_paper_came_from(received_from: str | None, context: DecisionContext) -> str | None:
    if context.caller.role is Role.AGENCY and received_from is not None:
        raise Invalid("What an agency records itself was received from nobody else.", "receivedFrom")
    return received_from


def itself(context: DecisionContext, agency: str | None) -> str | None:
    """The calling agency, which may name itself and nobody else."""
    if agency not in {None, context.caller.agency}:
        raise NotPermitted("An agency speaks for itself only.", "agency")
    return context.caller.agency


# The agencies whose work a decision judges (language.md, "Nobody marks their own homework").


def judged_agencies(command: LifecycleCommand, life: Lifecycle) -> frozenset[str]:
    """The parties', and that of whoever filed or asked for what is decided about, before it moved to them."""
    return frozenset((*life.parties, *(agency for agency in _filed(command, life) if agency)))


def _filed(command: LifecycleCommand, life: Lifecycle) -> Iterator[str | None]:
    match command:
        case AcceptEvidence(evidence_id=judged) | ReturnEvidence(evidence_id=judged):
            yield from (each.agency for each in life.evidence if each.id == judged)
        case GrantExtension():
            yield life.extension.agency if life.extension else None
        case _:
            yield from (each.agency for each in life.evidence if each.counts and each.accepted)
