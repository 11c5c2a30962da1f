"""Now and the past by the same statements: what is asked of the present is asked of the rows that are open.

`recorded @> known` and `recorded` without an end are the same rows once nothing later has been recorded; likewise
`effective @> day` from the last day on that any row begins or ends on. What is open is in partial indexes.
"""

import re
from functools import lru_cache
from typing import Any, TypeVar

from psycopg import Connection, Cursor
from psycopg.rows import RowFactory, tuple_row

Row = TypeVar("Row")

KNOWN = re.compile(r"\b(\w+)\.recorded @> %\(known\)s")
ON_THE_DAY = re.compile(r"\b(\w+)\.effective @> %\(day\)s")


@lru_cache(maxsize=4096)
def as_asked(statement: str, known_now: bool, ended: bool) -> str:
    """A statement for one moment: `known_now` where nothing later is recorded, `ended` where no row begins or ends."""
    if known_now:
        statement = KNOWN.sub(r"upper_inf(\1.recorded)", statement)
    return ON_THE_DAY.sub(r"upper_inf(\1.effective)", statement) if ended else statement


class Reader:
    """A transaction that asks each statement for its moment."""

    def __init__(self, transaction: Connection[Any], known_now: bool, ended: bool) -> None:
        self.transaction = transaction
        self._known_now = known_now
        self._ended = ended

    def cursor(self, row_factory: RowFactory[Row]) -> "ReadingCursor[Row]":
        cursor = ReadingCursor(self.transaction, row_factory=row_factory)
        cursor.known_now, cursor.ended = self._known_now, self._ended
        return cursor

    def execute(self, statement: str, values: Any = None) -> "ReadingCursor[tuple[Any, ...]]":
        return self.cursor(tuple_row).execute(statement, values)


class ReadingCursor(Cursor[Row]):
    known_now = False
    ended = False

    def execute(self, query: Any, params: Any = None, **how: Any) -> "ReadingCursor[Row]":
        super().execute(as_asked(query, self.known_now, self.ended), params, **how)
        return self
