"""Which learning recurs."""

from collections.abc import Mapping
from datetime import date
from itertools import chain
from typing import Any
from uuid import UUID

import strawberry

from api.arguments import After, First
from api.batches import Batch
from api.connection import Connection, connect
from api.documented import documented
from api.paging import Page, PageRequest
from api.things import found
from api.types.agency import Agency
from api.types.recommendation import Recommendation
from api.types.theme import Theme
from domain.refusals import Invalid
from domain.words import Kind
from projections.recurring_learning.view import BehindRead, Recurrences, RecurringRead, behind, occurrences, reviews


@documented
@strawberry.type
class YearCount:
    """How often learning on a theme came in a year."""

    year: int
    """The calendar year."""
    occurrences: int
    """The recommendations raised in it."""


def _theme(root: strawberry.Parent[RecurringRead]) -> Theme:
    shown: Theme = root.batch.reading.themes[root.theme]
    return shown


def _reviews(root: strawberry.Parent[RecurringRead]) -> int:
    batch: Batch[RecurringRead] = root.batch
    themes = [row.theme for row in batch.rows]
    return batch.once("reviews", lambda: reviews(batch.reading.asking, root.wanted, themes))[root.theme]


def _behind(root: RecurringRead) -> BehindRead:
    batch: Batch[RecurringRead] = root.batch
    themes = [row.theme for row in batch.rows]
    return batch.once("behind", lambda: behind(batch.reading.asking, root.wanted, themes))[root.theme]


def _agencies(root: strawberry.Parent[RecurringRead]) -> list[Agency]:
    return [root.batch.reading.agencies[key] for key in _behind(root).agencies]


def _per_year(root: strawberry.Parent[RecurringRead]) -> list[YearCount]:
    return [YearCount(**year) for year in _behind(root).per_year]


def _recommendations(
    root: strawberry.Parent[RecurringRead],
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
) -> Any:
    """The occurrences, newest first. A cursor is of one theme, and so is what is read behind it."""
    asked = PageRequest.parse(first, after, None, None, "occurrences", root.theme, shape=(UUID,))
    batch: Batch[RecurringRead] = root.batch
    place: Any = asked.after
    (named,) = place or (None,)
    themes = [root.theme] if named else [row.theme for row in batch.rows]
    listed, read = batch.once((asked.size, named), lambda: _read(batch, root.wanted, themes, asked.fetch, named))
    ids = listed[root.theme]
    if named and not ids:
        raise Invalid("after is not a cursor of this list any more.", "after")
    rows = [read[id] for id in ids if id != named and id in read]
    return connect(Page.of(rows, asked, root.occurrences), asked, lambda row: (row.thing,), lambda row: row)


def _read(
    batch: Batch[RecurringRead], wanted: Recurrences, themes: list[str], fetch: int, named: UUID | None
) -> tuple[Mapping[str, list[UUID]], Mapping[UUID, Any]]:
    """By theme the ids of a page, from the one that is named on, and the recommendations themselves."""
    asking = batch.reading.asking
    listed = occurrences(asking, wanted, themes, fetch + (named is not None), named)
    return listed, found(batch.reading, Kind.RECOMMENDATION, dict.fromkeys(chain.from_iterable(listed.values())))


@documented
@strawberry.type
class RecurringLearning:
    """Learning on one theme that came from more than one review."""

    theme: Theme = strawberry.field(resolver=_theme)
    """The theme, with all that were merged into it."""
    occurrences: int
    """The recommendations on it."""
    reviews: int = strawberry.field(resolver=_reviews)
    """The reviews that they came from."""
    agencies: list[Agency] = strawberry.field(resolver=_agencies)
    """The agencies that they concerned, in order of their keys."""
    first_seen_on: date
    """The day of the first."""
    last_seen_on: date
    """The day of the latest."""
    recurred_after_closure: int
    """Raised again after an earlier recommendation on it had been closed as implemented."""
    recurred_after_impact_verified: int
    """
    Raised again after the impact of an earlier recommendation on it had been verified as embedded or partly embedded.
    """
    per_year: list[YearCount] = strawberry.field(resolver=_per_year)
    """How many came in each year."""
    recommendations: Connection[Recommendation] = strawberry.field(resolver=_recommendations)
    """The recommendations on it, the newest first."""

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, RecurringRead)
