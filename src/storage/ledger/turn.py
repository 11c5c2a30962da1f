"""A turn: others save nothing while something is decided on the whole log, for as long as the process goes on working.

The turn is a lock of the database's session, which the database ends when it has heard nothing for `limit` seconds. A
process that works says so now and then; one that was paused or has frozen does not, and loses its turn. What it saves
afterwards it would save on that session, so it records nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic
from typing import Any

import psycopg
from psycopg import Connection

from domain.shared.refusals import VersionConflict
from storage.database import Database
from storage.ledger.recorder import LOST, refusing_busy_or_lost
from storage.sql import statements
from storage.work import Stopped

SQL = statements("storage.ledger", "ledger.sql")

LONGEST = 300.0
"""Seconds for which a process that works may keep its turn."""
BEATS = 4
"""How often in each limit it says that it works."""


class Turn:
    """The session that has the turn. Its save is the last thing that is done with it."""

    def __init__(self, conn: Connection[Any], limit: float) -> None:
        self._conn = conn
        self._until = monotonic() + LONGEST
        self._over = Event()
        self._beating = Thread(target=self._beat, args=(limit / BEATS,), name="turn", daemon=True)
        self._beating.start()

    def save(self, save: str) -> Any:
        """The row that `record` gives. Raises `VersionConflict` where the turn has been lost."""
        self.rest()
        if self._conn.closed:
            raise VersionConflict(LOST)
        return self._conn.execute(SQL["record"], (save,)).fetchone()

    def rest(self) -> None:
        """Nothing more is said."""
        self._over.set()
        self._beating.join()

    def _beat(self, pause: float) -> None:
        while not self._over.wait(pause) and monotonic() < self._until:
            try:
                self._conn.execute(SQL["beat"])
            except (psycopg.Error, Stopped):
                return  # the save finds the session closed


@contextmanager
def take_turn(database: Database, schema: str) -> Iterator[Turn]:
    """Raises `VersionConflict` where others keep theirs."""
    with database.connection(schema) as conn:
        with refusing_busy_or_lost(database, schema):
            conn.execute(SQL["take_turn"], (str(database.patience.turn_ms),))
        turn = Turn(conn, database.patience.turn_ms / 1000)
        try:
            yield turn
        finally:
            turn.rest()
            _give_back(conn)


def _give_back(conn: Connection[Any]) -> None:
    try:
        conn.execute(SQL["end_turn"])
    except psycopg.Error:
        conn.close()  # the session has ended, and its turn with it
    except Stopped:
        conn.close()  # the request's time is over: no statement begins any more, and the turn ends with the session
        raise
