"""Everything that agencies owe, at a pair of moments: a page of it, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from projections.engine.query_context import QueryContext, Slice, Window
from storage.sql import compose, statements

SQL = statements("projections.queries.owed_by_agency")


@dataclass(slots=True)
class OwedRead:
    """One thing that an agency owes; `entry` is the duty, where it is one. `place` orders equal days."""

    kind: str
    thing: UUID
    entry: UUID | None
    agency_key: str
    due_on: date | None
    overdue: bool
    days_overdue: int
    place: str
    batch: Any = None


@dataclass(frozen=True, slots=True)
class Owing:
    """What is asked for; none for all. `due_before` leaves out what is due on no day.

    `gone_on_in`: what the agency that asks has become by mergers. It owes now what the asking one owed.
    """

    agency: str | None = None
    kinds: Sequence[str] | None = None
    due_before: date | None = None
    overdue: bool | None = None
    gone_on_in: Sequence[str] = ()


def owed(query_context: QueryContext, wanted: Owing, window: Window) -> Slice[OwedRead]:
    """What falls due first comes first, what is due on no day last; counted. An agency's own eyes see its own only.

    One that ended sees what was its own as its successor owes it now, and nothing of the successor's own.
    """
    values = query_context.values | {
        "wanted": _agencies(query_context, wanted),
        "kinds": None if wanted.kinds is None else list(wanted.kinds),
        "due_before": wanted.due_before,
        "overdue": wanted.overdue,
        "limit": window.limit,
        **window.bounds("day", "place"),
    }
    cut = query_context.visible_to is not None
    text = _text(cut, cut and bool(wanted.gone_on_in), window.forward)
    found = query_context.conn.execute(text, values).fetchall()
    return Slice([OwedRead(*row[1:]) for row in found if row[1] is not None], found[0][0])


def _agencies(query_context: QueryContext, wanted: Owing) -> list[str] | None:
    agency = wanted.agency
    if query_context.visible_to is None:
        return None if agency is None else [agency]
    return [key for key in (*query_context.visible_to, *wanted.gone_on_in) if agency in {None, key}]


@cache
def _text(cut: bool, gone_on: bool, forward: bool) -> str:
    """`gone_on`: the agency that asks has ended; else whatever it is shown here is led by itself."""
    of = "seen" if cut else "all"
    return compose(
        SQL,
        "owed",
        {
            "seen": SQL["seen"] if cut else "",
            "actions": SQL[f"actions.{of}"],
            "recommendations": SQL[f"recommendations.{of}"],
            "challenges": SQL["challenges.seen"] if cut else "",
            "led": SQL["led.before" if gone_on else "led.now"],
            "led_too": SQL["led_before"] if gone_on else "",
            "order": SQL["forward" if forward else "backward"],
        },
    )
