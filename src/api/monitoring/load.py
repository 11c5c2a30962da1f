"""How much the service is doing and what it refused, for whoever measures it."""

import logging
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

logger = logging.getLogger("goldenthread.load")

QUIET = 10.0
"""Seconds between two lines of the log about the same thing: under an attack it happens thousands of times."""


@dataclass(slots=True)
class Notices:
    """Lines of the log about what may happen very often: the first at once, the others counted in the next."""

    _said: dict[str, float] = field(default_factory=dict)
    _unsaid: dict[str, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def notice(self, what: str) -> None:
        with self._lock:
            times = self._unsaid[what] = self._unsaid.get(what, 0) + 1
            if monotonic() - self._said.get(what, -QUIET) < QUIET:
                return
            self._said[what], self._unsaid[what] = monotonic(), 0
        logger.warning("%s (%d since it was last told)", what, times)


@dataclass(slots=True)
class Load:
    """Plain numbers that anybody may read. Those of requests and connections that are there now go up and down; the
    others are counted since the start.

    Attributes:
        working: requests that are executed now.
        waiting: requests that are here and not executed: their body is read, or they wait for a worker.
        admitted: were given a worker.
        refused_callers: answered 429, as their caller has too many here.
        refused: answered 503, as too many of all callers are here.
        held: not looked at, as their token had just been refused many times.
        timed_out: answered 503, as their time was over.
        cancelled: left by their callers before they were answered.
        away: answered 503, as the database could not be reached.
        connections: open now.
        connections_refused: answered 503 as they were opened, every other one being in use.
        connections_displaced: closed for a new one while they waited.
        connections_slow: closed since a request, or the reading of an answer, took too long.
    """

    working: int = 0
    waiting: int = 0
    admitted: int = 0
    refused_callers: int = 0
    refused: int = 0
    held: int = 0
    timed_out: int = 0
    cancelled: int = 0
    away: int = 0
    connections: int = 0
    connections_refused: int = 0
    connections_displaced: int = 0
    connections_slow: int = 0
    notices: Notices = field(default_factory=Notices)
