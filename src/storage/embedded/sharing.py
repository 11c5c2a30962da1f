"""One thing used by many processes: the first to come starts it, the last to leave stops it.

The kernel does the counting. Each user holds a shared lock; a killed process loses its lock at once, so no number can
be stale, and whoever can take the lock alone is the last.
"""

import fcntl
import logging
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import current_thread, main_thread
from typing import TypeVar

from storage.embedded.errors import EmbeddedServerError

T = TypeVar("T")

logger = logging.getLogger("goldenthread.storage")

WAITING_IS_TOLD_AFTER_S = 5.0
STARTING_S = 320.0
"""Longer than whoever starts the server may take (`cluster.PATIENCE_S`)."""
STOPPING_S = 75.0
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def shared(name: Path, start: Callable[[], T], stop: Callable[[], None]) -> Iterator[T]:
    """Use what `start` gives; `start` and `stop` are never run at the same time by two processes.

    Whoever leaves last stops it, also where its own start failed or was interrupted half way.
    """
    counted = False
    with _opened(name.with_suffix(".users")) as users:
        try:
            with alone(name):
                fcntl.flock(users, fcntl.LOCK_SH)
                counted = True
                started = start()
            yield started
        finally:
            if counted:
                with uninterrupted(), alone(name, STOPPING_S):
                    if _last(users):
                        stop()


@contextmanager
def alone(name: Path, patience: float = STARTING_S) -> Iterator[None]:
    """Nobody else starts or stops it meanwhile. Raises `EmbeddedServerError` when somebody does for too long."""
    gate = name.with_suffix(".gate")
    with _opened(gate) as descriptor:
        _wait_for(descriptor, gate, patience)
        yield


def _wait_for(descriptor: int, gate: Path, patience: float) -> None:
    begun, reported = time.monotonic(), False
    while not _taken(descriptor):
        waited = time.monotonic() - begun
        if waited > patience:
            raise EmbeddedServerError(
                f"Another process has been starting or stopping the server of {gate.parent} for {patience:.0f} s: "
                f"resume it or end it (`fuser {gate}` names it)."
            )
        if waited > WAITING_IS_TOLD_AFTER_S and not reported:
            logger.warning("Waiting for another process that starts or stops the server of %s", gate.parent)
            reported = True
        time.sleep(0.02)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _last(users: int) -> bool:
    return _taken(users)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """A second Ctrl-C, or the terminal's end after it, must not leave running what is being stopped."""
    if current_thread() is not main_thread():
        yield
        return
    before = {each: signal.signal(each, signal.SIG_IGN) for each in ENDING}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, signal.SIG_DFL if handler is None else handler)


@contextmanager
def _opened(file: Path) -> Iterator[int]:
    # Read-only, so that a file made by root can be locked by the data's owner as well.
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise EmbeddedServerError(
            f"{file.parent} cannot be written to: {error.strerror}. "
            "Make it writable, or choose another data folder with --data or GOLDENTHREAD_DATA."
        ) from error
    try:
        yield descriptor
    finally:
        os.close(descriptor)
