"""What happens to a recommendation alone; the rest of its life is shared (`domain.lifecycle.events`)."""

from datetime import date
from uuid import UUID

from domain.shared.facts import Fact
from domain.shared.vocabulary import Answer


class Raised(Fact, frozen=True):
    """
    It arose from a review: need, means of improvement, measure of effectiveness.

    `proposed_lead` proposes, `addressed_to` asks for an answer; neither assigns. The first of `monitored_by` decides;
    they are bodies of `framework`, None being the review's own. Without `addressed_by_name` the lead that was proposed
    is asked in place of whom nobody named, until somebody is assigned. `due_stated`: whether the day for answers was
    named, or given by the framework; None where that was not recorded. `found_in_return_of`: the agency of whose return
    it was an improvement point, which is not asked what it answers to that.
    """

    review_id: UUID
    review_kind: str
    reference: str
    wording: str
    need: str | None = None
    means_of_improvement: str | None = None
    measure_of_effectiveness: str | None = None
    learning: tuple[UUID, ...] = ()
    themes: tuple[str, ...] = ()
    proposed_lead: str | None = None
    addressed_to: tuple[str, ...] = ()
    addressed_by_name: bool = False
    response_due_on: date | None = None
    monitored_by: tuple[str, ...] = ()
    framework: str | None = None
    draft: bool = False
    due_stated: bool | None = None
    found_in_return_of: str | None = None


class Responded(Fact, frozen=True):
    """The answer of `agency`, if need be on paper; its later answer supersedes, both are kept."""

    agency: str
    answer: Answer
    reason: str | None = None
    received_from: str | None = None


class CheckCommissioned(Fact, frozen=True):
    """A review was commissioned that looks at what became of it, such as a follow-up audit."""

    checked_by: UUID
    reference: str


class ActionPlanned(Fact, frozen=True):
    """An action was raised under it."""

    action_id: UUID
    reference: str


class DraftAgreed(Fact, frozen=True):
    """Its review has been agreed by whoever must: it is addressed to the agencies, who answer by `response_due_on`."""

    response_due_on: date | None = None
