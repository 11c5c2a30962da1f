"""Migrations of one partnership's schema, applied with yoyo; safe when two processes start at once."""

import logging
from collections.abc import Collection, Iterator, Set
from contextlib import contextmanager
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, NamedTuple, cast
from urllib.parse import urlencode

import psycopg
from psycopg import Connection, sql
from psycopg.conninfo import conninfo_to_dict
from yoyo import get_backend, read_migrations
from yoyo.backends import DatabaseBackend
from yoyo.migrations import Migration, MigrationList

from storage.database import Patience
from storage.epoch import settle_epoch
from storage.form import PROJECTION_VERSION, LaterVersion
from storage.sql import statements

SQL = statements("storage", "session.sql")
INSTALLATION = "goldenthread"
logger = logging.getLogger("goldenthread.migrate")
WAITING_IS_TOLD_AFTER_MS = 3_000
START_S = Patience().start_s
UNDER_WAY = {"migrate": "brought up to date", "rebuild": "rebuilt"}
"""The locks that are waited for, by what whoever holds one does with the schema."""


class RightMissing(Exception):
    """The user of the database may not do what the register needs; the message says what."""


class StartGivenUp(Exception):
    """Another process has been preparing the same schema for longer than it is waited for; the message says which."""


def schema_of(partnership: str) -> str:
    """The schema that holds a partnership, from its key (lower case letters, digits, hyphens)."""
    return "gt_" + partnership.replace("-", "_")


def partnership_of(schema: str) -> str:
    """The key of the partnership that a schema holds."""
    return schema.removeprefix("gt_").replace("_", "-")


def prepare_cluster(conninfo: str, wait_s: float = START_S) -> None:
    """Create what all partnerships share: the unprivileged role and extensions for indexes.

    Raises `RightMissing`, or `StartGivenUp` where another start stands still for so long in the middle of it.
    """
    try:
        with psycopg.connect(conninfo) as conn:
            conn.execute(SQL["limit_waiting_for_lock"], (f"{wait_s * 1000:.0f}",))
            conn.execute(SQL["create_role"])
            conn.execute(SQL["extensions"])
    except psycopg.errors.InsufficientPrivilege as error:
        raise RightMissing(f"The user of the database lacks a right: {error.diag.message_primary}.") from error
    except psycopg.errors.ReadOnlySqlTransaction as error:
        raise RightMissing(
            "The database can only be read, as a standby can; name the one that is written to."
        ) from error
    except psycopg.errors.LockNotAvailable as error:
        raise StartGivenUp(
            f"Another process has been preparing the database for over {wait_s:.0f} s (GOLDENTHREAD_START_TIMEOUT);"
            " nothing was changed: resume it or end it, and start again."
        ) from error


def partnership_schemas(conninfo: str) -> list[str]:
    """Every schema in the database that is a partnership, in order of name."""
    with psycopg.connect(conninfo) as conn:
        return [str(row[0]) for row in conn.execute(SQL["partnerships"])]


def refuse_later_versions(conninfo: str) -> None:
    """Raises `LaterVersion` where anything was migrated by a version that knows more, before anything is touched."""
    with psycopg.connect(conninfo, autocommit=True) as conn:
        for schema in _migrated_schemas(conn):
            _refuse_later(conn, schema)


def migrate(conninfo: str, schema: str, wait_s: float = START_S) -> None:
    """Bring one schema to the newest form; a second process waits and then finds nothing to do.

    Raises `LaterVersion`, or `StartGivenUp` after so many seconds of waiting.
    """
    with newest(conninfo, schema, wait_s):
        return


@contextmanager
def newest(conninfo: str, schema: str, wait_s: float = START_S) -> Iterator[str | None]:
    """A schema in its newest form, kept from others that start; gives the form of its histories, None before forms.

    Raises `LaterVersion`, or `StartGivenUp` after so many seconds of waiting.
    """
    with _alone(conninfo, schema, wait_s) as conn:
        form = _lay_out(conn, conninfo, schema, wait_s)
        conn.execute(SQL["deepen_indexes"])
        if settle_epoch(conn, schema):
            logger.warning(
                "%s came out of a backup: cursors and event ids of before are refused", partnership_of(schema)
            )
        yield form


def lay_out(conninfo: str, schema: str) -> None:
    """The newest form of a schema that is not in use yet: whoever fills it deepens its indexes afterwards."""
    with _alone(conninfo, schema) as conn:
        _lay_out(conn, conninfo, schema)


def lay_out_as(conninfo: str, schema: str, migrations: Collection[str]) -> None:
    """A new schema as an earlier version had it, by those of the migrations that are named; its rest comes later."""
    with _alone(conninfo, schema) as conn:
        conn.execute(sql.SQL(SQL["create_schema"]).format(sql.Identifier(schema)))
        _apply(conninfo, schema, "migrations", migrations)


def migrate_installation(conninfo: str, wait_s: float = START_S) -> None:
    """Bring what all partnerships share to the newest form. Raises `LaterVersion` or `StartGivenUp`."""
    with _alone(conninfo, INSTALLATION, wait_s) as conn:
        _refuse_later(conn, INSTALLATION)
        conn.execute(sql.SQL(SQL["create_schema"]).format(sql.Identifier(INSTALLATION)))
        _apply(conninfo, INSTALLATION, "installation")


class Standing(NamedTuple):
    """Of the migrations of a schema, in order: those that this version knows and it lacks, and the other way round."""

    lacking: list[str]
    unknown: list[str]


def standing(conn: Connection[Any], schema: str) -> Standing:
    """How a schema stands to this version; only reads."""
    return _standing(schema, set(applied(conn, schema)))


def _standing(schema: str, found: Set[str]) -> Standing:
    known = _known("installation" if schema == INSTALLATION else "migrations")
    return Standing(sorted(known - found), sorted(found - known))


def applied(conn: Connection[Any], schema: str) -> list[str]:
    """The migrations that made a schema, in order; only reads."""
    table = sql.Identifier(schema, "_yoyo_migration")
    if conn.execute(SQL["has_applied"], (table.as_string(),)).fetchone() != (True,):
        return []
    return [str(row[0]) for row in conn.execute(sql.SQL(SQL["applied"]).format(table))]


def migrations_known() -> frozenset[str]:
    """The migrations of a partnership's schema that this version has."""
    return _known("migrations")


def standings(conninfo: str) -> dict[str, Standing]:
    """How every partnership's schema, and what all share, stand to this version; only reads."""
    with psycopg.connect(conninfo, autocommit=True) as conn:
        return standings_of(conn)


def standings_of(conn: Connection[Any]) -> dict[str, Standing]:
    """The same on a connection, in two statements however many partnerships there are."""
    schemas = _migrated_schemas(conn)
    each = sql.SQL(SQL["applied_in"])
    selects = (each.format(schema=sql.Literal(name), table=sql.Identifier(name, "_yoyo_migration")) for name in schemas)
    rows = conn.execute(sql.SQL(" UNION ALL ").join(selects)).fetchall() if schemas else []
    return {str(name): _standing(str(name), {str(each) for each in found}) for name, found in rows}


def pending(conninfo: str, schema: str) -> list[str]:
    """The migrations that a partnership's schema still lacks."""
    with psycopg.connect(conninfo, autocommit=True) as conn:
        return standing(conn, schema).lacking


def _migrated_schemas(conn: Connection[Any]) -> list[str]:
    return [str(row[0]) for row in conn.execute(SQL["migrated_schemas"], (INSTALLATION,))]


@cache
def _known(folder: str) -> frozenset[str]:
    each = (Path(file.name) for file in (files("storage") / folder).iterdir())
    return frozenset(file.stem for file in each if file.suffix == ".sql")


def _refuse_later(conn: Connection[Any], schema: str) -> None:
    unknown = standing(conn, schema).unknown
    if unknown:
        what = "This installation" if schema == INSTALLATION else f"The partnership {partnership_of(schema)}"
        raise LaterVersion(
            f"{what} has been opened by a later version (its migration {unknown[-1]} is not known here);"
            " nothing was changed: install that version again."
        )


def _lay_out(conn: Connection[Any], conninfo: str, schema: str, wait_s: float = START_S) -> str | None:
    _refuse_later(conn, schema)
    conn.execute(sql.SQL(SQL["create_schema"]).format(sql.Identifier(schema)))
    if standing(conn, schema).lacking:
        with _holding(conn, "rebuild", schema, wait_s):  # one that is under way ends with the columns it began with
            _apply(conninfo, schema, "migrations")
    form = _form(conn, schema)
    _define_functions(conn, schema)
    return form


def _form(conn: Connection[Any], schema: str) -> str | None:
    """Of the histories; where there are no facts yet, ours."""
    conn.execute(SQL["enter"], (f"{schema}, public",))
    return cast(tuple[str | None], conn.execute(SQL["form"], {"ours": PROJECTION_VERSION}).fetchone())[0]


def _apply(conninfo: str, schema: str, migrations: str, only: Collection[str] | None = None) -> None:
    with as_file(files("storage") / migrations) as folder, get_backend(_uri(conninfo, schema)) as backend:
        backend.break_lock()  # left by a process that was killed: whoever is here is alone
        for migration in backend.to_apply(_read(str(folder))):
            if only is None or migration.id in only:
                _apply_one(backend, migration)


@cache
def _read(folder: str) -> MigrationList:
    """Taken apart once a process, which takes as long as applying them to an empty schema."""
    return read_migrations(folder)


def _apply_one(backend: DatabaseBackend, migration: Migration) -> None:
    """Applied and marked in one transaction; yoyo's own way commits twice, and a kill in between stops every start."""
    with backend.transaction():
        migration.process_steps(backend, "apply")
        backend.log_migration(migration, "apply")
        backend.mark_one(migration, log=False)


def _define_functions(conn: Connection[Any], schema: str) -> None:
    """Functions are defined anew at every start: their files always say what runs."""
    with conn.transaction():
        for file in sorted((files("storage") / "functions").iterdir(), key=lambda file: file.name):
            conn.execute(file.read_text(encoding="utf-8").encode())


@contextmanager
def _alone(conninfo: str, schema: str, wait_s: float = START_S) -> Iterator[Connection[Any]]:
    with psycopg.connect(conninfo, autocommit=True) as conn, _holding(conn, "migrate", schema, wait_s):
        yield conn


@contextmanager
def _holding(conn: Connection[Any], lock: str, schema: str, wait_s: float) -> Iterator[None]:
    """Another start is waited for, as it may rebuild; whoever waits is told for whom, and after so long gives up."""
    soon_ms = min(float(WAITING_IS_TOLD_AFTER_MS), wait_s * 1000)
    if not _taken(conn, lock, schema, soon_ms):
        doing = f"{schema} is being {UNDER_WAY[lock]} by"
        logger.warning("%s %s; waiting until that has ended", doing, _holder(conn, lock, schema))
        if not _taken(conn, lock, schema, max(1.0, wait_s * 1000 - soon_ms)):
            raise StartGivenUp(
                f"{doing} {_holder(conn, lock, schema)}; it was waited for {wait_s:.0f} s (GOLDENTHREAD_START_TIMEOUT)"
                " and nothing was changed here: resume it or end it, or give it more time, and start again."
            )
    try:
        yield
    finally:
        conn.execute(SQL["unlock"], {"lock": f"goldenthread.{lock}", "schema": schema})


def _taken(conn: Connection[Any], lock: str, schema: str, wait_ms: float) -> bool:
    conn.execute(SQL["limit_waiting_for_lock"], (f"{wait_ms:.0f}",))
    try:
        conn.execute(SQL["lock"], {"lock": f"goldenthread.{lock}", "schema": schema})
    except psycopg.errors.LockNotAvailable:
        return False
    finally:
        conn.execute(SQL["limit_waiting_for_lock"], ("0",))
    return True


def _holder(conn: Connection[Any], lock: str, schema: str) -> str:
    holder = conn.execute(SQL["holder_of_lock"], {"lock": f"goldenthread.{lock}", "schema": schema}).fetchone()
    return f"session {holder[0]} of the database, since {holder[1]}" if holder else "another process"


def _uri(conninfo: str, schema: str) -> str:
    parts = {name: str(value) for name, value in conninfo_to_dict(conninfo).items()}
    database = parts.pop("dbname", "postgres")
    return f"postgresql+psycopg:///{database}?" + urlencode(parts | {"schema": f"{schema}, public"})
