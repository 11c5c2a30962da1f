"""Whether a register is whole: its log in order, every fact legible, and the read models what the facts give.

Everything is compared in one snapshot, beside writers and readers, and nothing is changed: what the facts give is
folded into temporary tables and compared there, by the database's own idea of equal values.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import groupby
from multiprocessing import get_context
from typing import Any, cast
from uuid import UUID

import psycopg
from psycopg import Connection, IsolationLevel, sql
from pydantic import ValidationError

from domain.replay import references_given
from domain.shared.facts import Recorded
from domain.shared.identifiers import SINGLE, numbered
from domain.shared.vocabulary import Kind
from projections.engine.rebuild import CPUS, SHARES, WORTH_A_PROCESS, Progress
from projections.engine.rebuild_worker import FLUSH, copy_in
from projections.engine.staging import EXTENSIONS
from projections.histories.registry import KEY_COLUMNS
from storage.form import PROJECTION_VERSION
from storage.ledger.recorder import FactMapper, KeptEvent
from storage.sql import statements

SQL = statements("projections.engine", "verify.sql")
LISTED = 20
"""How many faults of a check are kept in words; the rest are counted."""
TABLES = list(KEY_COLUMNS)
STREAMS: Mapping[str, sql.Composable] = {
    "agency_history": sql.SQL("{}::uuid").format(str(SINGLE[Kind.AGENCIES])),
    "theme_history": sql.SQL("{}::uuid").format(str(SINGLE[Kind.THEMES])),
    "partnership_history": sql.Identifier("partnership"),
    "credential_history": sql.Identifier("credential"),
}
"""The stream whose facts give a row; where nothing is said here, the row's `thing`."""


@dataclass(slots=True)
class Check:
    """One thing that was looked at: how much of it there was, and what is wrong; of many faults the first in words."""

    name: str
    examined: int = 0
    found: int = 0
    faults: list[str] = field(default_factory=list)

    def fault(self, text: str) -> None:
        self.found += 1
        if len(self.faults) < LISTED:
            self.faults.append(text)

    def add(self, other: "Check") -> None:
        self.examined += other.examined
        self.found += other.found
        self.faults = [*self.faults, *other.faults][:LISTED]


@dataclass(frozen=True, slots=True)
class Share:
    """What every share of the streams is compared in: the snapshot that all of them see."""

    conninfo: str
    schema: str
    snapshot: str
    compare: bool

    def checks(self) -> dict[str, Check]:
        return {name: Check(name) for name in ("facts", "references", "read models", "credentials")}


def verify(conninfo: str, schema: str, progress: Progress | None = None) -> tuple[int, list[Check]]:
    """The position of the log and every check, in the state that the partnership had when this began.

    Writers and readers go on. A rebuild's switch waits until it has ended, as for any long reader.
    """
    with _snapshot(conninfo, schema) as conn:
        position, form, log = _log(conn)
        checks = [log, _protection(conn), _numbers(conn), _requests(conn), _imports(conn)]
        name = str(cast(tuple[str], conn.execute(SQL["export_snapshot"]).fetchone())[0])
        found = _by_shares(
            Share(conninfo, schema, name, form == PROJECTION_VERSION), position, progress or (lambda _, __: None)
        )
        if form == PROJECTION_VERSION:
            _count_rows(conn, schema, found)
        elif position:
            found["read models"].fault("they were filled by another version; the next start makes them anew")
        found["references"].add(checks.pop(2))
    return position, [*checks[:2], *found.values(), *checks[2:]]


@contextmanager
def _snapshot(conninfo: str, schema: str, snapshot: str | None = None) -> Iterator[Connection[Any]]:
    with psycopg.connect(conninfo) as conn:
        conn.isolation_level = IsolationLevel.REPEATABLE_READ
        if snapshot:
            conn.execute(sql.SQL(SQL["import_snapshot"]).format(snapshot=snapshot))
        else:  # before the snapshot is taken: from then on no rebuild switches tables below it
            conn.execute(sql.SQL(SQL["hold"]).format(head=sql.Identifier(schema, "head")))
        conn.execute(SQL["begin"], (f"{schema}, {EXTENSIONS}",))
        yield conn
        conn.rollback()


def _log(conn: Connection[Any]) -> tuple[int, str | None, Check]:
    check = Check("log")
    head: tuple[int, datetime, str | None] | None = conn.execute(SQL["head"]).fetchone()
    count, last, recorded_at = cast(tuple[int, int, datetime | None], conn.execute(SQL["extent"]).fetchone())
    check.examined = count
    if head is None:
        check.fault("the row that orders the log is missing (head)")
        return last, None, check
    for before, position in conn.execute(SQL["gaps"]):
        check.fault(_gap(before, position))
    if last != head[0]:
        check.fault(
            _gap(last, head[0] + 1) if last < head[0] else f"it goes on to {last:,}, behind its head {head[0]:,}"
        )
    for (position,) in conn.execute(SQL["backwards"]):
        check.fault(f"position {position:,} was recorded before the one in front of it")
    if recorded_at is not None and recorded_at > head[1]:
        check.fault(
            f"the head says that the last fact was recorded at {head[1].isoformat()}, the log {recorded_at.isoformat()}"
        )
    for stream, version, nth in conn.execute(SQL["versions"]):
        check.fault(f"stream {stream}: version {version} stands where version {nth} belongs")
    return head[0], head[2], check


def _gap(before: int, position: int) -> str:
    if position <= before:
        return f"position {position:,} is there twice"
    first, last = before + 1, position - 1
    return f"position {first:,} is missing" if first == last else f"positions {first:,} to {last:,} are missing"


def _protection(conn: Connection[Any]) -> Check:
    """That nobody can change the log in passing: the triggers on it, and who may do what."""
    check = Check("protection of the log", 2)
    for (what,) in conn.execute(SQL["unprotected"]):
        check.fault(f"the log is open to change: {what}")
    return check


def _requests(conn: Connection[Any]) -> Check:
    """Idempotency keys name what was recorded under them."""
    check = Check("idempotency keys", _count(conn, SQL["requests"]))
    for caller, key in conn.execute(SQL["requests_astray"]):
        check.fault(f"key {key} of {caller}: the facts that it names are not there")
    return check


def _imports(conn: Connection[Any]) -> Check:
    check = Check("imported rows", _count(conn, SQL["imported"]))
    for mapping, kind, key in conn.execute(SQL["imported_astray"]):
        check.fault(f"{kind} {key} of {mapping}: what it became is not there")
    return check


def _numbers(conn: Connection[Any]) -> Check:
    """References that the register numbers have no hole, and nothing carries another's."""
    check = Check("references")
    for kind, last in conn.execute(SQL["numbers"]).fetchall():
        carried = {reference for (reference,) in conn.execute(SQL["carried"], (kind,))}
        for number in range(1, last + 1):
            if (wanted := numbered(Kind(kind), number)) not in carried:
                check.fault(f"{kind} {wanted} was given and nothing carries it")
    for kind, reference in conn.execute(SQL["carried_twice"]):
        check.fault(f"{kind} {reference} is carried by more than one")
    return check


def _count(conn: Connection[Any], statement: str | sql.Composed) -> int:
    query = statement.encode() if isinstance(statement, str) else statement
    return int(cast(tuple[int], conn.execute(query).fetchone())[0])


def _count_rows(conn: Connection[Any], schema: str, found: Mapping[str, Check]) -> None:
    for table in TABLES:
        found[_named(table)].examined += _count(conn, _phrase("found", table=table, schema=schema))


def _named(table: str) -> str:
    return "credentials" if table == "credential_history" else "read models"


def _by_shares(share: Share, position: int, progress: Progress) -> dict[str, Check]:
    found = share.checks()
    job = partial(_verify_share, share)
    if position < WORTH_A_PROCESS:
        _gather(found, map(job, [(SHARES[0][0], SHARES[-1][1])]), position, progress)
        return found
    with ProcessPoolExecutor(CPUS, get_context("spawn")) as pool:
        _gather(found, pool.map(job, SHARES), position, progress)
    return found


def _gather(found: dict[str, Check], parts: Iterable[dict[str, Check]], position: int, progress: Progress) -> None:
    for part in parts:
        for name, check in part.items():
            found[name].add(check)
        progress(found["facts"].examined, position)


def _verify_share(share: Share, between: tuple[UUID, UUID]) -> dict[str, Check]:
    """The streams between two ids: opened, folded, and compared with the rows and references that stand."""
    found = share.checks()
    with _snapshot(share.conninfo, share.schema, share.snapshot) as conn:
        if share.compare:
            for table in TABLES:
                conn.execute(_phrase("expect", table=table, schema=share.schema))
        illegible, references = _fold(conn, between, found, compare=share.compare)
        _compare_references(conn, between, references, illegible, found["references"])
        if share.compare:
            for table in TABLES:
                _compare_rows(conn, share.schema, table, between, illegible, found[_named(table)])
    return found


def _fold(
    conn: Connection[Any], between: tuple[UUID, UUID], found: Mapping[str, Check], *, compare: bool
) -> tuple[set[UUID], set[tuple[str, str, UUID]]]:
    """The streams that could not be opened or folded, and the references that the others give."""
    illegible, references = set[UUID](), set[tuple[str, str, UUID]]()
    waiting: list[list[Recorded]] = []
    with conn.cursor("facts") as cursor:
        cursor.itersize = FLUSH
        cursor.execute(SQL["facts"], between)
        for id, rows in groupby(cursor, key=lambda row: cast(UUID, row[0])):
            stream = _opened(rows, found["facts"])
            if stream is None:
                illegible.add(id)
                continue
            references.update((stream[0].kind.value, reference, id) for reference in references_given(stream))
            waiting.append(stream)
            if sum(map(len, waiting)) >= FLUSH:
                illegible |= _expect(conn, waiting, found["facts"], compare=compare)
                waiting.clear()
    return illegible | _expect(conn, waiting, found["facts"], compare=compare), references


def _opened(rows: Iterable[tuple[Any, ...]], check: Check) -> list[Recorded] | None:
    """The facts of a stream; None where one of them cannot be opened or is not of the stream."""
    stream, legible, mapper = list[Recorded](), True, FactMapper()
    for *kept, happened_on in rows:
        check.examined += 1
        position = kept[5]
        try:
            recorded = cast(Recorded, mapper.to_domain_event(KeptEvent(*kept)))
        except (KeyError, ValueError) as error:
            check.fault(f"position {position:,} ({kept[2]}) cannot be opened: {_short(error)}")
            legible = False
            continue
        if recorded.fact.happened_on != happened_on:
            check.fault(
                f"position {position:,} happened on {happened_on} by its column, {recorded.fact.happened_on} by itself"
            )
        if stream and recorded.kind is not stream[0].kind:
            check.fault(
                f"position {position:,} is a fact of a {recorded.kind.value} on the stream of a {stream[0].kind.value}"
            )
            legible = False
        stream.append(recorded)
    return stream if legible else None


def _expect(conn: Connection[Any], streams: Sequence[list[Recorded]], check: Check, *, compare: bool) -> set[UUID]:
    """Fold streams into the tables of what is expected; gives those that cannot be folded."""
    if not streams or not compare:
        return set()
    try:
        with conn.transaction():
            copy_in(conn, TABLES, streams)
    except psycopg.OperationalError:
        raise
    except Exception as error:  # noqa: BLE001 - damage stops a fold in any way; which stream it was is found one by one
        if len(streams) > 1:
            return set[UUID]().union(*(_expect(conn, [stream], check, compare=compare) for stream in streams))
        check.fault(f"stream {streams[0][0].originator_id} cannot be folded: {_short(error)}")
        return {streams[0][0].originator_id}
    return set()


def _short(error: Exception) -> str:
    """What is wrong, without what the fact says: a report is handed on."""
    if isinstance(error, ValidationError):
        faults = {f"{'.'.join(map(str, each['loc'])) or 'all of it'} ({each['type']})" for each in error.errors()}
        return ", ".join(sorted(faults))[:200]
    if isinstance(error, psycopg.Error):
        return f"{type(error).__name__}: {error.diag.message_primary}"[:200]
    return " ".join(f"{type(error).__name__}: {error}".split())[:200]


def _compare_references(
    conn: Connection[Any],
    between: tuple[UUID, UUID],
    expected: set[tuple[str, str, UUID]],
    illegible: set[UUID],
    check: Check,
) -> None:
    standing = {(kind, reference, stream_id) for kind, reference, stream_id in conn.execute(SQL["references"], between)}
    check.examined += len(standing)
    for kind, reference, stream_id in sorted(expected - standing):
        check.fault(f"{kind} {reference} was given to {stream_id} and is not kept")
    for kind, reference, stream_id in sorted(standing - expected):
        if stream_id not in illegible:
            check.fault(f"{kind} {reference} is kept for {stream_id}, and no fact gave it")


def _compare_rows(
    conn: Connection[Any],
    schema: str,
    table: str,
    between: tuple[UUID, UUID],
    illegible: set[UUID],
    check: Check,
) -> None:
    stream = STREAMS.get(table, sql.Identifier("thing"))
    statement = _phrase("differences", table=table, schema=schema, key=KEY_COLUMNS[table], stream=stream)
    for of, key, missing, strange in conn.execute(statement, {"first": between[0], "last": between[1]}):
        if of in illegible:
            continue  # named already; what it would give nobody knows
        check.fault(f"{table}: {key}: {_difference(missing, strange)}")


def _difference(missing: int, strange: int) -> str:
    if not strange:
        return f"{_rows(missing)} missing"
    if not missing:
        return f"{_rows(strange)} there and given by no fact"
    return f"{_rows(max(missing, strange))} not what the facts give"


def _rows(count: int) -> str:
    return "a row is" if count == 1 else f"{count:,} rows are"


def _phrase(name: str, /, **parts: str | sql.Composable) -> sql.Composed:
    named = {key: sql.Identifier(part) if isinstance(part, str) else part for key, part in parts.items()}
    return sql.SQL(SQL[name]).format(**named)
