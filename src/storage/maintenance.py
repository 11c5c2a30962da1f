"""An installation that is read-only while somebody works on it: everything can be read and nothing is recorded."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import psycopg
from psycopg import Connection, sql

from storage.migrate import partnership_schemas
from storage.sql import statements

SQL = statements("storage", "maintenance.sql")


class Maintenance(NamedTuple):
    """Since when, why, and when it is expected to end."""

    began_at: datetime
    reason: str
    until: datetime | None


class NotHeld(Exception):
    """A save that stands still keeps the log, so that nothing was changed; the message says so."""


def begin(conninfo: str, reason: str, until: datetime | None) -> None:
    """From the return on nothing is recorded: saves under way have been waited for. Raises `NotHeld`."""
    _say(conninfo, SQL["begin"], {"reason": reason, "until": until})


def end(conninfo: str) -> None:
    """Things are recorded again. Raises `NotHeld`."""
    _say(conninfo, SQL["end"], {"reason": None, "until": None})


def current(conninfo: str) -> Maintenance | None:
    """None where things are recorded."""
    with psycopg.connect(conninfo) as conn:
        return current_of(conn)


def current_of(conn: Connection[Any]) -> Maintenance | None:
    """The same on a connection."""
    row = conn.execute(SQL["current"]).fetchone()
    return Maintenance(*row) if row else None


def follow(conn: Connection[Any], schema: str) -> None:
    """Let a partnership that has just been put in place be as read-only as the installation is."""
    row = conn.execute(SQL["current"]).fetchone()
    _, reason, until = row or (None, None, None)
    _say_to(conn, schema, {"reason": reason, "until": until})


def _say(conninfo: str, statement: str, values: Mapping[str, Any]) -> None:
    schemas = partnership_schemas(conninfo)
    try:
        with psycopg.connect(conninfo) as conn:
            conn.execute(SQL["patience"])
            conn.execute(statement.encode(), values)
            for schema in schemas:
                _say_to(conn, schema, values)
    except psycopg.errors.LockNotAvailable as error:
        raise NotHeld(
            "Somebody has been recording for more than 30 seconds; nothing was changed: try again."
        ) from error


def _say_to(conn: Connection[Any], schema: str, values: Mapping[str, Any]) -> None:
    conn.execute(sql.SQL(SQL["say"]).format(head=sql.Identifier(schema, "head")), values)
