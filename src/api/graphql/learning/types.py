"""Learning that a review identified."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import strawberry

from api.graphql.agencies.types import Actor, Agency, Body
from api.graphql.descriptions import documented
from api.graphql.event_json import EventJson
from api.graphql.node import Node, opaque
from api.graphql.themes.types import Theme
from api.loaders.records import Batch, load_many
from api.redaction import LISTED
from domain.shared.vocabulary import Kind
from projections.queries.entries import query as listed
from projections.queries.entries.query import EntryRead
from projections.queries.learning_inbox.query import InboxRead

if TYPE_CHECKING:
    from api.context import Reading
    from api.graphql.reviews.types import Review


# What a body that is fed has made of learning.


@documented
@strawberry.type
class LearningTakeUp:
    """What a body that was fed has made of learning."""

    body: Body
    """The body."""
    what_was_done: str
    """What it made of the learning."""
    taken_up_on: date
    """The day on which it took it up."""
    by: Actor
    """Who recorded it."""

    @classmethod
    def of(cls, event: EventJson) -> "LearningTakeUp":
        return cls(
            body=event.reading.partnership_frameworks.body_of(event.given_text("framework"), event.given_text("body")),
            what_was_done=event.given_text("what_was_done"),
            taken_up_on=event.happened_on,
            by=event.by,
        )


def _review(root: strawberry.Parent["LearningPoint"]) -> Any:
    batch: Batch[LearningPoint] = root.batch
    ids = batch.ids(lambda each: [each.review_id])
    return batch.once("review", lambda: load_many(batch.reading, Kind.REVIEW, ids))[root.review_id]


def _agencies(root: strawberry.Parent["LearningPoint"]) -> list[Agency]:
    """Whom learning concerns is nobody else's to know before its review is published."""
    reading, keys = root.batch.reading, root.agency_keys
    if reading.query_context.visible_to is not None and _review(root).access not in LISTED["learning"]:
        keys = [key for key in keys if key in reading.query_context.visible_to]
    return [reading.agencies[key] for key in keys]


def _identified_on(root: strawberry.Parent["LearningPoint"]) -> date | None:
    return root.happened_on if _review(root).access in LISTED["learning"] else None


def _expected_yield(root: strawberry.Parent["LearningPoint"]) -> bool | None:
    review = _review(root)
    if root.yields is None or review.kind_key is None:
        return None
    kind = root.batch.reading.partnership_frameworks.frameworks[review.framework_key].kinds[review.kind_key]
    return root.yields.casefold() in {each.casefold() for each in kind.learning} if kind.learning else None


def _take_ups(root: strawberry.Parent["LearningPoint"]) -> list[LearningTakeUp]:
    batch: Batch[LearningPoint] = root.batch
    if _review(root).access not in LISTED["take_up"]:
        return []
    of = batch.ids(lambda each: [each.review_id])
    read = batch.once("take_ups", lambda: listed.of_things(batch.reading.query_context, of, "take_up"))
    mine = (each for each in read[root.review_id] if each.detail["learning_id"] == str(root.entry))
    return [LearningTakeUp.of(EventJson.of(each, batch.reading)) for each in mine]


@documented
@strawberry.type
class LearningPoint(Node):
    """Something that a review taught: to be improved, or good practice to be kept."""

    review_id: strawberry.Private[UUID]
    batch: strawberry.Private[Any]
    entry: strawberry.Private[UUID]
    wording: str
    """The learning in a sentence or two."""
    happened_on: strawberry.Private[date]
    identified_on: date | None = strawberry.field(resolver=_identified_on)
    """The day on which the review identified it; before the review is published an agency is not told."""
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
    review: Annotated["Review", strawberry.lazy("api.graphql.reviews.types")] = strawberry.field(resolver=_review)
    """The review that identified it."""


def learning_points(reading: "Reading", entries: Iterable[EntryRead]) -> list[LearningPoint]:
    """Learning with its siblings, in the order given."""
    points = [_point(reading, entry) for entry in entries]
    Batch(reading, points)
    return points


def learning_by_id(batch: Batch[Any], named: Callable[[Any], Iterable[UUID]]) -> dict[UUID, LearningPoint]:
    """What the siblings name, in one statement."""
    read = listed.by_id(batch.reading.query_context, batch.ids(named))
    return dict(zip(read, learning_points(batch.reading, read.values()), strict=True))


def _point(reading: "Reading", entry: EntryRead) -> LearningPoint:
    detail = entry.detail
    return LearningPoint(
        id=opaque("learning", entry.entry),
        review_id=entry.thing,
        batch=None,
        wording=detail["wording"],
        happened_on=date.fromisoformat(detail["happened_on"]),
        good_practice=detail["good_practice"],
        draft=bool(detail.get("draft")),
        themes=[reading.themes[key] for key in detail["themes"]],
        agency_keys=detail["agencies"],
        entry=entry.entry,
        yields=detail.get("yields"),
    )


# Learning that reaches a body, and whether it has taken it up.


def _body(root: strawberry.Parent[InboxRead]) -> Body | None:
    shown: Body | None = root.batch.reading.partnership_frameworks.body(root.body)
    return shown


def _learning(root: strawberry.Parent[InboxRead]) -> LearningPoint:
    points = root.batch.once("learning", lambda: learning_by_id(root.batch, lambda each: [each.entry]))
    shown: LearningPoint = points[root.entry]
    return shown


@documented
@strawberry.type
class InboxItem:
    """A point of learning that waits for a body that is fed with it, or that the body has taken up."""

    learning: LearningPoint = strawberry.field(resolver=_learning)
    """The point of learning."""
    body: Body | None = strawberry.field(resolver=_body)
    """The body that is fed, as what it has become in the framework in force."""
    since: date
    """
    The day on which the learning was identified, or became real where it was a draft; or on which it was first brought
    to a body that its kind does not feed.
    """
    days: int
    """How many days it has waited, or had waited when it was taken up."""
    taken_on: date | None = strawberry.field(name="takenUpOn")
    """The day on which the body took it up; `learning { takeUps }` says what it made of it."""

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, InboxRead)
