"""Reading the kinds of things that have a stream of their own with their siblings, cut to what the asker may see.

Siblings are rows that one statement read. A relation is read for all of them at once, so that the number of statements
follows from the shape of the query and never from the number of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, cast
from uuid import UUID

from api.redaction import redact
from api.relay.paging import Page, PageRequest
from domain.shared.vocabulary import Kind
from projections.engine.list_query import ListQuery
from projections.engine.query_context import Conditions, Slice, Window
from projections.queries.actions.query import actions
from projections.queries.challenges.query import challenges
from projections.queries.programmes.query import programmes
from projections.queries.recommendations.query import recommendations
from projections.queries.returns.query import returns
from projections.queries.reviews.query import reviews

if TYPE_CHECKING:
    from api.context import Reading


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


if TYPE_CHECKING:
    from api.context import Reading

LIST_QUERIES: Mapping[Kind, ListQuery[Any]] = {
    Kind.REVIEW: reviews,
    Kind.RECOMMENDATION: recommendations,
    Kind.ACTION: actions,
    Kind.CHALLENGE: challenges,
    Kind.RETURN: returns,
    Kind.PROGRAMME: programmes,
}
ALL_OF_A_THING = 500
"""Challenges about one thing at most; nobody has ever seen ten."""


def load_many(reading: Reading, kind: Kind, ids: Iterable[UUID]) -> dict[UUID, Any]:
    """The things that exist then and that the asker may see at least the header of."""
    wanted = list(ids)
    rows: dict[UUID, Any] = LIST_QUERIES[kind].by_id(reading.query_context, wanted) if wanted else {}
    return dict(zip(rows, _together(reading, rows.values()), strict=True))


def load_one(reading: Reading, kind: Kind, id: UUID) -> Any | None:
    return load_many(reading, kind, [id]).get(id)


def load_by_reference(reading: Reading, kind: Kind, reference: str) -> Any | None:
    if not reference.isprintable():
        return None  # no reference is; and PostgreSQL knows no text with some of them
    row = LIST_QUERIES[kind].by_reference(reading.query_context, reference)
    return next(iter(_together(reading, [] if row is None else [row])), None)


def page(
    reading: Reading,
    kind: Kind,
    order: str,
    where: Conditions,
    requested: PageRequest,
    *,
    counted: bool,
    headers: bool = False,
) -> Page[Any]:
    """One page of all things of a kind."""
    read = LIST_QUERIES[kind].page(reading.query_context, order, where, _window(requested, counted), headers=headers)
    return Page.of(_together(reading, read.rows), requested, read.total)


def pages_under(
    batch: Batch[Any],
    kind: Kind,
    tie: str,
    parents: Sequence[object],
    order: str,
    requested: PageRequest,
    *,
    counted: bool,
) -> dict[object, Page[Any]]:
    """A page a parent, all in one statement; together they are the next batch of siblings."""
    window = _window(requested, counted)
    read = LIST_QUERIES[kind].pages_of(batch.reading.query_context, tie, parents, order, window)
    rows = _apart(batch.reading, read)
    return {parent: Page.of(rows[parent], requested, each.total) for parent, each in read.items()}


def all_under(batch: Batch[Any], kind: Kind, tie: str, parents: Sequence[object], order: str) -> dict[object, Any]:
    """Everything of a kind that is tied to each parent."""
    read = LIST_QUERIES[kind].pages_of(batch.reading.query_context, tie, parents, order, Window(ALL_OF_A_THING))
    return dict(_apart(batch.reading, read))


def _together(reading: Reading, rows: Iterable[Any]) -> list[Any]:
    """The rows as the asker may see them, siblings of one another."""
    shown = [redact(row) for row in rows]
    Batch(reading, shown)
    return shown


def _apart(reading: Reading, read: Mapping[object, Slice[Any]]) -> dict[object, list[Any]]:
    """The same of rows under several parents."""
    shown = iter(_together(reading, (row for each in read.values() for row in each.rows)))
    return {parent: list(islice(shown, len(each.rows))) for parent, each in read.items()}


def _window(requested: PageRequest, counted: bool) -> Window:
    return requested.window(counted=counted)
