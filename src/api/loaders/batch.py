"""Siblings: rows that one statement read. A relation is read for all of them at once, so that the number of
statements follows from the shape of the query and never from the number of rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, cast
from uuid import UUID

if TYPE_CHECKING:
    from api.reading import Reading


class Sibling(Protocol):
    """Whatever can belong to a batch."""

    batch: Any


Row = TypeVar("Row", bound=Sibling)
Found = TypeVar("Found")
Under = TypeVar("Under", bound=Mapping[Any, Sequence[Any]])


class Batch(Generic[Row]):
    """The siblings, what they were read with, and what has been read for them so far."""

    __slots__ = ("_found", "reading", "rows")

    def __init__(self, reading: Reading, rows: Sequence[Row]) -> None:
        self.reading = reading
        self.rows = rows
        self._found: dict[Hashable, object] = {}
        reading.context.read(rows)
        for row in rows:
            row.batch = self

    def once(self, relation: Hashable, read: Callable[[], Found]) -> Found:
        """What was read for this relation of all the siblings."""
        if relation not in self._found:
            self._found[relation] = read()
        return cast(Found, self._found[relation])

    def ids(self, of: Callable[[Row], Iterable[UUID | None]]) -> list[UUID]:
        """The ids that the siblings name, each once."""
        return list(dict.fromkeys(id for row in self.rows for id in of(row) if id is not None))


def counted(reading: Reading, under: Under) -> Under:
    """What was read under each of several things, counted as rows that a request has read."""
    for rows in under.values():
        reading.context.read(rows)
    return under
