"""Reading everything that was recorded after a place in the log, for systems that poll."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from psycopg.rows import class_row, scalar_row

from projections.engine.query_context import QueryContext, position_at
from storage.sql import compose, statements

SQL = statements("projections.queries.change_feed")
TEXTS = {name: compose(SQL, name) for name in ("changes", "changes_seen", "newest_seen")}


STRETCH = 2_000
"""Facts among which an agency's are looked for first; where these are too few, among ever more."""


@dataclass(frozen=True, slots=True)
class ChangeRead:
    """One recorded fact under its stable name; `position` is its place in the partnership's log."""

    thing: UUID
    position: int
    name: str
    happened_on: date
    recorded_at: datetime
    body: dict[str, Any]


def changes(
    query_context: QueryContext,
    after: int,
    limit: int,
    since: datetime | None = None,
    names: Sequence[str] | None = None,
    agencies: Sequence[str] | None = None,
    stretch: int = STRETCH,
) -> list[ChangeRead]:
    """At most `limit` facts behind the position `after`, oldest first, cut to what the asker may see."""
    wanted = {"since": since, "names": names, "agencies": agencies}
    if query_context.visible_to is None:
        return _read(query_context, "changes", wanted | {"after": after, "limit": limit})
    end, found = position_at(query_context.transaction, query_context.moment.known), list[ChangeRead]()
    while after < end and len(found) < limit:
        place = {"after": after, "until": min(after + stretch, end), "limit": limit - len(found)}
        found += _read(query_context, "changes_seen", wanted | place)
        after, stretch = after + stretch, stretch * 4
    return found


def _read(query_context: QueryContext, question: str, wanted: dict[str, Any]) -> list[ChangeRead]:
    with query_context.conn.cursor(row_factory=class_row(ChangeRead)) as cursor:
        return cursor.execute(TEXTS[question], query_context.values | wanted).fetchall()


def newest_seen(query_context: QueryContext, stretch: int = STRETCH) -> int:
    """The position of the last fact that an agency is shown, looked for from the end; 0 where it is shown none."""
    wanted = {"since": None, "names": None, "agencies": None}
    until = position_at(query_context.transaction, query_context.moment.known)
    while until > 0:
        values = wanted | {"after": max(until - stretch, 0), "until": until}
        with query_context.conn.cursor(row_factory=scalar_row) as cursor:
            found = cast(int | None, cursor.execute(TEXTS["newest_seen"], query_context.values | values).fetchone())
        if found is not None:
            return found
        until, stretch = until - stretch, stretch * 4
    return 0
