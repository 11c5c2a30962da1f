"""One thing used by many processes: the first to come starts it, the last to leave stops it.

The kernel does the counting. Each user holds a shared lock; a killed process loses its lock at once, so no number can
be stale, and whoever can take the lock alone is the last.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def shared(name: Path, start: Callable[[], T], stop: Callable[[], None]) -> Iterator[T]:
    """Use what `start` gives; `start` and `stop` are never run at the same time by two processes."""
    with _opened(name.with_suffix(".users")) as users:
        with _alone(name.with_suffix(".gate")):
            fcntl.flock(users, fcntl.LOCK_SH)
            started = start()
        try:
            yield started
        finally:
            with _alone(name.with_suffix(".gate")):
                if _last(users):
                    stop()


def _last(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _alone(gate: Path) -> Iterator[None]:
    with _opened(gate) as descriptor:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield


@contextmanager
def _opened(file: Path) -> Iterator[int]:
    # Read-only, so that a file made by root can be locked by the data's owner as well.
    descriptor = os.open(file, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
