"""The work of one request: until when it may go on, and how it is stopped, in the database too."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from threading import Lock
from time import monotonic
from typing import Any

from psycopg import Connection, Error
from psycopg.errors import QueryCanceled
from psycopg.pq import TransactionStatus

from storage.sql import statements

SQL = statements("storage", "session.sql")

CANCELLING = 2.0
"""Seconds that the database has to take a cancellation; then the connection is cut."""


class Why(Enum):
    """Why work is stopped."""

    TIME = "its time is over"
    GONE = "nobody waits for it"
    END = "the service ends"


class Stopped(BaseException):
    """The work was stopped. No `Exception`: what goes on after the failure of one field does not go on after this."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


class Work:
    """Belongs to one request, is done by one thread, and may be stopped by any other.

    Attributes:
        why: why it was stopped; None while it goes on.
        records: a command is being carried out, which is finished though the caller may have gone.
    """

    def __init__(self, seconds: float) -> None:
        self.until = monotonic() + seconds
        self.why: Why | None = None
        self.records = False
        self._held: dict[Connection[Any], bool] = {}
        self._lock = Lock()

    @property
    def left(self) -> float:
        """Seconds, never less than 0."""
        return max(0.0, self.until - monotonic())

    def check(self) -> None:
        """Raises `Stopped`."""
        if self.why is None and self.left == 0:
            self.why = Why.TIME
        if self.why is not None:
            raise Stopped(self.why)

    def stop(self, why: Why) -> None:
        """No further statement begins, and those that run are cancelled; returns when the database has taken it."""
        self.why = self.why or why
        with self._lock:
            for conn in self._held:
                self._held[conn] = True
                _cancel(conn)

    def cut(self) -> None:
        """For statements that went on after `stop`, as in a backend that is frozen: their connections are lost."""
        with self._lock:
            for conn in self._held:
                if conn.info.transaction_status is TransactionStatus.ACTIVE:
                    _cut(conn)

    @contextmanager
    def holding(self, conn: Connection[Any]) -> Iterator[None]:
        """While it holds a connection, outside any transaction. What was cancelled on it is over at the end."""
        with self._lock:
            self._held[conn] = False
        try:
            yield
        finally:
            with self._lock:
                if self._held.pop(conn):
                    _settle(conn)


def _cancel(conn: Connection[Any]) -> None:
    try:
        conn.cancel_safe(timeout=CANCELLING)
    except (Error, OSError):
        _cut(conn)


def _settle(conn: Connection[Any]) -> None:
    """A cancellation that was sent as its statement ended meets this one, and nobody else's."""
    if conn.info.transaction_status is not TransactionStatus.IDLE:
        conn.close()
        return
    try:
        conn.execute(SQL["settle"])
    except QueryCanceled:
        return
    except Error:
        conn.close()


def _cut(conn: Connection[Any]) -> None:
    """The thread that waits for an answer that a frozen server never gives is woken; the connection is lost."""
    try:
        with socket.socket(fileno=os.dup(conn.fileno())) as doubled:
            doubled.shutdown(socket.SHUT_RDWR)
    except (Error, OSError):
        return  # it was lost already, which has woken it


CURRENT: ContextVar[Work | None] = ContextVar("work", default=None)
"""The work that the running thread does; None outside requests, where only the pool's own limits hold."""
