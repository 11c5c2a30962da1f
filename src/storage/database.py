"""The one pool that every partnership shares; whoever takes a connection says which partnership's schema it sees."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any, Self

import psycopg
from psycopg import Connection, IsolationLevel
from psycopg.conninfo import make_conninfo
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool, PoolTimeout

from storage.sql import statements

APP_ROLE = "goldenthread_app"
UNAVAILABLE: tuple[type[Exception], ...] = (psycopg.OperationalError, PoolTimeout)
"""What is raised when the database cannot be reached; nothing was acknowledged."""

PLANS = "-c plan_cache_mode=force_custom_plan"
"""A page's best plan depends on the moments asked about; a plan made for all of them reads whole tables (14 times)."""

SQL = statements("storage", "session.sql")
TRUSTED_FOR = 5.0
"""Seconds after its last use during which a pooled connection is taken to be alive."""
PERSISTENCE = 5.0
"""Seconds of trying to replace a lost connection, ever more seldom, before the next request tries afresh."""


class SharedConnection(Connection[TupleRow]):
    """A pooled connection that remembers which schema it sees."""

    schema: str | None = None
    used_at: float = 0.0

    def enter(self, schema: str) -> None:
        """See one partnership and nothing else. Outside a transaction, so that no rollback takes it back."""
        if self.schema != schema:
            self.execute(SQL["enter"], (schema,))
            self.schema = schema


def _check(conn: SharedConnection) -> None:
    if monotonic() - conn.used_at > TRUSTED_FOR:
        ConnectionPool.check_connection(conn)
    conn.used_at = monotonic()


class Database:
    """A pool of connections that act as the unprivileged role `goldenthread_app`."""

    def __init__(self, conninfo: str, *, max_size: int = 16, statement_timeout_ms: int = 30_000) -> None:
        options = f"-c role={APP_ROLE} -c timezone=UTC -c statement_timeout={statement_timeout_ms} {PLANS}"
        self.pool: ConnectionPool[SharedConnection] = ConnectionPool(
            make_conninfo(conninfo, options=options, application_name="goldenthread"),
            connection_class=SharedConnection,
            kwargs={"autocommit": True},
            min_size=min(2, max_size),
            max_size=max_size,
            timeout=10,
            reconnect_timeout=PERSISTENCE,
            check=_check,
            open=False,
        )

    def open(self) -> Self:
        """Fill the pool. Raises `psycopg_pool.PoolTimeout` when the server cannot be reached within 15 seconds."""
        self.pool.open(wait=True, timeout=15)
        return self

    def close(self) -> None:
        self.pool.close()

    def __enter__(self) -> Self:
        return self.open()

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def connection(self, schema: str) -> Iterator[Connection[Any]]:
        """A connection that sees one partnership; each statement is a transaction of its own."""
        with self.pool.connection() as conn:
            conn.enter(schema)
            yield conn

    @contextmanager
    def snapshot(self, schema: str) -> Iterator[Connection[Any]]:
        """A reading transaction that sees one partnership as it is at its first statement, all through."""
        with self.connection(schema) as conn:
            conn.isolation_level, conn.read_only = IsolationLevel.REPEATABLE_READ, True
            try:
                with conn.transaction():
                    yield conn
            finally:
                if conn.info.transaction_status is TransactionStatus.IDLE:  # one that is lost goes back to nobody
                    conn.isolation_level, conn.read_only = None, None

    @contextmanager
    def transaction(self, schema: str) -> Iterator[Connection[Any]]:
        """One transaction that sees one partnership: commits at the end, rolls back on any error."""
        with self.connection(schema) as conn, conn.transaction():
            yield conn
