"""An agency's return on its standing duties."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import strawberry

from api.batches import Batch
from api.documented import documented
from api.things import found
from api.types.action import Action
from api.types.actor import Actor
from api.types.agency import Agency
from api.types.body import Body
from api.types.dissemination import duties_by
from api.types.duty import Duty
from api.types.framework import Framework
from api.types.history import HistoryEntry
from api.types.living import challenges, history
from api.types.node import Node, opaque
from api.types.recommendation import Recommendation
from api.types.review import Review
from api.types.telling import Told
from domain.challenge.state import ENDED
from domain.words import Kind
from projections.duties import view as duties
from projections.duties.view import DutyRead
from projections.returns.rows import ReturnRead

if TYPE_CHECKING:
    from api.types.challenge import Challenge

REVIEW = "The audit that the round of returns belongs to, such as a section 11 audit."


def _id(root: strawberry.Parent[ReturnRead]) -> strawberry.ID:
    return opaque("return", root.thing)


def _agency(root: strawberry.Parent[ReturnRead]) -> Agency:
    shown: Agency = root.batch.reading.agencies[root.agency_key]
    return shown


def _framework(root: strawberry.Parent[ReturnRead]) -> Framework:
    shown: Framework = root.batch.reading.framing.framework(root.framework_key)
    return shown


def _duties(root: strawberry.Parent[ReturnRead]) -> Any:
    batch: Batch[ReturnRead] = root.batch
    return batch.once("duties", lambda: _duties_of(batch))[root.thing]


def _duties_of(batch: Batch[ReturnRead]) -> dict[UUID, list[DutyRead]]:
    read = duties.of_origins(batch.reading.asking, batch.ids(lambda each: [each.thing]))
    return duties_by(batch.reading, read)


def _review(root: strawberry.Parent[ReturnRead]) -> Any:
    return _found(root.batch, Kind.REVIEW, lambda row: [row.review_id]).get(root.review_id)


def _found(batch: Batch[ReturnRead], kind: Kind, ids: Callable[[ReturnRead], Iterable[UUID | None]]) -> dict[Any, Any]:
    return batch.once(kind, lambda: found(batch.reading, kind, batch.ids(ids)))


def _judge(root: strawberry.Parent[ReturnRead]) -> Body | None:
    return _body(root, root.judge_key)


def _body(row: ReturnRead, key: str | None) -> Body | None:
    shown: Body | None = None if key is None else row.batch.reading.framing.body_of(row.framework_key, key)
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
    told = Told(root.verdict, root.batch.reading)
    body = _body(root, told.text("body"))
    return ReturnVerdict(judged_on=told.happened_on, by=told.by, body=body, narrative=told.text("narrative"))


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
    challenges: list[Annotated["Challenge", strawberry.lazy("api.types.challenge")]] = strawberry.field(
        resolver=challenges
    )
    """The formal challenges about it, the latest first."""
    history: list[HistoryEntry] = strawberry.field(resolver=history)
    """Every fact recorded about it, in order of recording."""

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, ReturnRead)
