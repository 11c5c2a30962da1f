"""Restoring a backup: into schemas of its own beside what is there, put in place together at the very end, or not."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Self, TypeAlias, cast

import psycopg
from psycopg import Connection, sql

from storage.backup.files import restore_files
from storage.backup.format import BackupRefused, Part, Reader, Saved
from storage.epoch import renew_epoch
from storage.files.store import FileStore
from storage.maintenance import follow
from storage.migrate import lay_out_as, migrations_known, partnership_schemas, schema_of
from storage.signing_key import signing_key_there
from storage.sql import statements

SQL = statements("storage.backup", "backup.sql")
Progress: TypeAlias = Callable[[str, int, int], None]


class AlreadyThere(Exception):
    """A partnership of the key exists: a restore never mixes. The message says so."""


@dataclass(frozen=True, slots=True)
class Restored:
    """The keys of what was restored, and whether tokens that were issued before the backup hold here."""

    keys: Sequence[str]
    facts: int
    tokens_hold: bool
    key_taken: bool


class Restore:
    """One at a time in a database; whoever is killed leaves schemas that nobody reads and the next restore drops."""

    def __init__(self, conninfo: str, reader: Reader, wanted: Sequence[tuple[Saved, str]], files: FileStore) -> None:
        self.conninfo = conninfo
        self._files = files
        self._reader = reader
        self._wanted = wanted
        self._conn: Connection[Any] = psycopg.connect(conninfo, autocommit=True)

    def __enter__(self) -> Self:
        try:
            self._begin_alone()
        except BaseException:
            self._conn.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(psycopg.OperationalError):  # the database is away: the next restore clears up
            self._clear_up()
        self._conn.close()

    def fill(self, fill: Callable[[str], None], progress: Progress) -> None:
        """The log and all else that a backup holds, into schemas of their own; `fill` makes everything derived.

        Files go to where they belong: they stand under their digests, and nothing names them yet.
        """
        for nth, (saved, key) in enumerate(self._wanted):
            staged = _staged(nth)
            lay_out_as(self.conninfo, staged, saved.migrations)
            self._copy_in(saved, staged, partial(progress, f"Restoring {key}"))
            fill(staged)
            self._conn.execute(_phrase("forget_unused", upload=sql.Identifier(staged, "upload")))
        done, sizes = 0, sum(part.bytes for part in self._reader.manifest.attachments)
        for size in restore_files(self._reader, [(saved.key, key) for saved, key in self._wanted], self._files):
            progress("Restoring files", done := done + size, sizes)

    def put_in_place(self) -> Restored:
        """Everything becomes visible in one transaction. An empty installation takes the signing key of the backup."""
        taken = self._key()
        empty = not partnership_schemas(self.conninfo)
        with self._conn.transaction():
            for nth, (_, key) in enumerate(self._wanted):
                renew_epoch(self._conn, _staged(nth))
                follow(self._conn, _staged(nth))
                self._rename(_staged(nth), key)
            if taken and empty:
                self._conn.execute(SQL["replace_key"], (taken,))
        return Restored(
            keys=[key for _, key in self._wanted],
            facts=sum(saved.position for saved, _ in self._wanted),
            tokens_hold=all(saved.key == key for saved, key in self._wanted)
            and taken is not None
            and taken == signing_key_there(self.conninfo),
            key_taken=bool(taken and empty),
        )

    def _begin_alone(self) -> None:
        if self._conn.execute(SQL["begin_alone"]).fetchone() != (True,):
            raise AlreadyThere("Another restore into this installation is under way; wait until it has ended.")
        for _, key in self._wanted:
            if self._conn.execute(SQL["exists"], (schema_of(key),)).fetchone() is not None:
                raise _there(key)
        self._clear_up()

    def _clear_up(self) -> None:
        for (name,) in self._conn.execute(SQL["left_behind"]).fetchall():
            self._conn.execute(_phrase("drop_schema", schema=sql.Identifier(name)))

    def _copy_in(self, saved: Saved, staged: str, progress: Callable[[int, int], None]) -> None:
        done, all_of_them = 0, sum(part.bytes for part in saved.parts)
        with psycopg.connect(self.conninfo) as conn:
            conn.execute(SQL["no_timeout"])
            for part in saved.parts:
                for size in self._copy_part(conn, part, staged):
                    progress(done := done + size, all_of_them)
            _check(conn, saved, staged)

    def _copy_part(self, conn: Connection[Any], part: Part, staged: str) -> Iterator[int]:
        table = sql.Identifier(staged, str(part.table))
        columns = sql.SQL(", ").join(map(sql.Identifier, part.columns))
        conn.execute(_phrase("empty", table=table))
        with conn.cursor().copy(_phrase("copy_in", table=table, columns=columns)) as copy:
            for piece in self._reader.pieces(part):
                copy.write(piece)
                yield len(piece)

    def _key(self) -> str | None:
        part = self._reader.manifest.signing_key
        return b"".join(self._reader.pieces(part)).decode() if part else None

    def _rename(self, staged: str, key: str) -> None:
        with _refusing(key):
            self._conn.execute(
                _phrase("rename_schema", staged=sql.Identifier(staged), schema=sql.Identifier(schema_of(key)))
            )


def refuse_later(reader: Reader) -> None:
    """Raises `BackupRefused` where a part was made by migrations that this version does not know."""
    for saved in reader.manifest.partnerships:
        unknown = sorted(set(saved.migrations) - migrations_known())
        if unknown:
            raise BackupRefused(
                f"{reader.name} was made by a later version (its migration {unknown[-1]} is not known here);"
                " nothing was written: install that version."
            )


def _check(conn: Connection[Any], saved: Saved, staged: str) -> None:
    """Raises `BackupRefused` where the log that was copied is not the one that the manifest describes."""
    head, facts = sql.Identifier(staged, "head"), sql.Identifier(staged, "facts")
    row = conn.execute(_phrase("copied", head=head, facts=facts)).fetchone()
    if row != (saved.position,) * 3:
        raise BackupRefused(f"The log of {saved.key} is not whole in the backup; nothing was restored.")


@contextmanager
def _refusing(key: str) -> Iterator[None]:
    try:
        yield
    except psycopg.errors.DuplicateSchema as error:
        raise _there(key) from error


def _there(key: str) -> AlreadyThere:
    return AlreadyThere(
        f"There is a partnership {key} already, and a restore never mixes: give another key with --as, "
        "or restore into another installation."
    )


def _staged(nth: int) -> str:
    return f"restore_{nth}"


def _phrase(name: str, /, **parts: sql.Composable) -> sql.Composed:
    return sql.SQL(cast("Any", SQL[name])).format(**parts)
