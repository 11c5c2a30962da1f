from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from domain.shared.commands import Command, Key, Keys, Name, Narrative, Reason, Reference, Url, Wording
from domain.shared.vocabulary import Participant, TookPart


class ReferReview(Command, frozen=True):
    """A case is referred; `kind` is what whoever refers it thinks of.

    `circumstances` are those of the framework in which a case must always lead to a review.
    """

    title: Name
    kind: Key | None = None
    referred_by: Name | None = None
    aware_on: date | None = None
    agencies: Keys = ()
    circumstances: Keys = ()


class AdviseReview(Command, frozen=True):
    """What a body advises the chair to do about a referral, and why: a review of this kind, or no review."""

    id: UUID
    body: Key
    kind: Key | None = None
    no_review: bool = False
    advice: Narrative


class DeclineReview(Command, frozen=True):
    id: UUID
    reason: Reason


class ConditionMet(BaseModel, frozen=True, extra="forbid"):
    """A condition of the kind in the framework's words, and in the reviewer's how it is met."""

    condition: Name
    words: Narrative


class CriterionMet(BaseModel, frozen=True, extra="forbid"):
    criterion: Key
    words: Narrative


class CommissionReview(Command, frozen=True):
    """
    `checks` are recommendations whose impact it looks at; `planned_audit` is a place of that year's programme.

    `reports_through` is the body that will decide about its recommendations, where the framework gives none; `reason`
    says why something else than what was referred and advised, or declined, is commissioned.
    """

    kind: Key
    title: Name
    mandated_by: Name | None = None
    lead_reviewer: Name | None = None
    lead_reviewer_employer: Name | None = None
    agencies: Keys = ()
    aware_on: date | None = None
    method: Name | None = None
    follows_up: UUID | None = None
    checks: Annotated[tuple[UUID, ...], Field(max_length=200)] = ()
    planned_audit: UUID | None = None
    programme_year: Annotated[int, Field(ge=1989, le=2200)] | None = None
    themes: Keys = ()
    facilitator: Name | None = None
    conditions_met: Annotated[tuple[ConditionMet, ...], Field(max_length=100)] | None = None
    criteria_met: Annotated[tuple[CriterionMet, ...], Field(max_length=100)] | None = None
    stakeholders: Annotated[tuple[Name, ...], Field(max_length=100)] | None = None
    reference: Reference | None = None
    shared_reference: Reference | None = None
    referral_id: UUID | None = None
    reports_through: Key | None = None
    reason: Reason | None = None


class ReviewSection(BaseModel, frozen=True, extra="forbid"):
    key: Key
    text: Narrative


class AgreeReview(Command, frozen=True):
    """By a body that the kind names; without `body`, by the chair, or by the one such body that a member acts for."""

    id: UUID
    body: Key | None = None


class CompleteReview(Command, frozen=True):
    id: UUID
    sections: Annotated[tuple[ReviewSection, ...], Field(max_length=100)] = ()


class PublishReview(Command, frozen=True):
    id: UUID
    url: Url | None = None
    board_response: Narrative | None = None


class WithholdPublication(Command, frozen=True):
    id: UUID
    reason: Reason
    improvements: Narrative | None = None


class StartClock(Command, frozen=True):
    """A deadline of the framework, by its key, or another clock with the day on which it falls due."""

    review_id: UUID
    clock: Key
    started_on: date
    due_on: date | None = None


class StopClock(Command, frozen=True):
    review_id: UUID
    clock: Key
    stopped_on: date


class IdentifyLearning(Command, frozen=True):
    review_id: UUID
    wording: Wording
    good_practice: bool = False
    themes: Keys = ()
    agencies: Keys = ()
    yields: Name | None = None


class RecordParticipation(Command, frozen=True):
    """Whether somebody was invited to contribute to the review and did, how, or why not."""

    id: UUID
    participant: Participant
    who: Name | None = None
    invited: bool
    took_part: TookPart | None = None
    how: Narrative | None = None
    why_not: Narrative | None = None


class TakeUpLearning(Command, frozen=True):
    """What a body that is fed has made of learning; without `body` the one that a member acts for."""

    review_id: UUID
    learning_id: UUID
    body: Key | None = None
    what_was_done: Narrative


class DisseminateLearning(Command, frozen=True):
    """
    Learning of the review, and perhaps of others, is brought to an audience. Without `learning` all of the review's,
    without `agencies` to those that the review involves, while an empty list is none; without `confirm_by` by the
    framework's days. `bodies` are those of the framework in force.
    """

    review_id: UUID
    method: Key
    audience: Annotated[tuple[Name, ...], Field(min_length=1, max_length=100)]
    agencies: Keys | None = None
    bodies: Keys = ()
    public: bool = False
    media: bool = False
    learning: Annotated[tuple[UUID, ...], Field(max_length=200)] = ()
    confirm_by: date | None = None


class ConfirmLearning(Command, frozen=True):
    """The duties that are named, or all of the caller's that are open here; `agency` is whom the unit records for."""

    review_id: UUID
    duty_id: UUID | None = None
    duty_ids: Annotated[tuple[UUID, ...], Field(max_length=500)] | None = None
    agency: Key | None = None
    assurance: Narrative
