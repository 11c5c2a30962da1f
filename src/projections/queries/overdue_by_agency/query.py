"""What is overdue, per agency: the first of the register's two questions, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from psycopg.rows import class_row

from projections.engine.query_context import QueryContext
from storage.sql import compose, statements

SQL = statements("projections.queries.overdue_by_agency")
EYES = ("visible.actions", "visible.recommendations", "visible.challenges")
WHOLE = compose(SQL, "overdue_by_agency", dict.fromkeys(EYES, ""))
CUT = compose(SQL, "overdue_by_agency")


@dataclass(slots=True)
class AgencyOverdueRead:
    """One agency's obligations; counts are of actions that it leads unless the name says otherwise."""

    agency: str
    open: int
    overdue: int
    overdue_against_original: int
    awaiting_review: int
    challenged: int
    due_within_30_days: int
    oldest_due_on: date | None
    ageing: list[dict[str, Any]]
    recommendations_overdue: int
    responses_overdue: int
    challenge_responses_overdue: int
    duties_overdue: int
    extensions_pending: int
    reported_late: int
    batch: Any = None


def overdue(
    query_context: QueryContext, time_zone: str, agencies: Sequence[str] | None = None, include_up_to_date: bool = False
) -> list[AgencyOverdueRead]:
    """Most overdue first. An agency's own eyes see its own row only; `time_zone` says when a day ends."""
    wanted = {"wanted": _wanted(query_context, agencies), "include_up_to_date": include_up_to_date}
    values = query_context.values | wanted | {"end_of_day": _end_of(query_context.moment.on, time_zone)}
    with query_context.conn.cursor(row_factory=class_row(AgencyOverdueRead)) as cursor:
        return cursor.execute(WHOLE if query_context.visible_to is None else CUT, values).fetchall()


def _wanted(query_context: QueryContext, agencies: Sequence[str] | None) -> list[str] | None:
    if query_context.visible_to is None:
        return None if agencies is None else list(agencies)
    return [key for key in query_context.visible_to if agencies is None or key in agencies]


def _end_of(day: date, time_zone: str) -> datetime:
    """The last instant of a day, to the microsecond."""
    return datetime.combine(day, time.max, ZoneInfo(time_zone))
