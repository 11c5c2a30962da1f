"""What happens to a recommendation and to an action alike (language.md, "one lifecycle, written once")."""

from datetime import date
from uuid import UUID

from domain.shared.attachments import Attachment
from domain.shared.facts import Fact
from domain.shared.vocabulary import ClosureOutcome, Impact, Rag


class Assigned(Fact, frozen=True):
    lead_agency: str
    contributing_agencies: tuple[str, ...] = ()
    lead_officer: str | None = None
    due_on: date


class Transferred(Fact, frozen=True):
    """The lead moves; with `merged` whatever part `from_agency` had, because it has gone on in `to_agency`."""

    from_agency: str
    to_agency: str
    reason: str
    merged: bool = False


class ProgressReported(Fact, frozen=True):
    """`agency` reports, if need be on paper that `received_from` brought; `percent_complete` is 0 to 100."""

    agency: str | None = None
    narrative: str
    rag: Rag | None = None
    rag_reason: str | None = None
    percent_complete: int | None = None
    received_from: str | None = None


class EvidenceSubmitted(Fact, frozen=True):
    """
    `agency` submits, if need be on paper that `received_from` brought.

    `completed_on` is its claim, and only with `claims_complete`; one imported from where no day stands has none.
    """

    evidence_id: UUID
    agency: str | None = None
    by_lead: bool
    narrative: str
    claims_complete: bool
    completed_on: date | None = None
    attachments: tuple[Attachment, ...] = ()
    received_from: str | None = None


class EvidenceAccepted(Fact, frozen=True):
    evidence_id: UUID


class EvidenceReturned(Fact, frozen=True):
    """`fix_by` is a request; it never moves the due date."""

    evidence_id: UUID
    reason: str
    fix_by: date | None = None


class EvidenceWithdrawn(Fact, frozen=True):
    evidence_id: UUID
    reason: str


class Completed(Fact, frozen=True):
    """The work was done on `happened_on`, by the claim in the evidence that has been accepted.

    Where the claim gave no day (`day_known` is false), it was done by then, the day on which the claim was filed.
    """

    evidence_id: UUID
    day_known: bool = True


class ExtensionRequested(Fact, frozen=True):
    extension_id: UUID
    agency: str | None = None
    until: date
    reason: str


class ExtensionGranted(Fact, frozen=True):
    extension_id: UUID
    until: date
    reason: str | None = None


class ExtensionRefused(Fact, frozen=True):
    extension_id: UUID
    reason: str


class Closed(Fact, frozen=True):
    """
    `due_stated`: whether whoever closed it named the day on which its impact is due, or the framework's months gave
    it; None where that was not recorded.
    """

    outcome: ClosureOutcome
    reason: str | None = None
    impact_due_on: date | None = None
    due_stated: bool | None = None


class Reopened(Fact, frozen=True):
    reason: str
    due_on: date


class ImpactVerified(Fact, frozen=True):
    """
    With `reopened` the same command also recorded Reopened; `follow_up_action` is the further action it raised.
    `evidenced_by` is the review that gave the evidence.
    """

    finding: Impact
    measure: str
    narrative: str | None = None
    follow_up_reason: str | None = None
    follow_up_action: UUID | None = None
    reopened: bool = False
    evidenced_by: UUID | None = None


class BodiesSucceeded(Fact, frozen=True):
    """Its bodies have been succeeded: from then on it reports through these, of another `framework`.

    `agreed_by`: of a review that is not completed, the bodies that must agree it.
    """

    framework: str
    monitored_by: tuple[str, ...]
    agreed_by: tuple[str, ...] = ()


class Challenged(Fact, frozen=True):
    challenge_id: UUID


class ChallengeEnded(Fact, frozen=True):
    challenge_id: UUID
