"""Reading everything that was recorded after a place in the log, for systems that poll."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from typing import Any, cast
from uuid import UUID

from psycopg.rows import class_row, scalar_row

from projections.asking import Asking
from storage.sql import statements

SQL = statements("projections.change_feed")
PARTS = ("shown", "about", "seen", "concerns")
TEXTS = {
    name: reduce(lambda text, part: text.replace(f"/*{part}*/", SQL[part]), PARTS, SQL[name])
    for name in ("changes", "changes_seen", "newest_seen")
}


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
    asking: Asking,
    after: int,
    limit: int,
    since: datetime | None = None,
    names: Sequence[str] | None = None,
    agencies: Sequence[str] | None = None,
) -> list[ChangeRead]:
    """At most `limit` facts behind the position `after`, oldest first, cut to what the asker may see."""
    wanted = {"after": after, "limit": limit, "since": since, "names": names, "agencies": agencies}
    text = TEXTS["changes" if asking.mine is None else "changes_seen"]
    with asking.conn.cursor(row_factory=class_row(ChangeRead)) as cursor:
        return cursor.execute(text, asking.values | wanted).fetchall()


def newest_seen(asking: Asking) -> int:
    """The position of the last fact that an agency is shown."""
    everything = {"after": 0, "since": None, "names": None, "agencies": None}
    with asking.conn.cursor(row_factory=scalar_row) as cursor:
        return cast(int, cursor.execute(TEXTS["newest_seen"], asking.values | everything).fetchone())
