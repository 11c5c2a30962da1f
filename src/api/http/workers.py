"""The threads that do the work of requests, watched from the event loop: none is waited for beyond its time."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

from api.http.admission import Admission, Claimant, Overloaded, Place
from api.http.limits import Limits
from api.monitoring.load import Load
from storage.work import CURRENT, Stopped, Why, Work

Done = TypeVar("Done")

DOORS = 4
"""Threads that check tokens, and as many that stop work: neither waits behind queries."""
BY_ITSELF = 0.25
"""Seconds in which most statements end by themselves: a cancellation costs the database more than they do."""
CROWDED = 4
"""So many times its processor time a request counts where it took as long: it waited for a processor, and others for
it. Whoever waits for a lock used nothing."""
WINDING_UP = 1.0
"""Seconds for work that was stopped to end by itself; then its caller is answered all the same."""


class Workers:
    """Of one endpoint; safe between event loops."""

    def __init__(self, limits: Limits, load: Load) -> None:
        self._limits = limits
        self._load = load
        self._admission = Admission(limits, load)
        self._threads = ThreadPoolExecutor(limits.workers, "worker")
        self._doors = ThreadPoolExecutor(DOORS, "door")
        self._stoppers = ThreadPoolExecutor(DOORS, "stopper")
        self._at_doors = 0

    async def check(self, work: Work, ask: Callable[[], Done]) -> Done:
        """What must be known of a caller before anything is done for it. Raises `Overloaded`, `Stopped`."""
        if self._at_doors >= self._limits.waiting:
            self._load.refused += 1
            raise Overloaded(own=False)
        self._at_doors += 1
        try:
            job = asyncio.get_running_loop().run_in_executor(self._doors, copy_context().run, _as(work, ask))
            return await self._finished(job, work, None)
        finally:
            self._at_doors -= 1

    def take_in(self, claimant: Claimant) -> Place:
        """Raises `Overloaded`."""
        return self._admission.take_in(claimant)

    def leave(self, place: Place, work: Work) -> None:
        """For a request that brought no work, or whose work never began; any other leaves when its thread ends."""
        if not place.handed:
            self._admission.leave(place, gone=work.why is Why.GONE)

    async def do(self, place: Place, work: Work, gone: Coroutine[Any, Any, None], answer: Callable[[], Done]) -> Done:
        """What `answer` returns or raises, called in a thread once it is the caller's turn.

        `gone` ends when nobody waits for it any more. Raises `Stopped` then, and when the time of the work is over:
        what runs in the database is cancelled. A command that has begun is finished though its caller has gone.
        """
        leaving = asyncio.ensure_future(gone)
        turn = asyncio.ensure_future(self._admission.turn(place))
        try:
            await asyncio.wait({turn, leaving}, timeout=work.left, return_when=asyncio.FIRST_COMPLETED)
            if not turn.done():
                work.why = Why.GONE if leaving.done() else Why.TIME
                raise Stopped(work.why)
            place.handed = True
            job = asyncio.get_running_loop().run_in_executor(
                self._threads, copy_context().run, _as(work, lambda: self._counted(place, work, answer))
            )
            return await self._finished(job, work, leaving)
        finally:
            turn.cancel()
            leaving.cancel()

    def _counted(self, place: Place, work: Work, answer: Callable[[], Done]) -> Done:
        began, before = time.monotonic(), time.thread_time()
        try:
            return answer()
        finally:
            used = time.thread_time() - before
            used = min(time.monotonic() - began, CROWDED * used)
            self._admission.leave(place, used, gone=work.why is Why.GONE)

    async def _finished(self, job: asyncio.Future[Done], work: Work, leaving: asyncio.Future[None] | None) -> Done:
        job.add_done_callback(_looked_at)
        try:
            waited: set[asyncio.Future[Any]] = {job, leaving} if leaving else {job}
            await asyncio.wait(waited, timeout=work.left, return_when=asyncio.FIRST_COMPLETED)
            if not job.done() and work.left and work.records:
                await asyncio.wait({job}, timeout=work.left)
            if not job.done():
                await self._stop(job, work, Why.GONE if work.left else Why.TIME)
        except asyncio.CancelledError:
            self._stoppers.submit(work.stop, Why.END)
            raise
        if not job.done() or work.why is Why.GONE:
            raise Stopped(work.why or Why.TIME)
        return job.result()

    async def _stop(self, job: asyncio.Future[Done], work: Work, why: Why) -> None:
        work.why = work.why or why
        if why is Why.GONE:
            await asyncio.wait({job}, timeout=BY_ITSELF)
            if job.done():
                return
        stopping = asyncio.get_running_loop().run_in_executor(self._stoppers, work.stop, why)
        await asyncio.wait({stopping}, timeout=WINDING_UP)
        await asyncio.wait({job}, timeout=WINDING_UP)
        if not job.done():
            self._stoppers.submit(work.cut)


def _as(work: Work, do: Callable[[], Done]) -> Callable[[], Done]:
    def doing() -> Done:
        CURRENT.set(work)
        return do()

    return doing


def _looked_at(job: asyncio.Future[Any]) -> None:
    """What becomes of work that is not waited for any longer was told already."""
    if not job.cancelled():
        job.exception()
