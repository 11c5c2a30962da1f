"""What awaits the bodies that oversee: a page of it, and how much there is, in one statement each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from projections.engine.query_context import QueryContext, Slice, Window
from projections.histories.parts import sides
from storage.sql import compose, statements

# What awaits a body, at a pair of moments.


@dataclass(slots=True)
class AwaitedRead:
    """One thing, or one entry under it, in one queue; without a body it is the chair's. `place` orders equal days."""

    queue: str
    kind: str
    thing: UUID
    entry: UUID | None
    body: str | None
    since: date
    due_on: date | None
    days: int
    days_late: int
    chair_only: bool
    place: str
    batch: Any = None


@dataclass(frozen=True, slots=True)
class AwaitedCounted:
    """How much of a queue awaits one body; `chair_only` only where it was asked for."""

    body: str | None
    queue: str
    waiting: int
    oldest_since: date
    longest_days: int
    late: int
    chair_only: int | None


SQL = statements("projections.queries.oversight")


@cache
def _text(question: str, apart: bool, forward: bool = True) -> str:
    """`apart`: what is the chair's alone is told apart in all that waits, and not on a page only."""
    order = "forward" if forward else "backward"
    awaited = {
        "chair's": ", chair.only AS chair_only" if apart else "",
        "chair": SQL["chair"] if apart else "",
        "only": "chair.only" if apart else "NULL",
    }
    end = {
        "page": compose(SQL, "page", {"order of what waits": SQL[f"{order}.waiting"]}),
        "order": SQL[order],
        "of them the chair's": "count(*) FILTER (WHERE c.chair_only)" if apart else "NULL",
    }
    return f"{compose(SQL, 'awaited', awaited)}\n{compose(SQL, question, end)}"


@dataclass(frozen=True, slots=True)
class Overseeing:
    """
    `members`: for each valid credential of a body the agencies whose work its holder would not judge (`own`);
    `advisers`: which body advises about referrals of a kind of a framework, and of which bodies
    one is enough (`any_of`); `bodies`, `queues`: none for all.
    """

    members: Sequence[Mapping[str, Any]]
    advisers: Sequence[Mapping[str, Any]]
    bodies: Sequence[str] | None = None
    queues: Sequence[str] | None = None
    chair_only: bool | None = None

    @property
    def values(self) -> dict[str, Any]:
        return {
            "members": Jsonb([{**member, "sides": sides(member["own"])} for member in self.members]),
            "advisers": Jsonb(list(self.advisers)),
            "bodies": None if self.bodies is None else list(self.bodies),
            "queues": None if self.queues is None else list(self.queues),
            "chair_only": self.chair_only,
        }


def awaited(
    query_context: QueryContext, wanted: Overseeing, window: Window, *, counted: bool = True
) -> Slice[AwaitedRead]:
    """What waits, the longest waiting first."""
    values = {"limit": window.limit, **window.bounds("since", "place")}
    text = _text("counted" if counted else "uncounted", wanted.chair_only is not None, window.forward)
    found: list[dict[str, Any]] = query_context.counted_once(dict, text, wanted.values | values)
    totals = [row.pop("total") for row in found]
    return Slice([AwaitedRead(**row) for row in found if row["queue"] is not None], totals[0] if counted else None)


def counts(query_context: QueryContext, wanted: Overseeing, *, chairs: bool = True) -> list[AwaitedCounted]:
    """By body and queue, where anything waits; `chairs`: what of it is the chair's alone, too."""
    text = _text("counts", apart=chairs or wanted.chair_only is not None)
    return query_context.counted_once(AwaitedCounted, text, wanted.values)
