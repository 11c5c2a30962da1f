"""Taking a backup: one snapshot of the database, beside whoever reads and writes."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any, TypeAlias, cast

import psycopg
from psycopg import Connection, IsolationLevel, sql

from storage.backup.files import write_files
from storage.backup.format import FORMAT, KEY_PART, BackupRefused, Manifest, Part, Saved, Writer
from storage.files.store import FileStore
from storage.migrate import applied, partnership_of
from storage.signing_key import SQL as KEY_SQL
from storage.sql import statements

SQL = statements("storage.backup", "backup.sql")
Progress: TypeAlias = Callable[[int, int], None]
"""Called now and then with how many facts have been written, and how many there are."""
Tables: TypeAlias = dict[str, dict[str, list[str]]]
"""The columns of each table, by schema."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a backup is to hold; `derived` are the tables that a rebuild makes again."""

    schemas: Sequence[str]
    derived: Collection[str]
    everything: bool
    signing_key: bool
    made_by: str
    files: FileStore


def take(conninfo: str, wanted: Wanted, target: IO[bytes], progress: Progress) -> Manifest:
    """Write a backup of one state of the database. Raises `BackupRefused` where it changes its form at the moment."""
    expected = _tables(conninfo, wanted)
    with psycopg.connect(conninfo) as conn:
        conn.isolation_level, conn.read_only = IsolationLevel.REPEATABLE_READ, True
        _hold(conn, expected)
        conn.execute(SQL["no_timeout"])
        if {schema: _tables_of(conn, schema, wanted.derived) for schema in wanted.schemas} != expected:
            raise BackupRefused("The database is being brought to another version; back it up once that has ended.")
        with Writer(target) as writer:
            manifest = _write(conn, wanted, expected, writer, progress)
        conn.rollback()
    return manifest


def _write(conn: Connection[Any], wanted: Wanted, tables: Tables, writer: Writer, progress: Progress) -> Manifest:
    standing = {schema: _standing(conn, schema) for schema in wanted.schemas}
    facts, done, saved = sum(position for position, _ in standing.values()), 0, list[Saved]()
    for schema in wanted.schemas:
        position, recorded_at = standing[schema]
        parts = [_copied(conn, writer, schema, table, columns) for table, columns in tables[schema].items()]
        _check_whole(conn, schema, position)
        migrations = tuple(applied(conn, schema))
        saved.append(
            Saved(
                key=partnership_of(schema),
                position=position,
                recorded_at=recorded_at,
                migrations=migrations,
                parts=tuple(parts),
            )
        )
        progress(done := done + position, facts)
    attachments, missing = write_files(conn, writer, wanted.schemas, wanted.files)
    manifest = Manifest(
        format=FORMAT,
        made_by=wanted.made_by,
        taken_at=datetime.now(UTC),
        postgresql=str(conn.info.server_version),
        everything=wanted.everything,
        partnerships=tuple(saved),
        signing_key=_key(conn, writer) if wanted.signing_key else None,
        attachments=tuple(attachments),
        missing=tuple(missing),
    )
    writer.finish(manifest)
    return manifest


def _tables(conninfo: str, wanted: Wanted) -> Tables:
    with psycopg.connect(conninfo, autocommit=True) as conn:
        return {schema: _tables_of(conn, schema, wanted.derived) for schema in wanted.schemas}


def _tables_of(conn: Connection[Any], schema: str, derived: Collection[str]) -> dict[str, list[str]]:
    found = conn.execute(SQL["tables"], {"schema": schema, "derived": list(derived)}).fetchall()
    return {str(table): list(columns) for table, columns in found}


def _hold(conn: Connection[Any], tables: Tables) -> None:
    """Before the snapshot, so that it sees the tables as they stay until the end: a migration has to wait."""
    names = [sql.Identifier(schema, table) for schema, of in tables.items() for table in of]
    if names:
        conn.execute(sql.SQL(SQL["hold"]).format(tables=sql.SQL(", ").join(names)))


def _standing(conn: Connection[Any], schema: str) -> tuple[int, datetime]:
    statement = sql.SQL(SQL["standing"]).format(head=sql.Identifier(schema, "head"))
    row = conn.execute(statement).fetchone()
    if row is None:
        raise BackupRefused(f"The partnership {partnership_of(schema)} is damaged; `goldenthread verify` says how.")
    return cast(tuple[int, datetime], row)


def _check_whole(conn: Connection[Any], schema: str, position: int) -> None:
    """Raises `BackupRefused` for a log with a hole: a restore would refuse it, and good ones would make room."""
    head, facts = sql.Identifier(schema, "head"), sql.Identifier(schema, "facts")
    row = conn.execute(sql.SQL(SQL["copied"]).format(head=head, facts=facts)).fetchone()
    if row != (position,) * 3:
        raise BackupRefused(
            f"The log of {partnership_of(schema)} is not whole, so no backup could be restored and none was taken: "
            "keep the earlier ones; `goldenthread verify` names what is missing."
        )


def _copied(conn: Connection[Any], writer: Writer, schema: str, table: str, columns: Iterable[str]) -> Part:
    name = f"{schema}/{table}.copy"
    names = list(columns)
    statement = sql.SQL(SQL["copy_out"]).format(
        table=sql.Identifier(schema, table), columns=sql.SQL(", ").join(map(sql.Identifier, names))
    )
    with writer.part(name) as part, conn.cursor().copy(statement) as copy:
        for piece in copy:
            part.write(bytes(piece))
    return Part(name=name, table=table, columns=tuple(names), rows=part.lines, bytes=part.bytes, sha256=part.sha256)


def _key(conn: Connection[Any], writer: Writer) -> Part | None:
    row = conn.execute(KEY_SQL["current"]).fetchone()
    if row is None:
        return None
    with writer.part(KEY_PART) as part:
        part.write(str(row[0]).encode())
    return Part(name=KEY_PART, bytes=part.bytes, sha256=part.sha256)
