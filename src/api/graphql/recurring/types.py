"""Which learning recurs."""

from collections.abc import Mapping
from datetime import date
from itertools import chain
from typing import Any
from uuid import UUID

import strawberry

from api.graphql.agencies.types import Agency
from api.graphql.arguments import After, First
from api.graphql.descriptions import documented
from api.graphql.recommendations.types import Recommendation
from api.graphql.themes.types import Theme
from api.loaders.records import Batch, load_many
from api.relay.connection import Connection, connect
from api.relay.paging import Page, PageRequest
from domain.shared.refusals import Invalid
from domain.shared.vocabulary import Kind
from projections.queries.recurring_learning.query import (
    BehindRead,
    Recurrences,
    RecurringRead,
    behind,
    occurrences,
    reviews,
)


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
    return batch.once("reviews", lambda: reviews(batch.reading.query_context, root.wanted, themes))[root.theme]


def _behind(root: RecurringRead) -> BehindRead:
    batch: Batch[RecurringRead] = root.batch
    themes = [row.theme for row in batch.rows]
    return batch.once("behind", lambda: behind(batch.reading.query_context, root.wanted, themes))[root.theme]


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
    requested = PageRequest.parse(first, after, None, None, "occurrences", root.theme, shape=(UUID,))
    batch: Batch[RecurringRead] = root.batch
    place: Any = requested.after
    (named,) = place or (None,)
    themes = [root.theme] if named else [row.theme for row in batch.rows]
    listed, read = batch.once(
        (requested.size, named), lambda: _read(batch, root.wanted, themes, requested.fetch, named)
    )
    ids = listed[root.theme]
    if named and not ids:
        raise Invalid("after is not a cursor of this list any more.", "after")
    rows = [read[id] for id in ids if id != named and id in read]
    return connect(Page.of(rows, requested, root.occurrences), requested, lambda row: (row.thing,), lambda row: row)


def _read(
    batch: Batch[RecurringRead], wanted: Recurrences, themes: list[str], fetch: int, named: UUID | None
) -> tuple[Mapping[str, list[UUID]], Mapping[UUID, Any]]:
    """By theme the ids of a page, from the one that is named on, and the recommendations themselves."""
    query_context = batch.reading.query_context
    listed = occurrences(query_context, wanted, themes, fetch + (named is not None), named)
    return listed, load_many(batch.reading, Kind.RECOMMENDATION, dict.fromkeys(chain.from_iterable(listed.values())))


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
