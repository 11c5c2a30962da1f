"""The rules of one life, one refusal each (language.md and rules.md, "Lifecycle")."""

from datetime import date
from uuid import UUID

from domain.decision_context import DecisionContext
from domain.lifecycle.state import Closure, Evidence, Life, PendingExtension
from domain.refusals import (
    AlreadyClosed,
    ChallengeOpen,
    EvidenceAlreadyJudged,
    EvidenceMissing,
    ExtensionNotRequested,
    ExtensionPending,
    Invalid,
    NotAssigned,
    NotClosed,
    NotFound,
)


def it_is_not_closed(life: Life) -> None:
    if life.closure is not None:
        raise AlreadyClosed(f"The {life.kind} was closed on {life.closure.closed_on}.")


def it_was_not_closed_by_then(life: Life, context: DecisionContext) -> None:
    """A late report, or evidence, may still tell of the days before the closing."""
    if life.closure is not None and context.on >= life.closure.closed_on:
        raise AlreadyClosed(f"The {life.kind} was closed on {life.closure.closed_on}.")


def it_is_closed(life: Life) -> Closure:
    if life.closure is None:
        raise NotClosed(f"The {life.kind} is not closed.")
    return life.closure


def it_is_assigned(life: Life) -> str:
    """Its lead agency."""
    if life.lead is None:
        raise NotAssigned(f"The {life.kind} is not assigned to an agency.")
    return life.lead


def no_challenge_is_open(life: Life) -> None:
    if life.challenges:
        raise ChallengeOpen(f"A formal challenge about this {life.kind} is open.")


def no_evidence_is_accepted_yet(life: Life) -> None:
    if has_accepted_evidence(life):
        raise EvidenceAlreadyJudged(f"Evidence has been accepted: the {life.kind} is transferred, not assigned again.")


def the_same_lead_keeps_its_due_date(life: Life, due_on: date) -> None:
    """Also under the name of what it has gone on in."""
    if due_on != life.due_on:
        raise Invalid(f"{life.lead!r} leads it already; its due date moves by an extension.", "dueOn")


def has_accepted_evidence(life: Life) -> bool:
    """Accepted since the latest reopening."""
    return any(each.counts and each.accepted for each in life.evidence)


def closing_needs_accepted_evidence(life: Life) -> None:
    if not has_accepted_evidence(life):
        raise EvidenceMissing("Closing as implemented needs evidence accepted since it was last opened.")


def closing_leaves_no_evidence_awaiting(life: Life) -> None:
    if any(each.awaiting for each in life.evidence):
        raise EvidenceMissing("Evidence still awaits its verdict.")


def the_evidence_awaits_its_verdict(life: Life, evidence_id: UUID) -> Evidence:
    evidence = life.evidence_of(evidence_id)
    if evidence is None or evidence.submitted_on is None:
        raise NotFound("There is no such evidence.", "evidenceId")
    if evidence.withdrawn:
        raise EvidenceMissing("The evidence has been withdrawn.", "evidenceId")
    if not evidence.awaiting:
        raise EvidenceAlreadyJudged(f"The evidence was judged on {evidence.judged_on}.", "evidenceId")
    return evidence


def an_extension_is_requested(life: Life) -> PendingExtension:
    if life.extension is None:
        raise ExtensionNotRequested("No request for an extension is pending.")
    return life.extension


def no_extension_is_pending(life: Life) -> None:
    if life.extension is not None:
        raise ExtensionPending(f"An extension until {life.extension.until} has been requested already.")


def an_extension_is_longer(life: Life, until: date) -> None:
    if life.due_on is not None and until <= life.due_on:
        raise Invalid(f"{until} does not extend {life.due_on}.", "until")
