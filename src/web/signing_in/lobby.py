"""What is read for people who are not signed in: a little at a time, so that nobody who is waits for them."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from starlette.concurrency import run_in_threadpool

from api.http.admission import Overloaded

AT_ONCE, WAITING = 2, 64

Found = TypeVar("Found")


class Lobby:
    """Of one event loop."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._inside = 0

    async def read(self, read: Callable[[], Found]) -> Found:
        """What `read` gives, in its turn. Raises `Overloaded`."""
        if self._inside >= WAITING:
            raise Overloaded(own=False)
        self._inside += 1
        try:
            async with self._turn:
                return await run_in_threadpool(read)
        finally:
            self._inside -= 1
