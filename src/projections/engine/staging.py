"""New tables beside the old ones: filled without indexes, indexed, and moved into their place."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial
from itertools import chain
from os import cpu_count
from typing import Any, NamedTuple, Self, cast

import psycopg
from psycopg import Connection, sql

from projections.histories.registry import KEY_COLUMNS
from storage.migrate import lay_out, partnership_of
from storage.sql import statements

SQL = statements("projections.engine", "rebuild.sql")
EXTENSIONS = "public"
PATIENCE = timedelta(seconds=5)
"""How long a second rebuild waits for the first, which may just have been killed, before it is refused."""


TIDYING = timedelta(seconds=1)
"""How long a table that nobody needs any more is waited for."""

logger = logging.getLogger("goldenthread.rebuild")


class RebuildUnderWay(Exception):
    """Somebody else is rebuilding the partnership; the message says so."""


class InTheWay(NamedTuple):
    """A process of the database, in words and by its number, and for how many seconds it has held what is needed."""

    words: str
    process: int | None = None
    seconds: float = 0.0


class Staging:
    """A schema of its own that holds the tables being rebuilt, under the names they will keep.

    One a partnership: the connection that makes the switch holds a lock of the database from before the first step.
    Who loses that connection, and with it the lock, cannot switch any more; who is killed leaves no lock behind. The
    schema is named by that connection: what still writes for a rebuild that was cut short meets nobody else's tables.
    """

    def __init__(self, conninfo: str, schema: str, tables: Sequence[str], wait_s: float | None = None) -> None:
        self.schema = schema
        self.tables = tables
        self._wait_s = PATIENCE.total_seconds() if wait_s is None else wait_s
        self.source = psycopg.connect(conninfo, autocommit=True)
        self.target = psycopg.connect(conninfo, autocommit=True)
        self._conninfo = conninfo
        self._exclusions: defaultdict[str, list[sql.Composed]] = defaultdict(list)
        self._indexes: defaultdict[str, list[sql.SQL]] = defaultdict(list)

    def __enter__(self) -> Self:
        """Raises `RebuildUnderWay` where another rebuild lasts longer than it is waited for."""
        try:
            self._begin_alone()
            own = self._own_process()
            self.name, self.replaced = f"rebuild_{own}_{self.schema}"[:63], f"rebuilt_{own}_{self.schema}"[:63]
            for (name,) in self.target.execute(SQL["left_behind"], (self.schema,)).fetchall():
                drop_unless_held(self.target, name)
            lay_out(self._conninfo, self.name)
            enter = SQL["enter"]
            self.source.execute(enter, (self.schema,))
            self.target.execute(enter, (f"{self.name}, {EXTENSIONS}",))
            self._unindex()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.target.execute(phrase("drop_schema", schema=self.name))
            self.drop_replaced()
        finally:
            self._close()

    def _begin_alone(self) -> None:
        self.target.execute(SQL["limit_waiting"], (f"{self._wait_s * 1000:.0f}",))
        try:
            self.target.execute(SQL["begin_alone"], (self.schema,))
        except psycopg.errors.LockNotAvailable as error:
            raise RebuildUnderWay(
                f"The partnership {partnership_of(self.schema)} is being rebuilt already; wait until that has ended."
            ) from error
        self.target.execute(SQL["limit_waiting"], ("0",))

    def _own_process(self) -> int:
        return int(cast(tuple[int], self.target.execute(SQL["own_process"]).fetchone())[0])

    def _close(self) -> None:
        self.source.close()
        self.target.close()

    def finish(self) -> None:
        """Settle what was filled while it is bare, then build constraints and indexes, one a processor at a time.

        Rows that a snapshot elsewhere still hid from the first settling are seen by the second, which passes the rest.
        """
        largest_first = [row[0] for row in self.source.execute(SQL["largest_first"], (self.name, self.tables))]
        with ThreadPoolExecutor(cpu_count() or 1) as pool:
            indexing = list(pool.map(partial(self._constrain, pool), largest_first))
            for index in chain.from_iterable(indexing):
                index.result()
            self._build(phrase("deepen_indexes"))
            list(pool.map(self._build, [phrase("settle", table=table) for table in self.tables]))

    def last_day(self) -> date | None:
        """The latest day on which any row that was filled in begins or ends."""
        days = (self.target.execute(phrase("last_day", table=table)).fetchone() for table in self.tables)
        return max((row[0] for row in days if row and row[0]), default=None)

    def _constrain(self, pool: ThreadPoolExecutor, table: str) -> list[Future[None]]:
        """Settle a table and see that nothing in it overlaps; its indexes then wait for the next free processor."""
        self._build(phrase("analyze", table=table))
        for exclusion in self._exclusions[table]:
            self._build(exclusion)
        return [pool.submit(self._build, index) for index in self._indexes[table]]

    def _build(self, statement: sql.SQL | sql.Composed) -> None:
        with psycopg.connect(self._conninfo, autocommit=True) as conn:
            conn.execute(SQL["enter"], (f"{self.name}, {EXTENSIONS}",))
            conn.execute(SQL["room_to_sort"])
            conn.execute(statement)

    @property
    def old_tables(self) -> sql.Composed:
        return sql.SQL(", ").join(sql.Identifier(self.schema, table) for table in self.tables)

    def switch(self) -> sql.Composed:
        """What puts the old tables away, and the new ones to where they were, in a transaction that holds them.

        One message, for every answer that is waited for holds everybody up. Dropping takes long where tables are
        large, and is done afterwards, when nobody waits for it (`drop_replaced`).
        """
        self.target.execute(phrase("make_schema", schema=self.replaced))
        moves = (*self._moves(self.schema, self.replaced), *self._moves(self.name, self.schema))
        return sql.SQL(";\n").join(moves)

    def _moves(self, start: str, to: str) -> Iterator[sql.Composed]:
        """Statistics on several columns stay behind when their table moves, and are moved by themselves."""
        for table in self.tables:
            yield phrase("move", new=sql.Identifier(start, table), schema=to)
        for (name,) in self.target.execute(SQL["statistics"], (start, self.tables)).fetchall():
            yield phrase("move_statistics", new=sql.Identifier(start, name), schema=to)

    def drop_replaced(self) -> None:
        """What cannot be dropped now is dropped by the next rebuild, or the next start."""
        drop_unless_held(self.target, self.replaced)

    def in_the_way(self) -> InTheWay:
        """Who has held a table that is to be switched for the longest time."""
        held = [sql.Identifier(self.schema, table).as_string() for table in (*self.tables, "head")]
        found = self.target.execute(SQL["in_the_way"], (held,)).fetchone()
        if found is None:
            return InTheWay("what has ended meanwhile")
        process, program, since, seconds = found
        return InTheWay(f"process {process} ({program}), in a transaction since {since}", process, seconds)

    def _unindex(self) -> None:
        for table, name, definition in self.target.execute(SQL["exclusions"], (self.name,)).fetchall():
            if table in self.tables:
                parts = {"table": table, "name": name, "definition": sql.SQL(definition)}
                self._exclusions[table].append(phrase("add_exclusion", **parts))
                self.target.execute(phrase("drop_exclusion", table=table, name=name))
        for table, name, definition in self.target.execute(SQL["indexes"], (self.name, self.name)).fetchall():
            if table in self.tables:
                self._indexes[table].append(sql.SQL(definition))
                self.target.execute(phrase("drop_index", name=name))

    def row_counts(self) -> dict[str, int]:
        """How many rows each table being rebuilt has."""
        found = ((table, self.target.execute(phrase("rows_of", table=table)).fetchone()) for table in self.tables)
        return {table: int(row[0]) for table, row in found if row}


def drop_what_rebuilds_left(conninfo: str) -> None:
    """The tables of rebuilds that were cut short, or that could not be dropped after their switch, anywhere."""
    with psycopg.connect(conninfo, autocommit=True) as conn:
        for (name,) in conn.execute(SQL["left_behind_anywhere"]).fetchall():
            drop_unless_held(conn, name)


def drop_unless_held(conn: Connection[Any], schema: str) -> None:
    """Drop a schema that nobody needs, without waiting long for who still holds something in it."""
    conn.execute(SQL["limit_waiting"], (str(round(TIDYING.total_seconds() * 1000)),))
    try:
        conn.execute(phrase("drop_schema", schema=schema))
    except psycopg.errors.LockNotAvailable:
        logger.warning("%s is still held by somebody; the next rebuild or start drops it", schema)
    finally:
        if not conn.closed:
            conn.execute(SQL["limit_waiting"], ("0",))


def known_tables(projection: str | None) -> list[str]:
    """The tables to rebuild: the one named, or all. Raises `ValueError`."""
    if projection is None:
        return list(KEY_COLUMNS)
    if projection not in KEY_COLUMNS:
        raise ValueError(f"There is no projection {projection!r}; there are {', '.join(KEY_COLUMNS)}.")
    return [projection]


def phrase(name: str, /, **parts: str | Iterable[str] | sql.Composable) -> sql.Composed:
    """A statement of `rebuild.sql` with its names in place; values are never put in this way."""
    return sql.SQL(SQL[name]).format(**{key: _part(part) for key, part in parts.items()})


def _part(part: str | Iterable[str] | sql.Composable) -> sql.Composable:
    if isinstance(part, sql.Composable):
        return part
    if isinstance(part, str):
        return sql.Identifier(part)
    return sql.SQL(", ").join(map(sql.Identifier, part))
