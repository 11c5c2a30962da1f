"""One kind of thing as its lists read it: a page, a page a parent, and by id, each in one statement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Generic, TypeVar
from uuid import UUID

from projections.engine.paging import EVERYWHERE, read_counts, read_pages, read_rows
from projections.engine.query_context import Condition, Conditions, QueryContext, Slice, Window
from projections.histories.columns import reference_key
from storage.sql import statements

Row = TypeVar("Row")
Counted = TypeVar("Counted")

LISTED = Condition("listed")


class ListQuery(Generic[Row]):
    """`ordered_by`: the column that each order goes by, before the thing's own id; the SQL is the package's."""

    def __init__(self, package: str, row: type[Row], ordered_by: Mapping[str, str]) -> None:
        self.ordered_by = ordered_by
        self._sql = statements(package)
        self._row = row

    def page(
        self, query_context: QueryContext, order: str, where: Conditions, window: Window, *, headers: bool = False
    ) -> Slice[Row]:
        """One page of all that the asker may list, perhaps with that of which only the header is seen."""
        conditions = tuple(where) if headers else (LISTED, *where)
        window = self._placed(order, window)
        return read_pages(query_context, self._sql, self._row, order, conditions, window, [EVERYWHERE])[EVERYWHERE]

    def pages_of(
        self,
        query_context: QueryContext,
        tie: str,
        parents: Sequence[object],
        order: str,
        window: Window,
        where: Conditions = (),
    ) -> Mapping[object, Slice[Row]]:
        """A page a parent; `tie` names the condition that ties a thing to it."""
        conditions, keys = (LISTED, Condition(tie), *where), [str(parent) for parent in parents]
        window = self._placed(order, window)
        found = read_pages(query_context, self._sql, self._row, order, conditions, window, keys)
        return {parent: found[str(parent)] for parent in parents}

    def counts(
        self, query_context: QueryContext, question: str, row: type[Counted], where: Conditions
    ) -> list[Counted]:
        """What a question of the package counts of all that the asker may list, in one statement."""
        return read_counts(query_context, self._sql, row, question, (LISTED, *where))

    def by_id(self, query_context: QueryContext, ids: Iterable[UUID]) -> dict[UUID, Row]:
        """Those that exist at the moment and of which the asker may see at least the header."""
        found: list[Any] = read_rows(query_context, self._sql, self._row, (Condition("things", {"things": list(ids)}),))
        return {row.thing: row for row in found}

    def by_reference(self, query_context: QueryContext, reference: str) -> Row | None:
        """The one of this reference, if it exists at the moment and the asker may see at least its header."""
        where = (Condition("reference", {"reference": reference}),)
        return next(iter(read_rows(query_context, self._sql, self._row, where)), None)

    def _placed(self, order: str, window: Window) -> Window:
        """A place is named by what is shown; a reference is compared by what it sorts as."""
        if self.ordered_by[order] != "reference":
            return window
        return replace(window, after=_comparable(window.after), before=_comparable(window.before))


def _comparable(place: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    return place and (reference_key(place[0]), *place[1:])
