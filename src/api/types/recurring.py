"""Which learning recurs."""

from collections.abc import Mapping
from datetime import date
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
from projections.recurring_learning.view import RecurringRead

AFTER_CLOSURE = "Raised again after an earlier recommendation on it had been closed as implemented."
AFTER_IMPACT = (
    "Raised again after the impact of an earlier recommendation on it had been verified as embedded or partly embedded."
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


def _agencies(root: strawberry.Parent[RecurringRead]) -> list[Agency]:
    return [root.batch.reading.agencies[key] for key in root.agencies]


def _per_year(root: strawberry.Parent[RecurringRead]) -> list[YearCount]:
    return [YearCount(**year) for year in root.per_year]


def _recommendations(
    root: strawberry.Parent[RecurringRead],
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
) -> Any:
    """The occurrences, newest first."""
    asked = PageRequest.parse(first, after, None, None, "occurrences", root.theme, shape=(UUID,))
    batch: Batch[RecurringRead] = root.batch
    read = batch.once((asked.size, asked.after), lambda: _read(batch, asked))
    rows = [read[id] for id in _behind(root.things, asked) if id in read]
    return connect(Page.of(rows, asked, len(root.things)), asked, lambda row: (row.thing,), lambda row: row)


def _read(batch: Batch[RecurringRead], asked: PageRequest) -> Mapping[UUID, Any]:
    wanted = [row.things if _has(row.things, asked) else [] for row in batch.rows]
    ids = dict.fromkeys(id for things in wanted for id in _behind(things, asked))
    return found(batch.reading, Kind.RECOMMENDATION, ids)


def _has(things: list[UUID], asked: PageRequest) -> bool:
    return not asked.after or asked.after[0] in things


def _behind(things: list[UUID], asked: PageRequest) -> list[UUID]:
    if not asked.after:
        return things[: asked.fetch]
    if not _has(things, asked):
        raise Invalid("after is not a cursor of this list any more.", "after")
    place = things.index(UUID(str(asked.after[0]))) + 1
    return things[place : place + asked.fetch]


@documented
@strawberry.type
class RecurringLearning:
    """Learning on one theme that came from more than one review."""

    theme: Theme = strawberry.field(resolver=_theme)
    """The theme, with all that were merged into it."""
    occurrences: int
    """The recommendations on it."""
    reviews: int
    """The reviews that they came from."""
    agencies: list[Agency] = strawberry.field(resolver=_agencies)
    """The agencies that they concerned, in order of their keys."""
    first_seen_on: date
    """The day of the first."""
    last_seen_on: date
    """The day of the latest."""
    recurred_after_closure: int = strawberry.field(description=AFTER_CLOSURE)
    recurred_after_impact_verified: int = strawberry.field(description=AFTER_IMPACT)
    per_year: list[YearCount] = strawberry.field(resolver=_per_year)
    """How many came in each year."""
    recommendations: Connection[Recommendation] = strawberry.field(resolver=_recommendations)
    """The recommendations on it, the newest first."""

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, RecurringRead)
