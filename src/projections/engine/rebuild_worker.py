"""Folding facts into rows and copying those into empty tables."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from typing import Any, TypeAlias, cast
from uuid import UUID

import orjson
import psycopg
from psycopg import Connection

from domain.event_names import decode
from domain.shared.facts import Recorded
from projections.engine.history_rows import HistoryRow, history_of, noted_at
from projections.engine.staging import EXTENSIONS, SQL, phrase
from projections.engine.timeline import Row
from projections.histories.registry import KEY_COLUMNS
from storage.form import LaterVersion

# Rows as PostgreSQL's COPY text.
_SPECIAL = re.compile(r"[\\\t\n\r]")
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_QUOTES = str.maketrans({"\\": "\\\\", '"': '\\"'})


def fields(values: Iterable[Any]) -> str:
    """Values by column as they stand in a line: None as null, dicts and lists as JSON, tuples as arrays."""
    return "\t".join(["\\N" if value is None else _WRITE[type(value)](value) for value in values])


def line(values: Iterable[Any]) -> str:
    """One whole row."""
    return fields(values) + "\n"


def _text(value: str) -> str:
    return value.translate(_ESCAPES) if _SPECIAL.search(value) else value


@lru_cache(maxsize=10_000)
def _array(values: tuple[Any, ...]) -> str:
    return _text("{" + ",".join([f'"{str(value).translate(_QUOTES)}"' for value in values]) + "}")


def _json(value: Any) -> str:
    return _text(orjson.dumps(value).decode())


_WRITE: dict[type, Callable[[Any], str]] = {
    bool: lambda value: "t" if value else "f",
    int: str,
    str: _text,
    date: lru_cache(maxsize=10_000)(date.isoformat),
    datetime: datetime.isoformat,
    UUID: lambda value: f"{value.int:032x}",
    tuple: _array,
    dict: _json,
    list: _json,
}


Lines: TypeAlias = defaultdict[tuple[str, type[Any]], list[str]]
"""Rows by their table and the columns that they are of."""

FLUSH = 5_000
CLOCKS = ("recorded", "effective")


@dataclass(frozen=True, slots=True)
class RebuildJob:
    """What is folded into where: the facts of a schema up to a position, into the tables of another."""

    conninfo: str
    schema: str
    target: str
    tables: Sequence[str]
    position: int


@dataclass(slots=True)
class Copied:
    """How many facts were folded, and how many rows of each table were made of them."""

    facts: int = 0
    rows: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Copied") -> None:
        self.facts += other.facts
        self.rows.update(other.rows)


def rebuild_share(work: RebuildJob, share: tuple[UUID, UUID]) -> Copied:
    """Fold the streams between two ids. Runs in a process of its own for large registers."""
    with psycopg.connect(work.conninfo) as source, psycopg.connect(work.conninfo) as target:
        source.execute(SQL["enter"], (work.schema,))
        target.execute(SQL["enter"], (f"{work.target}, {EXTENSIONS}",))
        with source.cursor("facts") as cursor:
            cursor.itersize = FLUSH
            cursor.execute(SQL["facts"], {"position": work.position, "first": share[0], "last": share[1]})
            return copy_in(target, work.tables, streams(cursor))


def copy_in(target: Connection[Any], tables: Sequence[str], folded: Iterable[list[Recorded]]) -> Copied:
    """Fold streams and copy their rows."""
    copied, waiting = Copied(), 0
    lines: Lines = defaultdict(list)
    for stream in folded:
        _take(lines, tables, stream)
        copied.facts, waiting = copied.facts + len(stream), waiting + len(stream)
        if waiting >= FLUSH:
            copied.rows.update(_flush(target, lines))
            waiting = 0
    copied.rows.update(_flush(target, lines))
    return copied


def streams(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[Recorded]]:
    """The facts in rows of `facts`, stream by stream."""
    for id, events in groupby(rows, key=lambda row: cast(UUID, row[0])):
        yield [_recorded(id, *event) for _, *event in events]


def _recorded(id: UUID, version: int, name: str, body: str, recorded_at: datetime, position: int) -> Recorded:
    try:
        kind, fact = decode(name, body)
    except KeyError as error:
        raise LaterVersion(
            f"A later version has recorded a fact that is not known here ({name}); install that version again."
        ) from error
    return Recorded(kind, id, version, fact, recorded_at, position)


def _take(lines: Lines, tables: Collection[str], stream: list[Recorded]) -> None:
    rows = [row for row in history_of(stream) if row.key.table in tables]
    written: dict[int, str] = {}
    for row in rows:
        content = row.span.row
        if id(content) not in written:
            written[id(content)] = _content(stream, content)
        lines[row.key.table, type(content)].append(_clocks(row) + written[id(content)])


def _clocks(row: HistoryRow) -> str:
    until, ends = row.known_until, row.span.ends
    known = f"[{_moment(row.known_from)},{_moment(until) if until else ''})"
    return f"{row.key.of}\t{known}\t[{row.span.starts.isoformat()},{ends.isoformat() if ends else ''})\t"


_moment = lru_cache(maxsize=1_000)(datetime.isoformat)


def _content(stream: Sequence[Recorded], row: Row) -> str:
    noted = noted_at(stream, row)
    return line((*cast(tuple[Any, ...], row), *((noted,) if noted else ())))


def _flush(target: Connection[Any], lines: Lines) -> Counter[str]:
    copied = Counter[str]()
    for (table, kind), rows in lines.items():
        noted = ("noted_at",) if "noted_version" in kind._fields else ()
        columns = (KEY_COLUMNS[table], *CLOCKS, *kind._fields, *noted)
        with target.cursor().copy(phrase("copy", table=table, columns=columns)) as copy:
            copy.write("".join(rows))
        copied[table] += len(rows)
    lines.clear()
    return copied
