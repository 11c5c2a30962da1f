"""Whether the database answers, takes what is written, and has the migrations that this version knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any

import psycopg
from psycopg import Connection, errors
from psycopg.conninfo import make_conninfo

from storage.maintenance import Maintenance, current_of
from storage.migrate import Standing, standings_of
from storage.sql import statements

SQL = statements("storage", "readiness.sql")

OPTIONS = "-c statement_timeout=2000 -c lock_timeout=1000 -c work_mem=64kB"
PATIENCE_S = 2
WRITTEN_EVERY, MIGRATIONS_EVERY = 2.0, 15.0
"""Seconds, however often anybody asks; what was applied in every partnership takes longest, and hardly changes."""

WORDS: Mapping[type[psycopg.Error], str] = {
    errors.DiskFull: "the disk is full",
    errors.ReadOnlySqlTransaction: "the database can only be read",
    errors.QueryCanceled: f"a write took longer than {PATIENCE_S} seconds",
    errors.LockNotAvailable: f"a write took longer than {PATIENCE_S} seconds",
}


@dataclass(frozen=True, slots=True)
class Found:
    """
    `writing`: why nothing can be written, in words; None where it can. `switched_off`: settings of the server without
    which what is acknowledged may be lost when it or its machine ends.
    """

    writing: str | None
    standings: Mapping[str, Standing]
    maintenance: Maintenance | None
    switched_off: Sequence[str] = ()


class Probe:
    """Looks at the database by one connection of its own, kept between looks: it waits for no pool and no query."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = make_conninfo(
            conninfo, options=OPTIONS, connect_timeout=PATIENCE_S, application_name="goldenthread health"
        )
        self._conn: Connection[Any] | None = None
        self._writing: tuple[float, str | None] | None = None
        self._standings: tuple[float, Mapping[str, Standing]] | None = None
        self._switched_off: Sequence[str] = ()
        self._lock = Lock()

    def look(self) -> Found:
        """One look at a time. Raises an error of `UNAVAILABLE` where the database cannot be reached."""
        with self._lock:
            if self._conn is not None:
                try:
                    return self._look(self._conn)
                except psycopg.OperationalError:
                    self._close()  # a server that was started anew does not know it any more
            self._conn = psycopg.connect(self._conninfo, autocommit=True)
            return self._look(self._conn)

    def _look(self, conn: Connection[Any]) -> Found:
        if self._writing is None or monotonic() - self._writing[0] > WRITTEN_EVERY:
            self._writing = monotonic(), _why_not_written(conn)
        if self._standings is None or monotonic() - self._standings[0] > MIGRATIONS_EVERY:
            self._standings = monotonic(), standings_of(conn)
            self._switched_off = _switched_off(conn)
        return Found(self._writing[1], self._standings[1], current_of(conn), self._switched_off)

    def close(self) -> None:
        with self._lock:
            self._close()

    def _close(self) -> None:
        self._writing = None
        if self._conn is not None:
            self._conn.close()
            self._conn = None


def _switched_off(conn: Connection[Any]) -> Sequence[str]:
    (names,) = conn.execute(SQL["switched_off"]).fetchone() or (None,)
    return names or ()


def _why_not_written(conn: Connection[Any]) -> str | None:
    try:
        conn.execute(SQL["write"])
        conn.execute(SQL["use_room"])
    except psycopg.Error as error:
        if conn.broken or error.sqlstate is None:
            raise
        return WORDS.get(type(error), f"a write failed ({error.sqlstate})")
    return None
