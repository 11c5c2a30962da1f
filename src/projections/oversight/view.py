"""What awaits the bodies that oversee: a page of it, and how much there is, in one statement each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from projections.asking import Asking, Slice
from projections.oversight.rows import AwaitedCounted, AwaitedRead
from storage.sql import statements

SQL = statements("projections.oversight")
PAGE, COUNTS = (f"{SQL['awaited']}\n{SQL[name]}" for name in ("page", "counts"))


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
            "members": Jsonb(list(self.members)),
            "advisers": Jsonb(list(self.advisers)),
            "bodies": None if self.bodies is None else list(self.bodies),
            "queues": None if self.queues is None else list(self.queues),
            "chair_only": self.chair_only,
        }


Place = tuple[date, str]


def awaited(asking: Asking, wanted: Overseeing, limit: int, after: Place | None = None) -> Slice[AwaitedRead]:
    """At most `limit` of all that waits behind `after`, the longest waiting first; counted."""
    since, place = after or (None, None)
    values = {"limit": limit, "after_since": since, "after_place": place}
    found = asking.conn.execute(PAGE, asking.values | wanted.values | values).fetchall()
    return Slice([AwaitedRead(*row[1:]) for row in found if row[1] is not None], found[0][0])


def counts(asking: Asking, wanted: Overseeing) -> list[AwaitedCounted]:
    """By body and queue, where anything waits."""
    with asking.conn.cursor(row_factory=class_row(AwaitedCounted)) as cursor:
        return cursor.execute(COUNTS, asking.values | wanted.values).fetchall()
