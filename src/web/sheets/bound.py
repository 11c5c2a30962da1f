"""How many sheets are made at once: each takes a while, and room on the disk."""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from threading import Lock

from api.http.admission import Overloaded

AT_ONCE = 4
"""Of all callers; a caller has one."""


class Exports:
    """Those that are being made; safe between threads."""

    def __init__(self) -> None:
        self._callers: set[Hashable] = set()
        self._lock = Lock()

    @contextmanager
    def one_of(self, caller: Hashable) -> Iterator[None]:
        """While one is made. Raises `Overloaded`."""
        with self._lock:
            own = caller in self._callers
            if own or len(self._callers) >= AT_ONCE:
                raise Overloaded(own=own)
            self._callers.add(caller)
        try:
            yield
        finally:
            with self._lock:
                self._callers.discard(caller)
