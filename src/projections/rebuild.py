"""Read models anew from the facts: into new tables beside the old, then a switch; readers and writers go on."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, cast
from uuid import UUID

from psycopg import Connection, sql

from domain.event_names import decode
from domain.facts import Recorded
from projections.copy_text import line
from projections.registry import KEY_COLUMNS
from projections.replayed import HistoryRow, history_of, noted_at
from projections.staging import SQL, Staging, known_table, phrase

Progress = Callable[[int, int], None]
"""Called now and then with how many facts have been folded, and how many there are."""

FLUSH = 5_000
CLOCKS = ("recorded", "effective")


def rebuild(conninfo: str, schema: str, projection: str | None = None, progress: Progress | None = None) -> int:
    """Rebuild all histories of a partnership, or one (`action_history`); returns how many facts were folded.

    Raises `ValueError` for a projection that does not exist. Until the switch nothing that is read changes.
    """
    with Staging(conninfo, schema, known_table(projection)) as staging:
        position = _position(staging.source)
        writer = _Writer(staging, progress or (lambda _, __: None), position)
        with staging.source.transaction(), staging.source.cursor("facts") as cursor:
            cursor.itersize = FLUSH
            cursor.execute(SQL["facts"], {"position": position})
            writer.write(_streams(cursor))
        staging.finish()
        _switch(staging, position)
    return position


def _switch(staging: Staging, position: int) -> None:
    """Hold appends, fold again what was added to meanwhile, and put the new tables in place."""
    with staging.target.transaction():
        staging.target.execute(phrase("hold_appends", head=sql.Identifier(staging.schema, "head")))
        moved = [row[0] for row in staging.source.execute(SQL["moved"], (position,))]
        if moved:
            facts = staging.source.execute(SQL["facts_of"], {"moved": moved})
            _Writer(staging, lambda _, __: None, 0, replacing=True).write(_streams(facts))
        staging.put_in_place(staging.target)


class _Writer:
    """Collects rows by table and copies them in."""

    def __init__(self, staging: Staging, progress: Progress, total: int, replacing: bool = False) -> None:
        self._staging = staging
        self._progress = progress
        self._total = total
        self._replacing = replacing
        self._lines: defaultdict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)

    def write(self, streams: Iterable[list[Recorded]]) -> None:
        folded = waiting = 0
        for stream in streams:
            self._take(stream)
            folded, waiting = folded + len(stream), waiting + len(stream)
            if waiting >= FLUSH:
                self._flush()
                self._progress(folded, self._total)
                waiting = 0
        self._flush()
        self._progress(folded, self._total)

    def _take(self, stream: list[Recorded]) -> None:
        rows = [row for row in history_of(stream) if row.key.table in self._staging.tables]
        if self._replacing:
            self._forget(rows)
        for row in rows:
            table = row.key.table
            fields = row.span.row._fields
            self._lines[table, fields].append(line(_values(stream, row)))

    def _forget(self, rows: Sequence[HistoryRow]) -> None:
        for key in {row.key for row in rows}:
            forget = phrase("forget", table=key.table, key=KEY_COLUMNS[key.table])
            self._staging.target.execute(forget, ([key.of],))

    def _flush(self) -> None:
        for (table, fields), lines in self._lines.items():
            noted = ("noted_at",) if "noted_version" in fields else ()
            columns = (KEY_COLUMNS[table], *CLOCKS, *fields, *noted)
            with self._staging.target.cursor().copy(phrase("copy", table=table, columns=columns)) as copy:
                copy.write("".join(lines))
        self._lines.clear()


def _values(stream: Sequence[Recorded], row: HistoryRow) -> Iterator[Any]:
    until, ends = row.known_until, row.span.ends
    yield row.key.of
    yield f"[{row.known_from.isoformat()},{until.isoformat() if until else ''})"
    yield f"[{row.span.starts.isoformat()},{ends.isoformat() if ends else ''})"
    yield from cast(tuple[Any, ...], row.span.row)
    if noted := noted_at(stream, row.span.row):
        yield noted


def _streams(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[Recorded]]:
    for id, events in groupby(rows, key=lambda row: cast(UUID, row[0])):
        yield [_recorded(id, *event) for _, *event in events]


def _recorded(id: UUID, version: int, name: str, body: str, recorded_at: Any, position: int) -> Recorded:
    kind, fact = decode(name, body)
    return Recorded(kind, id, version, fact, recorded_at, position)


def _position(conn: Connection[Any]) -> int:
    return int(cast(tuple[int], conn.execute(SQL["position"]).fetchone())[0])
