"""Who asks, about which pair of moments, at which head of the log, and for which stretch of a list."""

import re
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from typing import Any, Generic, TypeVar, cast

from psycopg import Connection, Cursor
from psycopg.rows import RowFactory, class_row, tuple_row

from domain.shared.facts import Epoch
from projections.engine.kept_answers import KeptAnswers, Rows, key_of
from storage.sql import statements

SQL = statements("projections.engine", "query_context.sql")


@dataclass(frozen=True, slots=True)
class Head:
    """The instant by the register's clock, when the newest fact was recorded, and how many there are.

    `last_day`: the latest on which a row of any history begins or ends; on it and afterwards what is open holds.
    `tables`: names the tables of the histories; a rebuild puts others in their place.
    """

    now: datetime
    recorded_at: datetime
    position: int
    last_day: date
    epoch_name: str
    epoch_is_first: bool
    tables: int

    @property
    def epoch(self) -> Epoch:
        """The one in which positions hold."""
        return Epoch(self.epoch_name, self.epoch_is_first)


def head(conn: Connection[Any]) -> Head:
    with conn.cursor(row_factory=class_row(Head)) as cursor:
        return cast(Head, cursor.execute(SQL["head"]).fetchone())


def position_at(conn: Connection[Any], known: datetime) -> int:
    """How many facts had been recorded by an instant."""
    return int(cast(tuple[int], conn.execute(SQL["position_at"], {"known": known}).fetchone())[0])


# Now and the past by the same statements: what is asked of the present is asked of the rows that are open.
#
# `recorded @> known` and `recorded` without an end are the same rows once nothing later has been recorded; likewise
# `effective @> day` from the last day on that any row begins or ends on. What is open is in partial indexes.

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
        self.known_now = known_now
        self.ended = ended

    def cursor(self, row_factory: RowFactory[Row]) -> "ReadingCursor[Row]":
        cursor = ReadingCursor(self.transaction, row_factory=row_factory)
        cursor.known_now, cursor.ended = self.known_now, self.ended
        return cursor

    def execute(self, statement: str, values: Any = None) -> "ReadingCursor[tuple[Any, ...]]":
        return self.cursor(tuple_row).execute(statement, values)


class ReadingCursor(Cursor[Row]):
    known_now = False
    ended = False

    def execute(self, query: Any, params: Any = None, **how: Any) -> "ReadingCursor[Row]":
        super().execute(as_asked(query, self.known_now, self.ended), params, **how)
        return self

    def stream(self, query: Any, params: Any = None, **how: Any) -> Generator[Row, None, None]:
        """To be closed: until then nothing else runs on the connection."""
        yield from super().stream(as_asked(query, self.known_now, self.ended), params, **how)


COUNTED_AT_ONCE = 100
"""Rows that are here before they are counted, each with a text of 20,000 characters at most."""


def _uncounted(_: Sequence[Any]) -> None:
    """Nobody counts."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """The register as it was known at `known`, judged on the day `on`."""

    known: datetime
    on: date


@dataclass(frozen=True, slots=True)
class QueryContext:
    """One question's circumstances: the transaction, the moments, and whose eyes (None: all of the partnership).

    `head`: the end of the log as the transaction sees it, all through; where it is given, the present is asked for
    as what is open. None: every moment is asked for alike. `count`: takes the rows of what has no page, while they come
    in, and raises where they are too much. `kept`: what was counted over everything and holds until the next fact.
    """

    transaction: Connection[Any]
    moment: AsOf
    visible_to: tuple[str, ...] | None
    head: Head | None = None
    count: Callable[[Sequence[Any]], None] = _uncounted
    kept: KeptAnswers | None = None

    @property
    def conn(self) -> Reader:
        """Takes statements that say `recorded @> %(known)s` and `effective @> %(day)s` of each history."""
        if self.head is None:
            return Reader(self.transaction, known_now=False, ended=False)
        known_now = self.moment.known >= self.head.recorded_at
        return Reader(self.transaction, known_now=known_now, ended=self.moment.on >= self.head.last_day)

    def counted(self, row: type[Row], statement: str, values: Mapping[str, Any]) -> list[Row]:
        """The rows of a statement, counted so many at a time while they come in.

        Where they are too much, the statement ends, and hardly more was ever here than was allowed.
        """
        found = list[Row]()
        with (
            self.conn.cursor(row_factory=class_row(row)) as cursor,
            closing(cursor.stream(statement, self.values | dict(values), size=COUNTED_AT_ONCE)) as rows,
        ):
            while some := list(islice(rows, COUNTED_AT_ONCE)):
                self.count(some)
                found += some
        return found

    def counted_once(self, row: Callable[..., Row], statement: str, values: Mapping[str, Any]) -> list[Row]:
        """The few rows of a statement that goes through everything; asked again before the next fact, they are kept."""
        all_values = self.values | dict(values)
        if self.kept is None or self.head is None:
            found = self._few(statement, all_values)
        else:
            reader, end = self.conn, self.head
            asked = as_asked(statement, reader.known_now, reader.ended)
            key = (end.tables, end.epoch_name, end.position, *key_of(asked, all_values))
            found = self.kept.find(key, lambda: self._few(statement, all_values))
        return [row(**dict(zip(found.columns, each, strict=True))) for each in found.rows]

    def _few(self, statement: str, values: Mapping[str, Any]) -> Rows:
        cursor = self.conn.execute(statement, values)
        return Rows(tuple(column.name for column in cursor.description or ()), cursor.fetchall())

    @property
    def values(self) -> dict[str, Any]:
        visible_to = None if self.visible_to is None else list(self.visible_to)
        return {"known": self.moment.known, "day": self.moment.on, "mine": visible_to}


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of an ordered list: `limit` rows behind `after` and before `before`, from its start or from its end."""

    limit: int
    forward: bool = True
    after: tuple[Any, ...] | None = None
    before: tuple[Any, ...] | None = None
    counted: bool = False

    def bounds(self, *columns: str) -> dict[str, Any]:
        """`after_` and `before_` each column of the order, for a statement; None where nothing bounds the stretch."""
        nowhere = (None,) * len(columns)
        return {
            f"{side}_{column}": value
            for side, place in (("after", self.after), ("before", self.before))
            for column, value in zip(columns, place or nowhere, strict=True)
        }


@dataclass(frozen=True, slots=True)
class Slice(Generic[Row]):
    """The rows in the direction of reading, and how many the whole list has, if that was counted."""

    rows: list[Row] = field(default_factory=list)
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A named condition of a `.sql` file with its values."""

    name: str
    values: Mapping[str, Any] = field(default_factory=dict)


Conditions = Sequence[Condition]
