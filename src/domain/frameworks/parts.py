"""The parts of a framework: bodies, kinds of review, deadlines, the steps of a challenge's route."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StringConstraints

from domain.shared.commands import without_nul
from domain.shared.vocabulary import DeadlineUnit, RunsFrom, StoppedBy

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True), AfterValidator(without_nul)]
Count = Annotated[int, Field(strict=True, ge=1, le=10_000)]


class FrameworkPart(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Body(FrameworkPart):
    """
    A group of the partnership, or `outside` it; one that `receives_all_learning` is fed by every kind of review.
    `remit` is what it does, `tiers` on which levels it works.

    What it took over: `succeeds` names bodies of the framework that this one succeeds; `succeeded_by`, from the other
    side, a body of the framework that succeeds this one.
    """

    key: Key
    name: Text
    accountable_to: Key | None = None
    succeeds: tuple[Key, ...] = ()
    succeeded_by: Key | None = None
    shared_with: tuple[Text, ...] = ()
    chaired_by: Text | None = None
    tiers: tuple[Text, ...] = ()
    remit: tuple[Text, ...] = ()
    means_of_improvement: tuple[Text, ...] = ()
    measures_of_effectiveness: tuple[Text, ...] = ()
    outside: StrictBool = False
    receives_all_learning: StrictBool = False


class ReviewKind(FrameworkPart):
    """
    A kind of review or audit. The first of `monitored_by` decides about its recommendations, the others read.

    A review is agreed by every body of `agreed_by` and, where one is named, by the chair. `mandated_by`: the bodies
    that may mandate one, where they differ from the framework's; empty, whoever does. A case that was referred is
    commissioned once every body of `advised_by` has advised; with `on_referral` nothing else is. With
    `decided_by_chair` the final decision is the independent chair's. A case in a circumstance of
    `always_when` is not declined and leads to nothing else. One is `submitted_to` any of these bodies, who
    consider whether there is a review. `sections`: what it has to say when it is
    completed, by key; `offered_sections`: what it may. `judgements`: one of these words is its outcome. `methods`: the
    framework's methods of case reviews that are offered for it; any words name one. What is
    `published_with_response` is not published without the board's. Where `independent_lead` is not said, a statutory
    review has one.

    `criteria` is what leads to a review, as text; `any_criterion`, where it is several of which one suffices, each of
    them. `conditions` are text; those that stand among `binding_conditions` too must be said to be met by whoever says
    which are. What is `of_schools` names schools only, once the register knows which agencies are schools.
    """

    key: Key
    name: Text
    statutory: StrictBool = False
    criteria: Text | None = None
    always_when: dict[Key, Text] = {}
    any_criterion: dict[Key, Text] = {}
    conditions: tuple[Text, ...] = ()
    binding_conditions: tuple[Text, ...] = ()
    tiers: tuple[Text, ...] = ()
    monitored_by: tuple[Key, ...] = ()
    feeds: tuple[Key, ...] = ()
    submitted_to: tuple[Key, ...] = ()
    learning: tuple[Text, ...] = ()
    disseminated_by: tuple[Key, ...] = ()
    stakeholders: tuple[Text, ...] = ()
    advised_by: tuple[Key, ...] = ()
    agreed_by: tuple[Key, ...] = ()
    mandated_by: tuple[Key, ...] | None = None
    minimum_agencies: Annotated[int, Field(strict=True, ge=0, le=10_000)] = 0
    maximum_agencies: Count | None = None
    of_schools: StrictBool = False
    on_referral: StrictBool = False
    decided_by_chair: StrictBool = False
    independent_lead: StrictBool | None = None
    facilitated: StrictBool = False
    methods: tuple[Key, ...] = ()
    sections: dict[Key, Text] = {}
    offered_sections: dict[Key, Text] = {}
    judgements: tuple[Text, ...] = ()
    published_with_response: StrictBool = False

    @property
    def needs_an_independent_lead(self) -> bool:
        return self.statutory if self.independent_lead is None else self.independent_lead

    @property
    def criteria_by_key(self) -> dict[str, str]:
        """Of which whoever commissions a review may say that it is met, and how; one suffices."""
        listed = self.any_criterion or ({"criteria": self.criteria} if self.criteria else {})
        return {**listed, **self.always_when}

    @property
    def is_the_chairs_on_referral(self) -> bool:
        """Whether, of a case that was referred, nobody but the chair decides."""
        return self.decided_by_chair or bool(self.advised_by)


class ChallengeLevel(FrameworkPart):
    """One step of a formal challenge's route, from 1; an answer is expected within `working_days`."""

    level: Count
    name: Text
    working_days: Count


class Programme(FrameworkPart):
    """
    A year's audit programme: at most `limit` reviews of `kinds`, on `topics` (keys of themes) to begin with;
    `chosen_from` says, in the framework's words, what a year's topics are.
    """

    kinds: tuple[Key, ...] = ()
    limit: Count | None = None
    topics: tuple[Key, ...] = ()
    chosen_from: tuple[Text, ...] = ()


class Rhythm(FrameworkPart):
    """
    Reviews of `kinds` that the framework expects again and again: `times` in every `every_months` of a calendar year;
    without `times`, as many as are agreed for the year.
    """

    key: Key
    name: Text
    kinds: tuple[Key, ...]
    times: Count | None = None
    every_months: Literal[1, 2, 3, 4, 6, 12] = 12


class ResponseTime(FrameworkPart):
    """How long an agency has for its answer; the day on which it is asked never counts."""

    length: Count
    unit: DeadlineUnit


class Deadline(FrameworkPart):
    """
    `runs_from`: the fact that starts the clock, `counted_from` the same in the framework's words; what runs from the
    commissioning or the completion of a review names the `kinds` of which. `stopped_by`: which fact stops it, where one
    does; `stopping_is`: the fact that is stated by stopping it. `standing`: by what force it binds, in words.
    """

    key: Key
    name: Text
    length: Count
    unit: DeadlineUnit
    stopped_by: StoppedBy | None = None
    stopping_is: RunsFrom | None = None
    runs_from: RunsFrom | None = None
    counted_from: Text | None = None
    kinds: tuple[Key, ...] = ()
    standing: Text | None = None

    @property
    def start_in_words(self) -> str | None:
        return self.counted_from or (self.runs_from and in_words(self.runs_from))


class PrintedDeadline(FrameworkPart):
    """A deadline without a length: `due` tells where the day is printed."""

    key: Key
    name: Text
    runs_from: RunsFrom = RunsFrom.PRINTED_DATE
    counted_from: Text | None = None
    due: Text
    standing: Text | None = None

    @property
    def start_in_words(self) -> str:
        return self.counted_from or in_words(self.runs_from)


def in_words(runs_from: RunsFrom) -> str:
    return runs_from.value.replace("_", " ").lower()
