"""How learning was brought to agencies, and what they owe since."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import strawberry

from api.graphql.agencies.types import Actor, Agency, Body
from api.graphql.descriptions import documented
from api.graphql.duties.types import Duty
from api.graphql.learning.types import LearningPoint, learning_by_id
from api.graphql.node import Node, opaque
from api.loaders.records import Batch, load_many
from domain.shared.vocabulary import Kind
from projections.queries.disseminations import query as disseminations
from projections.queries.disseminations.query import DisseminationRead
from projections.queries.duties import query as duties
from projections.queries.duties.query import DutyRead
from projections.queries.reviews.query import ReviewRead

if TYPE_CHECKING:
    from api.context import Reading


def dissemination_id(root: strawberry.Parent[DisseminationRead]) -> strawberry.ID:
    return opaque("dissemination", root.entry)


def _by(root: strawberry.Parent[DisseminationRead]) -> Actor:
    return Actor.of(root.disseminated_by, root.batch.reading)


def _agencies(root: strawberry.Parent[DisseminationRead]) -> list[Agency]:
    mine = root.batch.reading.query_context.visible_to
    return [root.batch.reading.agencies[key] for key in root.agency_keys if mine is None or key in mine]


def _learning(root: strawberry.Parent[DisseminationRead]) -> list[LearningPoint]:
    points = root.batch.once("learning", lambda: learning_by_id(root.batch, lambda each: each.learning_ids))
    return [points[id] for id in root.learning_ids if id in points]


def _bodies(root: strawberry.Parent[DisseminationRead]) -> list[Body]:
    return [root.batch.reading.partnership_frameworks.body_of(root.bodies_of, key) for key in root.body_keys]


def _expected_method(root: strawberry.Parent[DisseminationRead]) -> bool | None:
    """By the kind of the review that it is recorded on."""
    batch: Batch[DisseminationRead] = root.batch
    reviews = batch.once("reviews", lambda: load_many(batch.reading, Kind.REVIEW, batch.ids(lambda each: [each.thing])))
    review = reviews.get(root.thing)
    if review is None or review.kind_key is None:
        return None
    framework = batch.reading.partnership_frameworks.frameworks[review.framework_key]
    expected = framework.kinds[review.kind_key].disseminated_by
    if not expected and root.method in framework.methods:
        return None
    return root.method in expected


def _duties(root: strawberry.Parent[DisseminationRead]) -> Any:
    batch: Batch[DisseminationRead] = root.batch
    return batch.once("duties", lambda: _duties_of(batch))[root.entry]


def _duties_of(batch: Batch[DisseminationRead]) -> "dict[UUID, list[DutyRead]]":
    read = duties.of_origins(batch.reading.query_context, batch.ids(lambda each: [each.entry]))
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


# What a review's learning led to: its disseminations and their duties, as far as the asker sees them.


def disseminations_of(root: strawberry.Parent[ReviewRead]) -> Any:
    batch: Batch[ReviewRead] = root.batch
    return batch.once("disseminations", lambda: _disseminations(batch))[root.thing]


def _disseminations(batch: Batch[ReviewRead]) -> dict[UUID, list[DisseminationRead]]:
    read = disseminations.of_reviews(batch.reading.query_context, batch.ids(lambda each: [each.thing]))
    found: dict[UUID, list[DisseminationRead]] = defaultdict(list)
    for row in together(batch.reading, read):
        found[row.under].append(row)
    return found


def duties_of(root: strawberry.Parent[ReviewRead]) -> Any:
    batch: Batch[ReviewRead] = root.batch
    return batch.once("duties", lambda: _duties_of_disseminated(batch))[root.thing]


def _duties_of_disseminated(batch: Batch[ReviewRead]) -> dict[UUID, list[DutyRead]]:
    read = duties.of_reviews(batch.reading.query_context, batch.ids(lambda each: [each.thing]))
    return duties_by(batch.reading, read)
