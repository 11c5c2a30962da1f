"""Which learning recurs: the second of the register's two questions. Themes are counted in one statement; what stands
behind the counts of a page is read in another, once it is asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from projections.engine.query_context import QueryContext, Window
from storage.sql import compose, statements

SQL = statements("projections.queries.recurring_learning")
Row = TypeVar("Row")


ALIKE = {
    "page": "counted",
    "page from the end": "counted",
    "reviews": "reviewed",
    "behind": "led",
    "newest": "named",
}
"""How recommendations that are coded alike are read for a question."""


def _text(question: str, cut: bool) -> str:
    alike = ALIKE[question]
    fills = {
        "alike": SQL[f"alike.{alike}"],
        "measures": SQL.get(f"measures.{alike}", ""),
        "visible": SQL["visible.agency" if cut else "visible.all"],
        "order": SQL["backward" if question == "page from the end" else "forward"],
    }
    return compose(SQL, f"question.{question.partition(' ')[0]}", fills)


TEXTS = {(question, cut): _text(question, cut) for question in ALIKE for cut in (False, True)}


@dataclass(frozen=True, slots=True)
class Recurrences:
    """Which recurrences are asked for; an occurrence is a recommendation raised on `since` or later."""

    themes: Sequence[str] | None = None
    agencies: Sequence[str] | None = None
    since: date | None = None
    minimum_reviews: int = 2
    after_closure_only: bool = False

    @property
    def values(self) -> dict[str, Any]:
        return {"themes": _listed(self.themes), "agencies": _listed(self.agencies), "since": self.since}


@dataclass(slots=True)
class RecurringRead:
    """A theme on which recommendations were raised by different reviews; `wanted`: which of them were asked for."""

    theme: str
    occurrences: int
    first_seen_on: date
    last_seen_on: date
    recurred_after_closure: int
    recurred_after_impact_verified: int
    wanted: Recurrences = Recurrences()
    batch: Any = None


@dataclass(frozen=True, slots=True)
class ReviewsRead:
    theme: str
    reviews: int


@dataclass(frozen=True, slots=True)
class OccurrenceRead:
    theme: str
    thing: UUID


@dataclass(frozen=True, slots=True)
class BehindRead:
    """Whom the occurrences of a theme concern, and how many there were in each year."""

    theme: str
    agencies: list[str]
    per_year: list[dict[str, Any]]


def recurring(query_context: QueryContext, wanted: Recurrences, window: Window) -> list[RecurringRead]:
    """Most recurrent first; a place is (occurrences, theme)."""
    bounds = {"minimum_reviews": wanted.minimum_reviews, "after_closure_only": wanted.after_closure_only}
    place = {"limit": window.limit, **window.bounds("occurrences", "theme")}
    question = "page" if window.forward else "page from the end"
    found = _read(query_context, question, RecurringRead, wanted, None, **bounds, **place)
    for row in found:
        row.wanted = wanted
    return found


def reviews(query_context: QueryContext, wanted: Recurrences, themes: Sequence[str]) -> Mapping[str, int]:
    """How many reviews raised what occurs on each theme."""
    return {row.theme: row.reviews for row in _read(query_context, "reviews", ReviewsRead, wanted, themes)}


def behind(query_context: QueryContext, wanted: Recurrences, themes: Sequence[str]) -> Mapping[str, BehindRead]:
    """By theme."""
    return {row.theme: row for row in _read(query_context, "behind", BehindRead, wanted, themes)}


def occurrences(
    query_context: QueryContext, wanted: Recurrences, themes: Sequence[str], limit: int, named: UUID | None = None
) -> Mapping[str, list[UUID]]:
    """At most `limit` of each theme, the newest first; with `named` from that one on, none where it does not occur."""
    found: dict[str, list[UUID]] = {theme: [] for theme in themes}
    for row in _read(query_context, "newest", OccurrenceRead, wanted, themes, limit=limit, named=named):
        found[row.theme].append(row.thing)
    return found


def _read(
    query_context: QueryContext,
    question: str,
    row: Callable[..., Row],
    wanted: Recurrences,
    themes: Sequence[str] | None,
    **values: Any,
) -> list[Row]:
    text = TEXTS[question, query_context.visible_to is not None]
    return query_context.counted_once(row, text, wanted.values | {"shown": _listed(themes)} | values)


def _listed(keys: Sequence[str] | None) -> list[str] | None:
    return None if keys is None else list(keys)
