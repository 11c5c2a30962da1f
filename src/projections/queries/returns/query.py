"""Reading agencies' returns on their standing duties."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from projections.engine.list_query import ListQuery
from projections.engine.query_context import Condition, QueryContext
from storage.sql import compose

# An agency's return as it was known at a moment and stood on a day.


@dataclass(slots=True)
class ReturnRead:
    """One return; `since` and `until` are the first and last day that it covers."""

    thing: UUID
    version: int
    agency_key: str
    framework_key: str
    year: int
    period: int
    since: date
    until: date
    called_on: date
    due_on: date
    review_id: UUID | None
    judge_key: str | None
    answered_on: date | None
    narrative: str | None
    judged_on: date | None
    verdict: dict[str, Any] | None
    improvements: list[dict[str, Any]]
    access: str
    batch: Any = None


@dataclass(frozen=True, slots=True)
class RoundRead:
    """What became of one period's returns, as far as the asker sees them; `called` are the agencies."""

    year: int
    period: int
    since: date
    until: date
    called: list[str]
    answered: int
    complete: int
    overdue: int
    judged: int
    improvements: int
    improvements_raised: int


returns = ListQuery("projections.queries.returns", ReturnRead, {})
ROUNDS = {
    cut: compose(returns.sql, "rounds", {"visible": returns.sql["visible.agency" if cut else "visible.all"]})
    for cut in (False, True)
}


def of_year(query_context: QueryContext, year: int, agencies: Sequence[str] | None = None) -> list[ReturnRead]:
    """Every return called for a year, by agency and period."""
    where = [Condition("year", {"year": year})]
    if agencies is not None:
        where.append(Condition("agencies", {"agencies": list(agencies)}))
    return sorted(returns.rows(query_context, where), key=lambda row: (row.agency_key, row.period))


def rounds(query_context: QueryContext, first_year: int, last_year: int) -> list[RoundRead]:
    """Every period of these years for which anybody was called, in order of time."""
    values = query_context.values | {"first_year": first_year, "last_year": last_year}
    with query_context.conn.cursor(row_factory=class_row(RoundRead)) as cursor:
        return cursor.execute(ROUNDS[query_context.visible_to is not None], values).fetchall()
