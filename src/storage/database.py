"""The one pool that every partnership shares; a transaction names the partnership's schema and nothing else does."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

import psycopg
from psycopg import Connection
from psycopg.conninfo import make_conninfo
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool, PoolTimeout

from storage.sql import statements

APP_ROLE = "goldenthread_app"
UNAVAILABLE: tuple[type[Exception], ...] = (psycopg.OperationalError, PoolTimeout)
"""What is raised when the database cannot be reached; nothing was acknowledged."""

SQL = statements("storage", "session.sql")


class Database:
    """A pool of connections that act as the unprivileged role `goldenthread_app`."""

    def __init__(self, conninfo: str, *, max_size: int = 16, statement_timeout_ms: int = 30_000) -> None:
        options = f"-c role={APP_ROLE} -c timezone=UTC -c statement_timeout={statement_timeout_ms}"
        self.pool: ConnectionPool[Connection[TupleRow]] = ConnectionPool(
            make_conninfo(conninfo, options=options, application_name="goldenthread"),
            kwargs={"autocommit": True},
            min_size=min(2, max_size),
            max_size=max_size,
            timeout=10,
            check=ConnectionPool.check_connection if max_size > 1 else None,
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
    def transaction(self, schema: str) -> Iterator[Connection[Any]]:
        """One transaction that sees one partnership: commits at the end, rolls back on any error."""
        with self.pool.connection() as conn, conn.transaction():
            conn.execute(SQL["enter"], (schema,))
            yield conn

    @contextmanager
    def pipelined(self, schema: str) -> Iterator[Connection[Any]]:
        """As `transaction`, but statements are sent together and answered once: one round trip, commit included."""
        with self.pool.connection() as conn, conn.pipeline(), conn.transaction():
            conn.execute(SQL["enter"], (schema,))
            yield conn
