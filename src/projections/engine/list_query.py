"""One kind of thing as its lists read it: a page, a page a parent, and by id, each in one statement.

Its statements are composed of the parts in `lists.sql` and of those in its own file, once for each shape of question.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from psycopg.rows import class_row

from projections.engine.query_context import Condition, Conditions, QueryContext, Slice, Window
from projections.histories.parts import reference_key
from storage.sql import NOTHING, compose, statements

Row = TypeVar("Row")
Counted = TypeVar("Counted")
Sql = Mapping[str, str]

LISTS = statements("projections.engine", "lists.sql")
LISTED = Condition("listed")
COVERED_ORDERS = frozenset({"DUE_ON_ASC", "DUE_ON_DESC", "RAISED_DESC"})
COVERED = frozenset({
    "answers", "awaiting_impact", "awaiting_review", "challenged", "closure_outcomes", "due_before",
    "evidence_verdicts", "extension_pending", "impacts", "lead_agencies", "overdue", "overdue_against_original",
    "response_not_overdue", "response_overdue", "stages", "unassigned", "unchallenged",
})  # fmt: skip
"""Conditions and orders that go by what the indexes of a moment hold, or that small indexes answer by themselves. What
meets such a condition may stand anywhere in the order: what is overdue, behind all that was ever due before."""

EVERYWHERE = "*"
"""Stands for the whole register, where a list is below nothing."""


@dataclass(frozen=True, slots=True)
class Order:
    """By one column of the history and then by the thing's own id.

    Attributes:
        shown: the row's attribute that says where it stands, as cursors name a place.
        otherwise: what stands for a value that is not there.
    """

    column: str
    descending: bool = False
    otherwise: str | None = None
    type: str = "date"
    shown: str = ""


BY_REFERENCE = Order("reference_key", type="text", shown="reference")


def by_day(column: str, *, descending: bool = False, always: bool = False) -> Order:
    """What has no day comes last; `always`: there is always one."""
    otherwise = None if always else "-infinity" if descending else "infinity"
    return Order(column, descending, otherwise, shown=column)


class ListQuery(Generic[Row]):
    """The SQL is that of `package`, `also` what it shares with another list's."""

    def __init__(self, package: str, row: type[Row], orders: Mapping[str, Order], also: Sql = NOTHING) -> None:
        self.orders = orders
        self.sql: Sql = {**LISTS, **also, **statements(package)}
        self._file = _File(self.sql)
        self._row = row

    def page(
        self, query_context: QueryContext, order: str, where: Conditions, window: Window, *, headers: bool = False
    ) -> Slice[Row]:
        """One page of all that the asker may list, perhaps with that of which only the header is seen."""
        conditions = tuple(where) if headers else (LISTED, *where)
        return self._pages(query_context, order, conditions, window, [EVERYWHERE])[EVERYWHERE]

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
        found = self._pages(query_context, order, conditions, window, keys)
        return {parent: found[str(parent)] for parent in parents}

    def counts(
        self, query_context: QueryContext, question: str, row: type[Counted], where: Conditions
    ) -> list[Counted]:
        """What a question of the package counts of all that the asker may list, in one statement."""
        text = _rows_text(self._file, question, self._eyes(query_context), _names((LISTED, *where)))
        return _read(query_context, text, row, where)

    def rows(self, query_context: QueryContext, where: Conditions) -> list[Row]:
        """All that meet the conditions, in no order."""
        text = _rows_text(self._file, "rows", self._eyes(query_context, whole=False), _names(where))
        return _read(query_context, text, self._row, where)

    def by_id(self, query_context: QueryContext, ids: Iterable[UUID]) -> dict[UUID, Row]:
        """Those that exist at the moment and of which the asker may see at least the header."""
        found: list[Any] = self.rows(query_context, (Condition("things", {"things": list(ids)}),))
        return {row.thing: row for row in found}

    def by_reference(self, query_context: QueryContext, reference: str) -> Row | None:
        """The one of this reference, if it exists at the moment and the asker may see at least its header."""
        return next(iter(self.rows(query_context, (Condition("reference", {"reference": reference}),))), None)

    def _pages(
        self, query_context: QueryContext, order: str, where: Conditions, window: Window, parents: Sequence[str]
    ) -> dict[str, Slice[Row]]:
        """A slice a parent, in one statement; one of the conditions ties to it."""
        by = self.orders[order]
        eyes = self._eyes(query_context, whole=parents == [EVERYWHERE])
        text = _page_text(self._file, by, order, eyes, _names(where), _shape(window))
        values = {"parents": parents, "limit": window.limit, **_values(where), **_places(_comparable(by, window))}
        found: dict[str, Slice[Row]] = {parent: Slice() for parent in parents}
        for parent, total, *columns in query_context.conn.execute(text, query_context.values | values):
            rows = found[parent].rows
            if columns[0] is not None:
                rows.append(self._row(*columns))
            found[parent] = Slice(rows, total)
        return found

    def _eyes(self, query_context: QueryContext, *, whole: bool = True) -> str:
        """The part that says what the asker sees: of the `whole` register, or what is found by id or below others."""
        if query_context.visible_to is None:
            return "visible.all"
        return "visible.below" if not whole and "visible.below" in self.sql else "visible.agency"


def _read(query_context: QueryContext, text: str, row: type[Counted], where: Conditions) -> list[Counted]:
    with query_context.conn.cursor(row_factory=class_row(row)) as cursor:
        return cursor.execute(text, query_context.values | _values(where)).fetchall()


def _names(where: Conditions) -> tuple[str, ...]:
    return tuple(condition.name for condition in where)


def _values(where: Conditions) -> dict[str, Any]:
    return {name: value for condition in where for name, value in condition.values.items()}


def _places(window: Window) -> dict[str, Any]:
    places = {"after": window.after or (), "before": window.before or ()}
    return {f"{name}_{index}": value for name, key in places.items() for index, value in enumerate(key)}


def _shape(window: Window) -> tuple[bool, bool, bool, bool]:
    return window.forward, window.after is not None, window.before is not None, window.counted


def _comparable(order: Order, window: Window) -> Window:
    """A place is named by what is shown; a reference is compared by what it sorts as."""
    if order is not BY_REFERENCE:
        return window
    after, before = (place and (reference_key(place[0]), *place[1:]) for place in (window.after, window.before))
    return replace(window, after=after, before=before)


class _File:
    """The parts of a list as a cache's key: files are read once and never change."""

    def __init__(self, sql: Sql) -> None:
        self.sql = sql


@lru_cache(maxsize=2048)
def _page_text(
    file: _File, by: Order, order: str, eyes: str, where: tuple[str, ...], shape: tuple[bool, bool, bool, bool]
) -> str:
    sql, (forward, after, before, counted) = file.sql, shape
    found = _found(sql, eyes, where)
    bounds = [_bound(sql, by, side) for side, given in (("after", after), ("before", before)) if given]
    within = [sql[name] for name in (f"within.{order}",) if name in sql]
    covered = order in COVERED_ORDERS and not COVERED.isdisjoint(where)
    parts = {
        "total": compose(sql, "counted" if counted else "uncounted", found),
        "chosen": compose(sql, "gathered" if covered else "walked", _and(found, [*bounds, *within])),
        "order": _ordered(sql, by, forward=forward),
    }
    return compose(sql, "pages", parts)


@lru_cache(maxsize=256)
def _rows_text(file: _File, name: str, eyes: str, where: tuple[str, ...]) -> str:
    return compose(file.sql, name, _found(file.sql, eyes, where))


def _found(sql: Sql, eyes: str, where: tuple[str, ...]) -> dict[str, str]:
    """What fills `found`: whose eyes see it, and the conditions that it meets."""
    apart = eyes == "visible.agency" and "from.agency" in sql
    parts = {"from": sql["from.agency" if apart else "from"], "visible": "" if apart else sql[eyes], "conditions": ""}
    return _and(parts, [sql[f"where.{name}"] for name in where])


def _and(found: Mapping[str, str], conditions: Iterable[str]) -> dict[str, str]:
    return {**found, "conditions": found["conditions"] + "".join(f"\n  AND {each}" for each in conditions)}


def _ordered(sql: Sql, by: Order, *, forward: bool) -> str:
    return compose(sql, "ascending" if forward != by.descending else "descending", _keys(sql, by, ""))


def _bound(sql: Sql, by: Order, side: str) -> str:
    """What comes after a place of the order, or before it."""
    return compose(sql, "later" if (side == "after") != by.descending else "earlier", _keys(sql, by, side))


def _keys(sql: Sql, by: Order, side: str) -> dict[str, str]:
    named = {"column": by.column, "type": by.type, "otherwise": by.otherwise or "", "side": side}
    key = "key" if by.otherwise is None else "key_or_otherwise"
    return {f"{each}_key": compose(sql, key, {**named, "value": sql[each]}) for each in ("row", "place")} | named
