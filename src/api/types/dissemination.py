"""How learning was brought to agencies, and what they owe since."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import strawberry

from api.batches import Batch
from api.documented import documented
from api.things import found
from api.types.actor import Actor
from api.types.agency import Agency
from api.types.body import Body
from api.types.duty import Duty
from api.types.learning import LearningPoint, learning_by_id
from api.types.node import Node, opaque
from domain.words import Kind
from projections.disseminations.view import DisseminationRead
from projections.duties import view as duties
from projections.duties.view import DutyRead

if TYPE_CHECKING:
    from api.reading import Reading


def dissemination_id(root: strawberry.Parent[DisseminationRead]) -> strawberry.ID:
    return opaque("dissemination", root.entry)


def _by(root: strawberry.Parent[DisseminationRead]) -> Actor:
    return Actor.of(root.disseminated_by, root.batch.reading)


def _agencies(root: strawberry.Parent[DisseminationRead]) -> list[Agency]:
    mine = root.batch.reading.asking.mine
    return [root.batch.reading.agencies[key] for key in root.agency_keys if mine is None or key in mine]


def _learning(root: strawberry.Parent[DisseminationRead]) -> list[LearningPoint]:
    points = root.batch.once("learning", lambda: learning_by_id(root.batch, lambda each: each.learning_ids))
    return [points[id] for id in root.learning_ids if id in points]


def _bodies(root: strawberry.Parent[DisseminationRead]) -> list[Body]:
    return [root.batch.reading.framing.body_of(root.bodies_of, key) for key in root.body_keys]


def _expected_method(root: strawberry.Parent[DisseminationRead]) -> bool | None:
    """By the kind of the review that it is recorded on."""
    batch: Batch[DisseminationRead] = root.batch
    reviews = batch.once("reviews", lambda: found(batch.reading, Kind.REVIEW, batch.ids(lambda each: [each.thing])))
    review = reviews.get(root.thing)
    if review is None or review.kind_key is None:
        return None
    framework = batch.reading.framing.frameworks[review.framework_key]
    expected = framework.kinds[review.kind_key].disseminated_by
    if not expected and root.method in framework.methods:
        return None
    return root.method in expected


def _duties(root: strawberry.Parent[DisseminationRead]) -> Any:
    batch: Batch[DisseminationRead] = root.batch
    return batch.once("duties", lambda: _duties_of(batch))[root.entry]


def _duties_of(batch: Batch[DisseminationRead]) -> "dict[UUID, list[DutyRead]]":
    read = duties.of_origins(batch.reading.asking, batch.ids(lambda each: [each.entry]))
    return duties_by(batch.reading, read)


@documented
@strawberry.type
class Dissemination(Node):
    """Learning that was brought to agencies, bodies, the public or the media, by one method on one day."""

    id: strawberry.ID = strawberry.field(resolver=dissemination_id)
    method: str
    """The method's key."""
    audience: list[str]
    """Whom it was meant for, in free words such as `school nurses`."""
    agencies: list[Agency] = strawberry.field(resolver=_agencies)
    """The agencies that it was brought to; an agency is told of itself only."""
    learning: list[LearningPoint] = strawberry.field(resolver=_learning)
    """What was told."""
    disseminated_on: date
    """The day on which it was brought."""
    confirm_by: date
    """The day by which the duties that follow are to be confirmed."""
    by: Actor = strawberry.field(resolver=_by)
    """Who recorded it."""
    duties: list[Duty] = strawberry.field(resolver=_duties)
    """What followed from it for agencies; an agency sees its own."""
    bodies: list[Body] = strawberry.field(resolver=_bodies)
    """The bodies of the partnership, or outside it, that it was brought to."""
    public: bool
    """Whether it was brought to the public."""
    media: bool
    """Whether it was brought to the media."""
    expected_method: bool | None = strawberry.field(resolver=_expected_method)
    """
    Whether the method is one by which the kind of review is disseminated; of a kind that names none, null for one of
    the framework's own methods, and false for another.
    """

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, DisseminationRead)


def duties_by(reading: "Reading", rows: Iterable[DutyRead]) -> dict[UUID, list[DutyRead]]:
    """Duties with their siblings, by what they were asked for."""
    found: dict[UUID, list[DutyRead]] = defaultdict(list)
    for row in together(reading, list(rows)):
        found[row.under].append(row)
    return found


def together(reading: "Reading", rows: list[Any]) -> list[Any]:
    """Rows of one statement, as siblings."""
    Batch(reading, rows)
    return rows
