"""What a period brought, for the annual report: one statement for the figures, one for a page of findings."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from psycopg.rows import class_row

from projections.annual_report.rows import FindingRead, ReportRead
from projections.asking import Asking
from storage.sql import statements

SQL = statements("projections.annual_report")
CUT = ("reviews", "recommendations", "actions")
Row = TypeVar("Row")


def _text(name: str, cut: bool) -> str:
    text = SQL[name]
    for part in CUT:
        text = text.replace(f"/*{part}*/", SQL[f"seen.{part}" if cut else "seen.all"])
    return text


TEXTS = {(name, cut): _text(name, cut) for name in ("report", "findings") for cut in (False, True)}


def report(asking: Asking, since: date, until: date) -> ReportRead:
    """What happened from the first day to the last, both included, as far as the asker sees it."""
    (found,) = _read(asking, "report", ReportRead, since=since, until=until)
    return found


def findings(
    asking: Asking, since: date, until: date, limit: int, after: tuple[date, UUID] | None = None
) -> list[FindingRead]:
    """At most `limit` findings of the period behind the place `after`, in order of their days."""
    day, entry = after or (None, None)
    place = {"after_day": day, "after_entry": entry, "limit": limit}
    return _read(asking, "findings", FindingRead, since=since, until=until, **place)


def _read(asking: Asking, name: str, row: type[Row], **values: Any) -> list[Row]:
    with asking.conn.cursor(row_factory=class_row(row)) as cursor:
        return cursor.execute(TEXTS[name, asking.mine is not None], asking.values | values).fetchall()
