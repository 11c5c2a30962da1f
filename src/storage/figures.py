"""What a database says of itself to whoever watches it: few statements, as many for one partnership as for hundreds."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import time
from typing import Any, cast

import psycopg
from psycopg import Connection, sql

from storage.form import PROJECTION_VERSION
from storage.migrate import partnership_of
from storage.sql import statements

SQL = statements("storage", "figures.sql")
PATIENCE = 2
"""Seconds for the connection, and for each statement."""


@dataclass(frozen=True, slots=True)
class PartnershipFigures:
    """One partnership; instants are seconds since 1970, None where it never happened.

    Attributes:
        position: how many facts were recorded.
        ahead: seconds by which its newest fact is stamped after the database's clock; None on a simulated clock.
        read_models_current: they are of this version's form, so that the latest fact stands in them.
        verified_at, verified_position, faults: of the latest `goldenthread verify`.
    """

    partnership: str
    position: int
    ahead: float | None
    read_models_current: bool
    verified_at: float | None
    verified_position: int | None
    faults: int | None


@dataclass(frozen=True, slots=True)
class DatabaseFigures:
    """The database as a whole.

    Attributes:
        clock_difference: seconds by which its clock is before this machine's; negative where it is behind.
        archive_failures: of WAL files, since its statistics began.
        backed_up_at: the end of the latest backup of everything that succeeded, in seconds since 1970.
        backup_failed: the latest backup did not succeed.
        read_only: seconds since the installation was made read-only; 0 where it is not.
        durable: its server keeps through a crash what it acknowledged.
    """

    clock_difference: float
    connections: int
    max_connections: int
    archive_failures: int
    backed_up_at: float | None
    backup_failed: bool
    read_only: float
    durable: bool
    partnerships: Sequence[PartnershipFigures]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes; of the WAL None where the user may not ask."""

    database: int
    wal: int | None


def figures(conninfo: str) -> DatabaseFigures:
    """On a connection of its own, so that it waits behind nobody's queries. Raises `psycopg.Error`."""
    with _asking(conninfo) as conn:
        difference = _clock_difference(conn)
        found = cast(tuple[Any, ...], conn.execute(SQL["installation"]).fetchone())
        connections, most, failures, backed_up_at, backup_failed, read_only, durable, schemas = found
        rows = conn.execute(_partnerships(schemas)).fetchall() if schemas else []
    of_each = [_partnership(*each) for each in rows]
    return DatabaseFigures(
        difference, connections, most, failures, backed_up_at, backup_failed, read_only, durable, of_each
    )


def sizes(conninfo: str) -> Sizes:
    """Looks at every file of the database: not for every few seconds. Raises `psycopg.Error`."""
    with _asking(conninfo) as conn:
        database, may_ask = cast(tuple[int, bool], conn.execute(SQL["sizes"]).fetchone())
        wal = cast(tuple[int], conn.execute(SQL["wal"]).fetchone())[0] if may_ask else None
    return Sizes(database, wal)


def _asking(conninfo: str) -> Connection[Any]:
    options = f"-c statement_timeout={PATIENCE * 1000}"
    return psycopg.connect(
        conninfo, autocommit=True, connect_timeout=PATIENCE, options=options, application_name="goldenthread metrics"
    )


def _clock_difference(conn: Connection[Any]) -> float:
    before = time()
    there = cast(tuple[float], conn.execute(SQL["clock"]).fetchone())[0]
    return there - (before + time()) / 2


def _partnerships(schemas: Sequence[str]) -> sql.Composed:
    heads = (
        sql.SQL(SQL["head"]).format(
            name=sql.Literal(schema), partnership=sql.Literal(partnership_of(schema)), schema=sql.Identifier(schema)
        )
        for schema in schemas
    )
    return sql.SQL(SQL["partnerships"]).format(heads=sql.SQL(" UNION ALL ").join(heads))


def _partnership(
    schema: str,
    position: int,
    form: str | None,
    ahead: float | None,
    at: float | None,
    verified: int | None,
    faults: int | None,
) -> PartnershipFigures:
    current = not position or form == PROJECTION_VERSION
    return PartnershipFigures(partnership_of(schema), position, ahead, current, at, verified, faults)
