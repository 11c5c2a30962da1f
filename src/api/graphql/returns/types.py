"""An agency's return on its standing duties."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import strawberry

from api.context import Reading
from api.graphql.actions.types import Action
from api.graphql.agencies.types import Actor, Agency, Body
from api.graphql.descriptions import documented
from api.graphql.dissemination.types import duties_by
from api.graphql.duties.types import Duty
from api.graphql.event_json import EventJson
from api.graphql.frameworks.types import Framework
from api.graphql.history.types import HistoryEntry
from api.graphql.lifecycle.resolvers import challenges, history
from api.graphql.node import Node, opaque
from api.graphql.recommendations.types import Recommendation
from api.graphql.reviews.types import Review
from api.loaders.records import Batch, load_many
from domain.challenge.state import ENDED
from domain.shared.vocabulary import Kind
from projections.queries.duties import query as duties
from projections.queries.duties.query import DutyRead
from projections.queries.returns.query import ReturnRead, RoundRead

if TYPE_CHECKING:
    from api.graphql.challenges.types import Challenge


REVIEW = "The audit that the round of returns belongs to, such as a section 11 audit."


def _id(root: strawberry.Parent[ReturnRead]) -> strawberry.ID:
    return opaque("return", root.thing)


def _agency(root: strawberry.Parent[ReturnRead]) -> Agency:
    shown: Agency = root.batch.reading.agencies[root.agency_key]
    return shown


def _framework(root: strawberry.Parent[ReturnRead]) -> Framework:
    shown: Framework = root.batch.reading.partnership_frameworks.framework(root.framework_key)
    return shown


def _duties(root: strawberry.Parent[ReturnRead]) -> Any:
    batch: Batch[ReturnRead] = root.batch
    return batch.once("duties", lambda: _duties_of(batch))[root.thing]


def _duties_of(batch: Batch[ReturnRead]) -> dict[UUID, list[DutyRead]]:
    read = duties.of_origins(batch.reading.query_context, batch.ids(lambda each: [each.thing]))
    return duties_by(batch.reading, read)


def _review(root: strawberry.Parent[ReturnRead]) -> Any:
    return _found(root.batch, Kind.REVIEW, lambda row: [row.review_id]).get(root.review_id)


def _found(batch: Batch[ReturnRead], kind: Kind, ids: Callable[[ReturnRead], Iterable[UUID | None]]) -> dict[Any, Any]:
    return batch.once(kind, lambda: load_many(batch.reading, kind, batch.ids(ids)))


def _judge(root: strawberry.Parent[ReturnRead]) -> Body | None:
    return _body(root, root.judge_key)


def _body(row: ReturnRead, key: str | None) -> Body | None:
    shown: Body | None = (
        None if key is None else row.batch.reading.partnership_frameworks.body_of(row.framework_key, key)
    )
    return shown


@documented
@strawberry.type
class ReturnVerdict:
    """What the body that judges returns found of this one, the latest time; standard by standard in the duties."""

    judged_on: date
    """The day of the verdict."""
    by: Actor
    """Who recorded it."""
    body: Body | None
    """The body that it was given for; null for the chair."""
    narrative: str | None
    """What is said of the return as a whole."""


def _verdict(root: strawberry.Parent[ReturnRead]) -> ReturnVerdict | None:
    if root.verdict is None:
        return None
    event = EventJson(root.verdict, root.batch.reading)
    body = _body(root, event.text("body"))
    return ReturnVerdict(judged_on=event.happened_on, by=event.by, body=body, narrative=event.text("narrative"))


def _work(row: ReturnRead, point: Mapping[str, Any], kind: Kind) -> Any:
    def ids(each: ReturnRead) -> list[UUID]:
        return [UUID(point[kind]) for point in each.improvements if kind in point]

    return _found(row.batch, kind, ids).get(UUID(point[kind])) if kind in point else None


def _improvement_id(root: strawberry.Parent["ReturnImprovement"]) -> strawberry.ID:
    return opaque("improvement", root.point["id"])


def _duty(root: strawberry.Parent["ReturnImprovement"]) -> Duty | None:
    shown: Duty | None = next((each for each in _duties(root.row) if str(each.entry) == root.point["duty"]), None)
    return shown


def _recommendation(root: strawberry.Parent["ReturnImprovement"]) -> Recommendation | None:
    shown: Recommendation | None = _work(root.row, root.point, Kind.RECOMMENDATION)
    return shown


def _action(root: strawberry.Parent["ReturnImprovement"]) -> Action | None:
    shown: Action | None = _work(root.row, root.point, Kind.ACTION)
    return shown


@documented
@strawberry.type
class ReturnImprovement:
    """Something to be put right, as the agency found it itself or the judge did."""

    row: strawberry.Private[ReturnRead]
    point: strawberry.Private[Mapping[str, Any]]
    id: strawberry.ID = strawberry.field(resolver=_improvement_id)
    """By which a correction of the return names it."""
    wording: str
    """What is to be put right."""
    by_judge: bool
    """Made by the judge; false: by the agency in its own assessment."""
    duty: Duty | None = strawberry.field(resolver=_duty)
    """The standard that it is about; null where it is about the return as a whole."""
    recommendation: Recommendation | None = strawberry.field(resolver=_recommendation)
    """What it became; null until then, or where it became the other of the two."""
    action: Action | None = strawberry.field(resolver=_action)
    """What it became; null until then, or where it became the other of the two."""


def _improvements(root: strawberry.Parent[ReturnRead]) -> list[ReturnImprovement]:
    return [
        ReturnImprovement(row=root, point=each, wording=each["wording"], by_judge=each["by_judge"])
        for each in root.improvements
    ]


def _challenged(root: strawberry.Parent[ReturnRead]) -> bool:
    return any(challenge.stage not in ENDED for challenge in challenges(root))


@documented
@strawberry.type
class YearlyReturn(Node):
    """An agency's account of its standing duties for a period."""

    id: strawberry.ID = strawberry.field(resolver=_id)
    version: int
    """Counts the facts recorded about it; what `expectedVersion` takes."""
    agency: Agency = strawberry.field(resolver=_agency)
    """The agency that was called to account."""
    framework: Framework = strawberry.field(resolver=_framework)
    """The framework whose standing duties it is about."""
    year: int
    """The year that it is of."""
    period: int
    """Which of the year's periods it covers, counted from 1."""
    since: date = strawberry.field(name="from")
    """The first day of its period."""
    until: date
    """The last day of its period."""
    called_on: date
    """The day on which the agency was called."""
    due_on: date
    """The day by which it is to answer."""
    duties: list[Duty] = strawberry.field(resolver=_duties)
    """Its standing duties, each with its assessment."""
    review: Review | None = strawberry.field(resolver=_review)
    """The audit that the round of returns belongs to, such as a section 11 audit."""
    judged_by: Body | None = strawberry.field(resolver=_judge)
    """The body of the framework that judges it; null of what was called for before returns were judged."""
    answered_on: date | None
    """The day on which the agency last assessed itself or confirmed a duty; null before its first answer."""
    narrative: str | None
    """The agency's own words on its return as a whole."""
    verdict: ReturnVerdict | None = strawberry.field(resolver=_verdict)
    """What the judge found; null until then."""
    improvements: list[ReturnImprovement] = strawberry.field(resolver=_improvements)
    """What is to be put right, in the order in which it was said."""
    challenged: bool = strawberry.field(resolver=_challenged)
    """A formal challenge about it, or about a duty in it, is open; it is confirmed as before."""
    challenges: list[Annotated["Challenge", strawberry.lazy("api.graphql.challenges.types")]] = strawberry.field(
        resolver=challenges
    )
    """The formal challenges about it, the latest first."""
    history: list[HistoryEntry] = strawberry.field(resolver=history)
    """Every fact recorded about it, in order of recording."""

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, ReturnRead)


# A period's returns as a whole: who was called, what came of it, and whether anybody was called at all.


@documented
@strawberry.type
class ReturnRound:
    """
    The returns of one period of a year. A period that the framework asks for is there whether anybody was called for it
    or not. An agency's eyes see its own return only.
    """

    year: int
    """The year."""
    period: int
    """Which of the year's periods, counted from 1."""
    since: date = strawberry.field(name="from")
    """The first day of the period."""
    until: date
    """The last day of the period."""
    framework: Framework
    """The framework in force on the last day of the period."""
    called: list[Agency]
    """The agencies that were called."""
    not_called: list[Agency]
    """Partner agencies of the day asked about that were not called."""
    missed: bool
    """The period has ended and nobody was called; in an agency's eyes, it was not called itself."""
    answered: int
    """Returns in which anything was answered."""
    complete: int
    """Returns in which every standard was answered for."""
    overdue: int
    """Returns that were due before the day asked about and are not complete."""
    judged: int
    """Returns that were judged."""
    improvements: int
    """Improvement points that agencies and judges made."""
    improvements_raised: int
    """Those of them that have become recommendations or actions."""


def rounds_of(reading: Reading, read: list[RoundRead], first_year: int, last_year: int) -> Iterator[ReturnRound]:
    """What was called for, and what the framework of its time asked for and nobody called."""
    found = {(each.year, each.period): each for each in read}
    requested = {(year, period) for year in range(first_year, last_year + 1) for period in _periods(reading, year)}
    for year, period in sorted(found.keys() | requested):
        yield _round(reading, year, period, found.get((year, period)))


def _periods(reading: Reading, year: int) -> Iterator[int]:
    """Those that had begun on the day asked about, since the partnership has a framework with standing duties."""
    for number in range(1, 13):
        duties = reading.partnership_frameworks.framework_on(date(year, 12, 31)).duties
        if number > duties.periods_a_year or not duties.standing:
            return
        since, until = duties.period(year, number)
        if since <= reading.effective_on and until >= reading.partnership_frameworks.began_on:
            yield number


def _round(reading: Reading, year: int, period: int, read: RoundRead | None) -> ReturnRound:
    framework = reading.partnership_frameworks.framework_on(date(year, 12, 31))
    since, until = (read.since, read.until) if read else framework.duties.period(year, period)
    called = [] if read is None else read.called
    mine = reading.query_context.visible_to
    return ReturnRound(
        year=year,
        period=period,
        since=since,
        until=until,
        framework=reading.partnership_frameworks.framework(framework.key),
        called=[reading.agencies[key] for key in called],
        not_called=[
            each
            for each in reading.agencies
            if each.kind.owes_returns and each.successor is None and each.key not in called
            if mine is None or each.key in mine
        ],
        missed=not called and until < reading.effective_on,
        answered=read.answered if read else 0,
        complete=read.complete if read else 0,
        overdue=read.overdue if read else 0,
        judged=read.judged if read else 0,
        improvements=read.improvements if read else 0,
        improvements_raised=read.improvements_raised if read else 0,
    )
