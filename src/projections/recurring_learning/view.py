"""Which learning recurs: the second of the register's two questions, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from projections.asking import Asking
from storage.sql import statements

SQL = statements("projections.recurring_learning")
TEXTS = {
    cut: SQL["recurring"].replace("/*visible*/", SQL["visible.agency" if cut else "visible.all"])
    for cut in (False, True)
}


@dataclass(frozen=True, slots=True)
class Recurrences:
    """Which recurrences are asked for; an occurrence is a recommendation raised on `since` or later."""

    themes: Sequence[str] | None = None
    agencies: Sequence[str] | None = None
    since: date | None = None
    minimum_reviews: int = 2
    after_closure_only: bool = False


@dataclass(slots=True)
class RecurringRead:
    """A theme on which recommendations were raised by different reviews; `things` are those, newest first."""

    theme: str
    occurrences: int
    reviews: int
    agencies: list[str]
    first_seen_on: date
    last_seen_on: date
    recurred_after_closure: int
    recurred_after_impact_verified: int
    per_year: list[dict[str, Any]]
    things: list[UUID] = field(default_factory=list)
    batch: Any = None


def recurring(
    asking: Asking, wanted: Recurrences, limit: int, after: tuple[int, str] | None = None
) -> list[RecurringRead]:
    """Most recurrent first; at most `limit` behind the place `after` (occurrences, theme)."""
    occurrences, theme = after or (None, None)
    filters = {
        "themes": _listed(wanted.themes),
        "agencies": _listed(wanted.agencies),
        "since": wanted.since,
        "minimum_reviews": wanted.minimum_reviews,
        "after_closure_only": wanted.after_closure_only,
    }
    place = {"after_occurrences": occurrences, "after_theme": theme, "limit": limit}
    with asking.conn.cursor(row_factory=class_row(RecurringRead)) as cursor:
        return cursor.execute(TEXTS[asking.mine is not None], asking.values | filters | place).fetchall()


def _listed(keys: Sequence[str] | None) -> list[str] | None:
    return None if keys is None else list(keys)
