"""Learning that a review identified."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import strawberry

from api.batches import Batch
from api.cutting import LISTED
from api.things import found
from api.types.agency import Agency
from api.types.node import Node, opaque
from api.types.theme import Theme
from domain.words import Kind
from projections.listed import view as listed
from projections.listed.view import EntryRead

if TYPE_CHECKING:
    from api.reading import Reading
    from api.types.review import Review


AGENCIES = "Whom it concerns; before its review is published an agency is told of itself only."


def _review(root: strawberry.Parent["LearningPoint"]) -> Any:
    batch: Batch[LearningPoint] = root.batch
    ids = batch.ids(lambda each: [each.review_id])
    return batch.once("review", lambda: found(batch.reading, Kind.REVIEW, ids))[root.review_id]


def _agencies(root: strawberry.Parent["LearningPoint"]) -> list[Agency]:
    """Whom learning concerns is nobody else's to know before its review is published."""
    reading, keys = root.batch.reading, root.agency_keys
    if reading.asking.mine is not None and _review(root).access not in LISTED["learning"]:
        keys = [key for key in keys if key in reading.asking.mine]
    return [reading.agencies[key] for key in keys]


@strawberry.type
class LearningPoint(Node):
    review_id: strawberry.Private[UUID]
    batch: strawberry.Private[Any]
    wording: str
    good_practice: bool
    agency_keys: strawberry.Private[list[str]]
    themes: list[Theme]
    agencies: list[Agency] = strawberry.field(resolver=_agencies, description=AGENCIES)
    review: Annotated["Review", strawberry.lazy("api.types.review")] = strawberry.field(resolver=_review)


def learning_points(reading: "Reading", entries: Iterable[EntryRead]) -> list[LearningPoint]:
    """Learning with its siblings, in the order given."""
    points = [_point(reading, entry) for entry in entries]
    Batch(reading, points)
    return points


def learning_by_id(batch: Batch[Any], named: Callable[[Any], Iterable[UUID]]) -> dict[UUID, LearningPoint]:
    """What the siblings name, in one statement."""
    read = listed.by_id(batch.reading.asking, batch.ids(named))
    return dict(zip(read, learning_points(batch.reading, read.values()), strict=True))


def _point(reading: "Reading", entry: EntryRead) -> LearningPoint:
    said = entry.detail
    return LearningPoint(
        id=opaque("learning", entry.entry),
        review_id=entry.thing,
        batch=None,
        wording=said["wording"],
        good_practice=said["good_practice"],
        themes=[reading.themes[key] for key in said["themes"]],
        agency_keys=said["agencies"],
    )
