"""Migrations of one partnership's schema, applied with yoyo; safe when two processes start at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from typing import Any, cast
from urllib.parse import urlencode

import psycopg
from psycopg import Connection, sql
from psycopg.conninfo import conninfo_to_dict
from yoyo import get_backend, read_migrations
from yoyo.backends import DatabaseBackend
from yoyo.migrations import Migration

from storage.form import FORM, LaterVersion
from storage.sql import statements

SQL = statements("storage", "session.sql")
INSTALLATION = "goldenthread"


class RightMissing(Exception):
    """The user of the database may not do what the register needs; the message says what."""


def schema_of(partnership: str) -> str:
    """The schema that holds a partnership, from its key (lower case letters, digits, hyphens)."""
    return "gt_" + partnership.replace("-", "_")


def partnership_of(schema: str) -> str:
    """The key of the partnership that a schema holds."""
    return schema.removeprefix("gt_").replace("_", "-")


def prepare_cluster(conninfo: str) -> None:
    """Create what all partnerships share: the unprivileged role and the index extension. Raises `RightMissing`."""
    try:
        with psycopg.connect(conninfo) as conn:
            conn.execute(SQL["create_role"])
            conn.execute(SQL["extension"])
    except psycopg.errors.InsufficientPrivilege as error:
        raise RightMissing(f"The user of the database lacks a right: {error.diag.message_primary}.") from error


def partnership_schemas(conninfo: str) -> list[str]:
    """Every schema in the database that is a partnership, in order of name."""
    with psycopg.connect(conninfo) as conn:
        return [str(row[0]) for row in conn.execute(SQL["partnerships"])]


def migrate(conninfo: str, schema: str) -> None:
    """Bring one schema to the newest form; a second process waits and then finds nothing to do."""
    with newest(conninfo, schema):
        return


@contextmanager
def newest(conninfo: str, schema: str) -> Iterator[int | None]:
    """A schema in its newest form, kept from others that start; gives the form of its histories, None before forms.

    Raises `LaterVersion`.
    """
    with _alone(conninfo, schema) as conn:
        form = _lay_out(conn, conninfo, schema)
        conn.execute(SQL["deepen_indexes"])
        yield form


def lay_out(conninfo: str, schema: str) -> None:
    """The newest form of a schema that is not in use yet: whoever fills it deepens its indexes afterwards."""
    with _alone(conninfo, schema) as conn:
        _lay_out(conn, conninfo, schema)


def migrate_installation(conninfo: str) -> None:
    """Bring what all partnerships share to the newest form."""
    with _alone(conninfo, INSTALLATION) as conn:
        conn.execute(sql.SQL(SQL["create_schema"]).format(sql.Identifier(INSTALLATION)))
        _apply(conninfo, INSTALLATION, "installation")


def pending(conninfo: str, schema: str) -> list[str]:
    """The migrations that a partnership's schema still lacks."""
    with as_file(files("storage") / "migrations") as folder, get_backend(_uri(conninfo, schema)) as backend:
        return [migration.id for migration in backend.to_apply(read_migrations(str(folder)))]


def _lay_out(conn: Connection[Any], conninfo: str, schema: str) -> int | None:
    conn.execute(sql.SQL(SQL["create_schema"]).format(sql.Identifier(schema)))
    _apply(conninfo, schema, "migrations")
    form = _form(conn, schema)
    _define_functions(conn, schema)
    return form


def _form(conn: Connection[Any], schema: str) -> int | None:
    """Of the histories; where there are no facts yet, ours."""
    conn.execute(SQL["enter"], (f"{schema}, public",))
    form = cast(tuple[int | None], conn.execute(SQL["form"], {"ours": FORM}).fetchone())[0]
    if form is not None and form > FORM:
        raise LaterVersion(
            f"The partnership {partnership_of(schema)} has been opened by a later version; install that one again."
        )
    return form


def _apply(conninfo: str, schema: str, migrations: str) -> None:
    with as_file(files("storage") / migrations) as folder, get_backend(_uri(conninfo, schema)) as backend:
        backend.break_lock()  # left by a process that was killed: whoever is here is alone
        for migration in backend.to_apply(read_migrations(str(folder))):
            _apply_one(backend, migration)


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
def _alone(conninfo: str, schema: str) -> Iterator[Connection[Any]]:
    with psycopg.connect(conninfo, autocommit=True) as conn:
        conn.execute(SQL["lock"], (schema,))
        try:
            yield conn
        finally:
            conn.execute(SQL["unlock"], (schema,))


def _uri(conninfo: str, schema: str) -> str:
    parts = {name: str(value) for name, value in conninfo_to_dict(conninfo).items()}
    database = parts.pop("dbname", "postgres")
    return f"postgresql+psycopg:///{database}?" + urlencode(parts | {"schema": f"{schema}, public"})
