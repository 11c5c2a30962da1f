"""Learning that a review identified."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import strawberry

from api.batches import Batch
from api.cutting import LISTED
from api.documented import documented
from api.things import found
from api.types.agency import Agency
from api.types.node import Node, opaque
from api.types.take_up import LearningTakeUp
from api.types.telling import Told
from api.types.theme import Theme
from domain.words import Kind
from projections.listed import view as listed
from projections.listed.view import EntryRead

if TYPE_CHECKING:
    from api.reading import Reading
    from api.types.review import Review


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


def _expected_yield(root: strawberry.Parent["LearningPoint"]) -> bool | None:
    review = _review(root)
    if root.yields is None or review.kind_key is None:
        return None
    kind = root.batch.reading.framing.frameworks[review.framework_key].kinds[review.kind_key]
    return root.yields.casefold() in {each.casefold() for each in kind.learning} if kind.learning else None


def _take_ups(root: strawberry.Parent["LearningPoint"]) -> list[LearningTakeUp]:
    batch: Batch[LearningPoint] = root.batch
    if _review(root).access not in LISTED["take_up"]:
        return []
    of = batch.ids(lambda each: [each.review_id])
    read = batch.once("take_ups", lambda: listed.of_things(batch.reading.asking, of, "take_up"))
    mine = (each for each in read[root.review_id] if each.detail["learning_id"] == str(root.entry))
    return [LearningTakeUp.of(Told.of(each, batch.reading)) for each in mine]


@documented
@strawberry.type
class LearningPoint(Node):
    """Something that a review taught: to be improved, or good practice to be kept."""

    review_id: strawberry.Private[UUID]
    batch: strawberry.Private[Any]
    entry: strawberry.Private[UUID]
    wording: str
    """The learning in a sentence or two."""
    good_practice: bool
    """Whether it is good practice; counted apart from what recurs."""
    agency_keys: strawberry.Private[list[str]]
    draft: bool
    """Until its review is agreed by whoever must agree it; a draft is not disseminated."""
    themes: list[Theme]
    """The themes that it is coded to."""
    yields: str | None
    """Which kind of learning it is, where that is told."""
    expected_yield: bool | None = strawberry.field(resolver=_expected_yield)
    """Whether the kind of review yields such learning; null where the kind, or the learning, does not say."""
    take_ups: list[LearningTakeUp] = strawberry.field(resolver=_take_ups)
    """What bodies that were fed have made of it; nothing for an agency."""
    agencies: list[Agency] = strawberry.field(resolver=_agencies)
    """Whom it concerns; before its review is published an agency is told of itself only."""
    review: Annotated["Review", strawberry.lazy("api.types.review")] = strawberry.field(resolver=_review)
    """The review that identified it."""


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
        draft=bool(said.get("draft")),
        themes=[reading.themes[key] for key in said["themes"]],
        agency_keys=said["agencies"],
        entry=entry.entry,
        yields=said.get("yields"),
    )
