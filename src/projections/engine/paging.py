"""Keyset pages of a history, for one list or for many parents at once, always in one statement.

A page chooses its things by what narrow indexes hold, and only then reads the rows of those.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from psycopg.rows import class_row

from projections.engine.query_context import Conditions, QueryContext, Slice, Window

COVERED_ORDERS = frozenset({"DUE_ON_ASC", "DUE_ON_DESC", "RAISED_DESC"})
COVERED = frozenset({
    "answers", "awaiting_impact", "awaiting_review", "challenged", "closure_outcomes", "due_before",
    "evidence_verdicts", "extension_pending", "impacts", "lead_agencies", "overdue", "overdue_against_original",
    "response_overdue", "stages", "unassigned",
})  # fmt: skip
"""Conditions and orders that go by what the indexes of a moment hold, or that small indexes answer by themselves. What
meets such a condition may stand anywhere in the order: what is overdue, behind all that was ever due before."""

EVERYWHERE = "*"
"""Stands for the whole register, where a list is below nothing."""

Row = TypeVar("Row")
Sql = Mapping[str, str]


def read_pages(
    query_context: QueryContext,
    sql: Sql,
    row: type[Row],
    order: str,
    where: Conditions,
    window: Window,
    parents: Sequence[object],
) -> dict[object, Slice[Row]]:
    """A slice a parent, in one statement; `where` names conditions of the `.sql` file, one of which ties to it."""
    eyes = _eyes(sql, query_context, whole=list(parents) == [EVERYWHERE])
    text = _page_text(_File(sql), eyes, order, tuple(c.name for c in where), _shape(window))
    values = query_context.values | {"parents": list(parents), "limit": window.limit} | _values(where) | _places(window)
    found: dict[object, Slice[Row]] = {parent: Slice() for parent in parents}
    for parent, total, *columns in query_context.conn.execute(text, values):
        rows = found[parent].rows
        if columns[0] is not None:
            rows.append(row(*columns))
        found[parent] = Slice(rows, total)
    return found


def read_rows(query_context: QueryContext, sql: Sql, row: type[Row], where: Conditions) -> list[Row]:
    """All rows that meet the conditions, in no order."""
    text = _rows_text(_File(sql), _eyes(sql, query_context, whole=False), tuple(c.name for c in where))
    with query_context.conn.cursor(row_factory=class_row(row)) as cursor:
        return cursor.execute(text, query_context.values | _values(where)).fetchall()


def read_counts(query_context: QueryContext, sql: Sql, row: type[Row], question: str, where: Conditions) -> list[Row]:
    """What `question` of the `.sql` file counts of all that meets the conditions, grouped as it says."""
    found = _found(sql, _eyes(sql, query_context), tuple(c.name for c in where))
    text = f"{sql[question]}\n{found}\n{sql[f'{question}.by']}"
    with query_context.conn.cursor(row_factory=class_row(row)) as cursor:
        return cursor.execute(text, query_context.values | _values(where)).fetchall()


def _is_covered(order: str, where: tuple[str, ...]) -> bool:
    """Whether all that meets the conditions is found faster, and then put in order, than by walking in order."""
    return order in COVERED_ORDERS and not COVERED.isdisjoint(where)


def _within(sql: Sql, order: str) -> tuple[str, ...]:
    """What is true of every row and tells where in this order the rows of the moment begin."""
    name = f"within.{order}"
    return (sql[name],) if name in sql else ()


class _File:
    """A file of statements as a cache's key: files are read once and never change."""

    def __init__(self, sql: Sql) -> None:
        self.sql = sql

    def __hash__(self) -> int:
        return id(self.sql)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _File) and other.sql is self.sql


def _eyes(sql: Sql, query_context: QueryContext, *, whole: bool = True) -> str:
    """Which part says what the asker sees: of the `whole` register, or of what is found by its id or below others."""
    if query_context.visible_to is None:
        return "visible.all"
    return "visible.below" if not whole and "visible.below" in sql else "visible.agency"


def _values(where: Conditions) -> dict[str, Any]:
    return {name: value for condition in where for name, value in condition.values.items()}


def _places(window: Window) -> dict[str, Any]:
    places = {"after": window.after or (), "before": window.before or ()}
    return {f"{name}_{index}": value for name, key in places.items() for index, value in enumerate(key)}


def _shape(window: Window) -> tuple[bool, bool, bool, bool]:
    return window.forward, window.after is not None, window.before is not None, window.counted


@lru_cache(maxsize=2048)
def _page_text(file: _File, eyes: str, order: str, where: tuple[str, ...], shape: tuple[bool, bool, bool, bool]) -> str:
    sql, (forward, after, before, counted) = file.sql, shape
    found = _found(sql, eyes, where)
    bounds = [sql[f"{name}.{order}"] for name, given in (("after", after), ("before", before)) if given]
    by = sql[f"{'order' if forward else 'reverse'}.{order}"]
    chosen = "\n  AND ".join((found, *bounds, *_within(sql, order)))
    source = f"{sql['all']}\n{chosen}\n{sql['fenced']}" if _is_covered(order, where) else f"{sql['chosen']}\n{chosen}"
    page = f"{sql['columns']}\nFROM (\n{source}\n{by}\nLIMIT %(limit)s\n) seen\n{sql['again']}\n{by}"
    total = f"{sql['counted']}\n{found}" if counted else sql["uncounted"]
    return f"{sql['parents']}\n{_lateral(total, 'counted')}\n{_lateral(page, 'page')}"


@lru_cache(maxsize=256)
def _rows_text(file: _File, eyes: str, where: tuple[str, ...]) -> str:
    return f"{file.sql['columns']}\n{_found(file.sql, eyes, where)}"


def _found(sql: Sql, eyes: str, where: tuple[str, ...]) -> str:
    seen = "from.agency" if eyes == "visible.agency" and "from.agency" in sql else None
    source = sql[seen] if seen else sql["from"].replace("/*visible*/", sql[eyes])
    return "\n  AND ".join((source, *(sql[f"where.{name}"] for name in where)))


def _lateral(query: str, name: str) -> str:
    return f"LEFT JOIN LATERAL (\n{query}\n) {name} ON true"
