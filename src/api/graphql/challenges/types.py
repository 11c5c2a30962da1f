"""A formal challenge: issued by the chair to one agency, about what is that agency's."""

from datetime import date
from typing import Annotated, Any, TypeAlias
from uuid import UUID

import strawberry

from api.graphql.actions.types import Action
from api.graphql.agencies.types import Actor, Agency
from api.graphql.clocks.types import Clock
from api.graphql.descriptions import documented
from api.graphql.dissemination.types import together
from api.graphql.duties.types import Duty
from api.graphql.event_json import EventJson
from api.graphql.history.types import HistoryEntry
from api.graphql.lifecycle.resolvers import history
from api.graphql.node import Node, challenge_id
from api.graphql.recommendations.types import Recommendation
from api.graphql.returns.types import YearlyReturn
from api.graphql.reviews.types import Review
from api.loaders.entries import entries
from api.loaders.records import Batch, load_many
from domain.challenge.state import UNANSWERED
from domain.shared.vocabulary import ChallengeOutcome, ChallengeStage, Kind
from projections.queries.challenges.query import ChallengeRead
from projections.queries.duties import query as duties


@documented
@strawberry.type
class ChallengeResponse:
    """An agency's answer to a formal challenge."""

    responded_on: date
    """The day of the answer."""
    by: Actor
    """Who recorded it."""
    agency: Agency
    """Whose answer it is; `by` is who recorded it, which on paper is the business unit."""
    narrative: str
    """What the agency answers."""
    level: int
    """The level at which it answered."""

    @classmethod
    def of(cls, event: EventJson) -> "ChallengeResponse":
        return cls(
            responded_on=event.happened_on,
            by=event.by,
            agency=event.reading.agencies[event.text("agency") or event.detail["by"]["agency"]],
            narrative=event.given_text("narrative"),
            level=event.number("level") or 1,
        )


@documented
@strawberry.type
class ChallengeEscalation:
    """A formal challenge taken to the next level of the route."""

    level: int
    """The level that it reached."""
    reason: str
    """Why it was escalated."""
    escalated_on: date
    """The day of the escalation."""
    response_due_on: date
    """The day by which the agency is to answer at that level."""
    by: Actor
    """Who escalated it."""

    @classmethod
    def of(cls, event: EventJson) -> "ChallengeEscalation":
        return cls(
            level=event.number("level") or 1,
            reason=event.given_text("reason"),
            escalated_on=event.happened_on,
            response_due_on=event.given_day("response_due_on"),
            by=event.by,
        )


@documented
@strawberry.type
class ChallengedClock:
    """A clock of a review, as a challenge is about it."""

    review: Review
    """The review."""
    clock: Clock
    """The latest run of the clock."""


ChallengeSubject = Annotated[
    Recommendation | Action | Review | YearlyReturn | Duty | ChallengedClock,
    strawberry.union("ChallengeSubject", description="What a formal challenge may be about."),
]

Key: TypeAlias = tuple[UUID, str | None]


def _agency(root: strawberry.Parent[ChallengeRead]) -> Agency:
    shown: Agency = root.batch.reading.agencies[root.agency_key]
    return shown


def _issued_by(root: strawberry.Parent[ChallengeRead]) -> Actor:
    return Actor.of(root.issuer, root.batch.reading)


def _responses(root: strawberry.Parent[ChallengeRead]) -> list[ChallengeResponse]:
    return [ChallengeResponse.of(event) for event in entries(root, "challenge_response")]


def _escalations(root: strawberry.Parent[ChallengeRead]) -> list[ChallengeEscalation]:
    return [ChallengeEscalation.of(event) for event in entries(root, "challenge_escalation")]


def _level_name(root: strawberry.Parent[ChallengeRead]) -> str:
    since = (
        EventJson(root.clock_details[-1], root.batch.reading).given_day("started_on") if root.clock_details else None
    )
    name: str = root.batch.reading.partnership_frameworks.level_name(root.level, since or root.issued_on)
    return name


def _clocks(root: strawberry.Parent[ChallengeRead]) -> list[Clock]:
    return [_clock(EventJson(detail, root.batch.reading), root.agency_key) for detail in root.clock_details]


def _clock(event: EventJson, agency: str) -> Clock:
    name = event.reading.partnership_frameworks.level_name(event.number("level") or 1, event.given_day("started_on"))
    return Clock.of(event, name, agency)


def _days_to_respond(root: strawberry.Parent[ChallengeRead]) -> int | None:
    if root.stage not in UNANSWERED:
        return None
    days: int = (root.response_due_on - root.batch.reading.effective_on).days
    return days


def _subjects(root: strawberry.Parent[ChallengeRead]) -> Any:
    """In the order of the challenge; an agency that a subject has left since does not see it any more."""
    subjects = root.batch.once("subjects", lambda: _subjects_of(root.batch))
    named = map(_key, root.about)
    return [subjects[key] for key in named if key in subjects]


def _key(about: dict[str, str | None]) -> Key:
    """A thing by its id, a duty by its own, a clock by its review's and its name."""
    return UUID(about.get("duty") or about["id"]), about.get("clock")


def _subjects_of(batch: Batch[ChallengeRead]) -> dict[Key, Any]:
    subjects: dict[Key, Any] = {}
    about = [each for row in batch.rows for each in row.about]
    for kind in (Kind.REVIEW, Kind.RECOMMENDATION, Kind.ACTION, Kind.RETURN):
        named = (UUID(each["id"]) for each in about if each["kind"] == kind and not each.get("duty"))
        subjects |= {(id, None): thing for id, thing in load_many(batch.reading, kind, dict.fromkeys(named)).items()}
    owed = dict.fromkeys(UUID(each["duty"]) for each in about if each.get("duty"))
    if owed:
        read = together(batch.reading, duties.by_id(batch.reading.query_context, owed))
        subjects |= {(row.entry, None): row for row in read}
    return subjects | _clocks_of(subjects, {_key(each) for each in about if each.get("clock")})


def _clocks_of(subjects: dict[Key, Any], named: set[Key]) -> dict[Key, ChallengedClock]:
    """The latest run of each, of a review that the asker may see."""
    latest: dict[Key, ChallengedClock] = {}
    for id, name in named:
        review: Any = subjects.get((id, None))
        runs = [event for event in entries(review, "clock") if event.text("clock") == name] if review else []
        if runs:
            latest[id, name] = ChallengedClock(review=review, clock=Clock.of(runs[-1]))
    return latest


@documented
@strawberry.type
class Challenge(Node):
    """A formal challenge of the board to one agency, until it is resolved or withdrawn."""

    id: strawberry.ID = strawberry.field(resolver=challenge_id)
    version: int
    """Counts the facts recorded about it; what `expectedVersion` takes."""
    reference: str
    """The number that people use, as `C0003`."""
    agency: Agency = strawberry.field(resolver=_agency)
    """The agency that is challenged."""
    grounds: str
    """Why it is challenged."""
    requested: str | None
    """What it is asked to do."""
    stage: ChallengeStage
    """How far it has come."""
    level: int
    """The level of the challenge route that it has reached, counted from 1."""
    level_name: str = strawberry.field(resolver=_level_name)
    """What the route calls the level, by the framework that was in force when the challenge reached it."""
    subjects: list[ChallengeSubject] = strawberry.field(resolver=_subjects)
    """What it is about: items, reviews, returns, duties and clocks of the agency; none where it is its performance."""
    about_performance: bool
    """About the agency's performance as such. Upheld, what follows is said in `outcomeReason`."""
    issued_on: date
    """The day on which it was issued."""
    issued_by: Actor = strawberry.field(resolver=_issued_by)
    """Who issued it."""
    response_due_on: date
    """The day by which the agency is to answer at this level."""
    overdue: bool
    """Whether its answer is late on the day asked about."""
    days_to_respond: int | None = strawberry.field(resolver=_days_to_respond)
    """Days left for the answer on the day asked about; negative once it is late, null when none is awaited."""
    answered_on: date | None
    """When it was first answered at the level that it has reached."""
    clocks: list[Clock] = strawberry.field(resolver=_clocks)
    """One for each level it reached: stopped by the answer, by the escalation to the next level, or by the end."""
    responses: list[ChallengeResponse] = strawberry.field(resolver=_responses)
    """The agency's answers, the earliest first."""
    escalations: list[ChallengeEscalation] = strawberry.field(resolver=_escalations)
    """Its escalations, the earliest first."""
    outcome: ChallengeOutcome | None
    """How it was resolved; null while it is open, and where it was withdrawn."""
    outcome_reason: str | None
    """Why it was resolved or withdrawn so."""
    ended_on: date | None
    """The day on which it was resolved or withdrawn."""
    history: list[HistoryEntry] = strawberry.field(resolver=history)
    """Every fact recorded about it, in order of recording."""

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, ChallengeRead)
