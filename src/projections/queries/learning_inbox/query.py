"""Learning that waits for the bodies that are fed: a page of it, counted, in one statement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from projections.engine.query_context import QueryContext, Slice, Window
from storage.sql import compose, statements

SQL = statements("projections.queries.learning_inbox")


@dataclass(slots=True)
class InboxRead:
    """One point of learning for one body; `place` orders equal days."""

    entry: UUID
    body: str
    since: date
    taken_on: date | None
    days: int
    place: str
    batch: Any = None


@dataclass(frozen=True, slots=True)
class Inbox:
    """
    `feeding`: which body each kind of each framework feeds; `heirs`: what each body of each framework has become;
    `bodies`: none for all; `taken_up`: what has been, what has not, or none for both.
    """

    feeding: Sequence[Mapping[str, str]]
    heirs: Sequence[Mapping[str, str]]
    bodies: Sequence[str] | None = None
    taken_up: bool | None = None


def waiting(query_context: QueryContext, wanted: Inbox, window: Window) -> Slice[InboxRead]:
    """What has waited longest first; counted."""
    values = {
        "feeding": Jsonb(list(wanted.feeding)),
        "heirs": Jsonb(list(wanted.heirs)),
        "bodies": None if wanted.bodies is None else list(wanted.bodies),
        "taken_up": wanted.taken_up,
        "limit": window.limit,
    } | window.bounds("since", "place")
    text = compose(SQL, "inbox", {"order": SQL["forward" if window.forward else "backward"]})
    found = query_context.conn.execute(text, query_context.values | values).fetchall()
    return Slice([InboxRead(*row[1:]) for row in found if row[1] is not None], found[0][0])
