"""What happens to a review; Challenged and ChallengeEnded are shared (`domain.lifecycle.events`)."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from domain.duties.events import DutyOwed, Obliged
from domain.shared.facts import Fact
from domain.shared.vocabulary import DeadlineUnit, Participant, RunsFrom, StoppedBy, TookPart


class Section(BaseModel, frozen=True, extra="forbid"):
    key: str
    text: str


class ConditionMet(BaseModel, frozen=True, extra="forbid"):
    """A condition in the framework's words, and how it was met."""

    condition: str
    words: str


class CriterionMet(BaseModel, frozen=True, extra="forbid"):
    criterion: str
    words: str


class ClockRule(BaseModel, frozen=True, extra="forbid"):
    """A deadline of the framework as it then stood: its clock starts by the fact that holds this, if by any."""

    clock_id: UUID
    clock: str
    runs_from: RunsFrom
    length: int
    unit: DeadlineUnit
    stopped_by: StoppedBy | None = None


class Referred(Fact, frozen=True):
    """A case is referred to be reviewed; whether it is, and how, the chair decides. `clocks` run from `aware_on`."""

    reference: str
    title: str
    framework: str
    kind: str | None = None
    referred_by: str | None = None
    agencies: tuple[str, ...] = ()
    aware_on: date | None = None
    circumstances: tuple[str, ...] = ()
    clocks: tuple[ClockRule, ...] = ()


class Advised(Fact, frozen=True):
    """A body's advice: a review of this kind of the framework then in force or, with `no_review`, none of the kind."""

    body: str
    kind: str
    framework: str
    advice: str
    no_review: bool = False


class Declined(Fact, frozen=True):
    """The case is not reviewed, for a reason."""

    reason: str


class Commissioned(Fact, frozen=True):
    """
    A review of a kind of the framework then in force. The first of `monitored_by` decides about what arises.

    `agreed_by` are the bodies that must agree it, with the chair, and `asked_sections` what it has to say, before it
    is completed; `published_with_response` says that the board's own stands beside it. `checks` are the
    recommendations whose impact it looks at. `decided_by_chair`: the final decision is the chair's, who takes it in
    commissioning what was referred, and otherwise agrees what the business unit commissioned; facts of before do not
    say it, and what their reviews find is no draft for that. `lead_reviewer_independent` is what was known of it when
    it was commissioned: whether no agency under review, nor its kin, employs the lead; None where that was not known.
    `reports_through` is the body that whoever commissioned it named, where the framework gives none; `reason` says why
    something else than what was referred and advised, or declined, was commissioned. `aware_on` is what whoever
    commissioned it said; None leaves what the referral says. `clocks` run from that day or from the commissioning.
    `stakeholders` are those of the kind, unless others were named.
    """

    reference: str
    title: str
    kind: str
    framework: str
    statutory: bool = False
    mandated_by: str | None = None
    lead_reviewer: str | None = None
    lead_reviewer_employer: str | None = None
    lead_reviewer_independent: bool | None = None
    agencies: tuple[str, ...] = ()
    aware_on: date | None = None
    method: str | None = None
    follows_up: UUID | None = None
    themes: tuple[str, ...] = ()
    facilitator: str | None = None
    shared_reference: str | None = None
    programme_year: int | None = None
    monitored_by: tuple[str, ...] = ()
    agreed_by: tuple[str, ...] = ()
    decided_by_chair: bool = False
    asked_sections: tuple[str, ...] = ()
    checks: tuple[UUID, ...] = ()
    published_with_response: bool = False
    reports_through: str | None = None
    reason: str | None = None
    conditions_met: tuple[ConditionMet, ...] = ()
    criteria_met: tuple[CriterionMet, ...] = ()
    stakeholders: tuple[str, ...] = ()
    clocks: tuple[ClockRule, ...] = ()


class Agreed(Fact, frozen=True):
    """By a body; without one, by the chair. `framework` holds the body; None is the review's own."""

    body: str | None = None
    framework: str | None = None


class Completed(Fact, frozen=True):
    """`clocks` run from it."""

    sections: tuple[Section, ...] = ()
    clocks: tuple[ClockRule, ...] = ()


class RecommendationArisen(Fact, frozen=True):
    """A `draft` until the review is agreed by whoever must agree it."""

    recommendation_id: UUID
    reference: str
    draft: bool = False


class LearningIdentified(Fact, frozen=True):
    """Something to improve or, with `good_practice`, to do more often; `yields`: which kind of learning it is."""

    learning_id: UUID
    wording: str
    good_practice: bool = False
    themes: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    yields: str | None = None
    draft: bool = False


class LearningDisseminated(Fact, frozen=True):
    """
    Learning, of this review and perhaps of others, was brought to an audience by a method of the review's framework:
    to agencies, to `bodies` of the framework `bodies_of`, to the public, to the media.

    Whoever is `obliged` has the `duties`, to be confirmed by `confirm_by`. `obliges` says who has not had them
    before about which learning; facts of before it was asked oblige all of their agencies about all of it.
    `due_stated` as in ClockStarted.
    """

    dissemination_id: UUID
    method: str
    audience: tuple[str, ...]
    agencies: tuple[str, ...]
    learning: tuple[UUID, ...]
    confirm_by: date
    duties: tuple[DutyOwed, ...]
    bodies: tuple[str, ...] = ()
    bodies_of: str | None = None
    public: bool = False
    media: bool = False
    obliges: tuple[Obliged, ...] | None = None
    due_stated: bool | None = None

    @property
    def obliged(self) -> tuple[Obliged, ...]:
        if self.obliges is not None:
            return self.obliges
        return tuple(Obliged(agency=agency, learning=self.learning) for agency in (None, *self.agencies))


class LearningJoined(Fact, frozen=True):
    """Learning of this review was disseminated with that of `review_id`, on which this is recorded."""

    dissemination_id: UUID
    review_id: UUID
    agencies: tuple[str, ...]


class ParticipationRecorded(Fact, frozen=True):
    """
    Whether somebody was invited to contribute and did, by role and never by name; `who` tells several of one kind
    apart. The latest answer about the same stands. Without `took_part` that is not known yet.
    """

    participant: Participant
    who: str | None = None
    invited: bool
    took_part: TookPart | None = None
    how: str | None = None
    why_not: str | None = None

    @property
    def about(self) -> tuple[Participant, str | None]:
        return self.participant, self.who

    @property
    def answer(self) -> tuple[bool, TookPart | None, str | None, str | None]:
        return self.invited, self.took_part, self.how, self.why_not


class LearningTakenUp(Fact, frozen=True):
    """A body of the framework has made something of learning that it was fed, such as a course."""

    learning_id: UUID
    body: str
    framework: str
    what_was_done: str


class Published(Fact, frozen=True):
    url: str | None = None
    board_response: str | None = None


class PublicationWithheld(Fact, frozen=True):
    """Not published, for a reason, perhaps with the improvements published instead."""

    reason: str
    improvements: str | None = None


class ClockStarted(Fact, frozen=True):
    """
    `started_on` may lie before the review, which began with it at the earliest: awareness comes first. What it is
    `stopped_by`, the framework then said; the stop follows from that fact. `due_stated`: whether the day was named, or
    given by the framework's length of time; None where that was not recorded.
    """

    clock_id: UUID
    clock: str
    started_on: date
    due_on: date
    working_days: bool = False
    stopped_by: StoppedBy | None = None
    due_stated: bool | None = None


class ClockStopped(Fact, frozen=True):
    """`clocks` run from what was stated by stopping it."""

    clock_id: UUID
    clock: str
    stopped_on: date
    clocks: tuple[ClockRule, ...] = ()
