"""The one pool that every partnership shares; whoever takes a connection says which partnership's schema it sees."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from math import ceil
from time import monotonic
from typing import Any, Self

import psycopg
from psycopg import Connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow
from psycopg_pool import ConnectionPool, PoolTimeout

from storage.sql import statements
from storage.work import CURRENT, Work

APP_ROLE = "goldenthread_app"
UNAVAILABLE: tuple[type[Exception], ...] = (psycopg.OperationalError, PoolTimeout)
"""What is raised when the database cannot be reached; nothing was acknowledged."""
FULL: tuple[type[Exception], ...] = (psycopg.errors.DiskFull,)
ONLY_READ: tuple[type[Exception], ...] = (psycopg.errors.ReadOnlySqlTransaction,)
"""What is raised when there is no room for what was to be written, and when nothing may be written."""
TOOK_TOO_LONG: tuple[type[Exception], ...] = (psycopg.errors.QueryCanceled,)
"""What is raised when a statement was cancelled, as by its timeout."""

DURABLE = "-c synchronous_commit=on"
"""What is acknowledged is on the disk, whatever a server of one's own has as its default."""
PLANS = "-c plan_cache_mode=force_custom_plan"
"""A page's best plan depends on the moments asked about; a plan made for all of them reads whole tables (14 times)."""

SQL = statements("storage", "session.sql")
OPEN = (TransactionStatus.INTRANS, TransactionStatus.INERROR)
IDLE_IN_TRANSACTION_MS = 30_000
"""As the embedded server has it, where somebody's own has no limit."""
NETWORK: Mapping[str, str] = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
"""An address that swallows packets is noticed within seconds, and a server that vanished within half a minute."""

CLOCK_TOLERANCE = 300
"""Seconds by which clocks may be off; beyond, nothing is recorded."""
TRUSTED_FOR = 5.0
"""Seconds after its last use during which a pooled connection is taken to be alive."""
PERSISTENCE = 5.0
"""Seconds of trying to replace a lost connection, ever more seldom, before the next request tries afresh."""
PATIENCE = 10.0
"""Seconds of waiting for a connection, of what is no request."""
BRIEF, AT_ONCE = 2.0, 0.2
"""Seconds that a request waits for a connection: there is one for each, unless the server is away. Known to be away,
it is given a moment."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long others are waited for, in milliseconds.

    Attributes:
        lock_ms: what a statement waits for whoever holds what it needs; then it has done nothing.
        turn_ms: how long whoever makes others wait may stand still before the database ends its session.
        start_s: how long a start waits for another process that migrates or rebuilds, in seconds.
    """

    lock_ms: int = 5_000
    turn_ms: int = 10_000
    start_s: float = 3_600


class SharedConnection(Connection[TupleRow]):
    """A pooled connection that remembers which schema it sees, how long a statement may take, and for whom it works."""

    schema: str | None = None
    timeout: int | None = None
    used_at: float = 0.0
    work: Work | None = None

    def enter(self, schema: str, timeout: int) -> None:
        """See one partnership and nothing else. Outside a transaction, so that no rollback takes it back.

        `timeout`: of each statement, in milliseconds.
        """
        if (self.schema, self.timeout) != (schema, timeout):
            self.execute(SQL["enter_for"], (schema, str(timeout)))
            self.schema, self.timeout = schema, timeout

    def cursor(self, *args: Any, **kwargs: Any) -> Any:
        """Every statement begins here. Raises `Stopped` for work that was stopped."""
        if self.work is not None:
            self.work.check()
        return super().cursor(*args, **kwargs)


def _check(conn: SharedConnection) -> None:
    if monotonic() - conn.used_at > TRUSTED_FOR:
        work = CURRENT.get()
        with work.holding(conn) if work else nullcontext():  # a frozen server does not answer this either
            if work and work.why:
                raise psycopg.OperationalError(work.why.value)
            ConnectionPool.check_connection(conn)
    conn.used_at = monotonic()


def with_network_limits(conninfo: str) -> str:
    """The same address with `NETWORK`, as far as neither it nor the environment says otherwise."""
    given = conninfo_to_dict(conninfo)
    asked_for = {"connect_timeout"} if os.environ.get("PGCONNECT_TIMEOUT") else set()
    return make_conninfo(
        conninfo, **{name: limit for name, limit in NETWORK.items() if name not in {*given, *asked_for}}
    )


class Database:
    """A pool of connections that act as the unprivileged role `goldenthread_app`."""

    def __init__(
        self,
        conninfo: str,
        *,
        max_size: int = 16,
        statement_timeout_ms: int = 30_000,
        patience: Patience | None = None,
        clock_tolerance: int = CLOCK_TOLERANCE,
    ) -> None:
        self.patience = patience or Patience()
        self.clock_tolerance = clock_tolerance
        limits = {
            "statement_timeout": statement_timeout_ms,
            "lock_timeout": self.patience.lock_ms,
            "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION_MS,
        }
        limited = " ".join(f"-c {name}={limit}" for name, limit in limits.items())
        options = f"-c role={APP_ROLE} -c timezone=UTC {DURABLE} {limited} {PLANS}"
        self.pool: ConnectionPool[SharedConnection] = ConnectionPool(
            make_conninfo(conninfo, options=options, application_name=f"goldenthread, process {os.getpid()}"),
            connection_class=SharedConnection,
            kwargs={"autocommit": True},
            min_size=min(2, max_size),
            max_size=max_size,
            timeout=PATIENCE,
            reconnect_timeout=PERSISTENCE,
            check=_check,
            open=False,
        )
        self._statement_timeout = statement_timeout_ms
        self._away = False

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
        """A connection that sees one partnership; each statement is a transaction of its own.

        Within a request it is given for as long as there is time, and cancelled with its work. Raises `Stopped`.
        """
        work = CURRENT.get()
        if work is not None:
            work.check()
        with self._borrowed(work) as conn, work.holding(conn) if work else nullcontext():
            conn.work = work
            try:
                conn.enter(schema, self._timeout(work))
                yield conn
            finally:
                conn.work = None

    @contextmanager
    def _borrowed(self, work: Work | None) -> Iterator[SharedConnection]:
        patience = PATIENCE if work is None else min(work.left, AT_ONCE if self._away else BRIEF)
        try:
            conn = self.pool.getconn(patience)
        except PoolTimeout:
            self._away = True
            raise
        self._away = False
        try:
            with conn:
                yield conn
        finally:
            self.pool.putconn(conn)

    def _timeout(self, work: Work | None) -> int:
        """Of a statement. Whole seconds of what is left: a connection that has been told already is not told again."""
        return self._statement_timeout if work is None else min(self._statement_timeout, 1000 * max(1, ceil(work.left)))

    @contextmanager
    def snapshot(self, schema: str) -> Iterator[Connection[Any]]:
        """A reading transaction that sees one partnership as it is at its first statement, all through.

        It holds the head's table from before its snapshot is taken, which keeps a rebuild from switching tables below
        it: in new tables an earlier snapshot would find nothing, or not everything.
        """
        with self.connection(schema) as conn:
            try:
                conn.execute(SQL["begin_snapshot"])
                yield conn
            finally:
                if conn.info.transaction_status in OPEN:  # one that is lost goes back to nobody
                    conn.rollback()

    @contextmanager
    def transaction(self, schema: str) -> Iterator[Connection[Any]]:
        """One transaction that sees one partnership: commits at the end, rolls back on any error."""
        with self.connection(schema) as conn, conn.transaction():
            yield conn
