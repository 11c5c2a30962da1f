"""Everything that agencies owe, at a pair of moments: a page of it, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from projections.engine.query_context import QueryContext, Slice, Window
from storage.sql import statements

SQL = statements("projections.queries.owed_by_agency")
OPEN = "h.thing, h.stage, h.lead, h.due_on, h.completed_on, h.claimed_on"
PLACES = {
    "actions": ("action", OPEN),
    "recommendations": ("recommendation", f"{OPEN}, h.refused_on"),
    "awaited": ("recommendation", "h.thing, h.awaited, h.awaited_until"),
    "undated": ("recommendation", "h.thing, h.stage, h.addressed_to, h.answered, h.response_due_on"),
}
"""What is read of which kind for each part that an agency sees: no more than its narrow index holds, where one does."""
LED = ("actions", "recommendations")


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
    """`gone_on`: the agency that asks has ended; else all that it may be told is led by itself."""
    fills = {
        "seen": SQL["seen"] if cut else "",
        "challenges": SQL["challenges"] if cut else "",
        "ended leads": SQL["led.before" if gone_on else "led.now"],
        "order": SQL["forward" if forward else "backward"],
    }
    for place, (kind, columns) in PLACES.items():
        if gone_on and place in LED:
            columns = f"{columns}, h.ended_leads"
        source = SQL["of.these" if cut else "of.all"].replace("{columns}", columns).replace("{kind}", kind)
        fills[place] = source.replace("{history}", f"{kind}_history")
    text = SQL["owed"]
    for name, fill in fills.items():
        text = text.replace(f"/*{name}*/", fill)
    return text
