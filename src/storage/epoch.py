"""The epoch of a partnership's log: positions hold within one; a restore from a backup begins another."""

from typing import Any

from psycopg import Connection, sql

from storage.sql import statements

SQL = statements("storage", "session.sql")


def renew_epoch(conn: Connection[Any], schema: str) -> str:
    """Begin another epoch, and give its name: for whoever has put an older state of a partnership in place.

    Cursors and event ids that were given before are refused from the commit on. The schema must have been migrated; the
    connection is the owner's or the application's, and commits.
    """
    statement = sql.SQL(SQL["renew_epoch"]).format(head=sql.Identifier(schema, "head"))
    row = conn.execute(statement).fetchone()
    if row is None:
        raise LookupError(f"{schema} has no head row")
    return str(row[0])


def settle_epoch(conn: Connection[Any], schema: str) -> bool:
    """Renew the epoch where the schema stands elsewhere than where it began, as after `pg_restore`; gives whether."""
    statement = sql.SQL(SQL["settle_epoch"]).format(head=sql.Identifier(schema, "head"))
    return conn.execute(statement).fetchone() == (True,)
