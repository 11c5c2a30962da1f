"""Who may be worked for: so many requests at once, shared between partnerships and callers, and so many that wait."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import NamedTuple

from api.limits import Limits
from api.load import Load

HALF_LIFE = 5.0
"""Seconds after which half of the processor time that a caller used is forgotten."""
REMEMBERED = 10_000


class Claimant(NamedTuple):
    """For whom a request is worked on; a caller belongs to one partnership."""

    partnership: Hashable
    caller: Hashable


class Overloaded(Exception):
    """A request that is not taken in. `own`: its caller has too many here already, whoever else has."""

    def __init__(self, *, own: bool) -> None:
        super().__init__("too many requests of one caller" if own else "too many requests")
        self.own = own


@dataclass(eq=False, slots=True)
class Place:
    """One request that was taken in; left exactly once.

    Attributes:
        working: it has been given a worker.
        handed: a thread has it, and leaves it.
    """

    claimant: Claimant
    working: bool = False
    handed: bool = False
    turn: asyncio.Future[None] | None = None
    left: bool = False


@dataclass(slots=True)
class _Used:
    """Processor time of a caller, half of it forgotten every so often."""

    seconds: float = 0.0
    at: float = field(default_factory=monotonic)

    def now(self) -> float:
        return float(self.seconds * 0.5 ** ((monotonic() - self.at) / HALF_LIFE))

    def add(self, seconds: float) -> None:
        self.seconds, self.at = self.now() + seconds, monotonic()


class Admission:
    """Safe between threads and event loops. A free worker goes to the caller who has used the least lately, within
    its share and its partnership's; so nobody's many or long requests stand before somebody else's first."""

    def __init__(self, limits: Limits, load: Load) -> None:
        self._limits = limits
        self._load = load
        self._here: Counter[Hashable] = Counter()
        self._working: Counter[Hashable] = Counter()
        self._of_partnership: Counter[Hashable] = Counter()
        self._queues: dict[Hashable, list[Place]] = {}
        self._used: dict[Hashable, _Used] = {}
        self._lock = Lock()

    def take_in(self, claimant: Claimant) -> Place:
        """A place, before anything of the request is read but its head. Raises `Overloaded`."""
        with self._lock:
            if self._here[claimant.caller] >= self._limits.caller_requests:
                self._load.refused_callers += 1
                raise Overloaded(own=True)
            if self._load.waiting >= self._limits.waiting:
                self._load.refused += 1
                raise Overloaded(own=False)
            self._here[claimant.caller] += 1
            self._load.waiting += 1
            return Place(claimant)

    async def turn(self, place: Place) -> None:
        """Until there is a worker for it. Who is cancelled meanwhile leaves the place as ever."""
        place.turn = asyncio.get_running_loop().create_future()
        with self._lock:
            self._queues.setdefault(place.claimant.caller, []).append(place)
            self._hand_out()
        await place.turn

    def leave(self, place: Place, used: float = 0.0) -> None:
        """`used`: seconds of processor time. The worker, if it had one, is free for the next."""
        caller = place.claimant.caller
        with self._lock:
            if place.left:
                return
            place.left = True
            _less(self._here, caller)
            if place.working:
                self._load.working -= 1
                _less(self._working, caller)
                _less(self._of_partnership, place.claimant.partnership)
                self._note(caller, used)
            else:
                self._load.waiting -= 1
                self._forget(place)
            self._hand_out()

    def _note(self, caller: Hashable, used: float) -> None:
        if len(self._used) >= REMEMBERED:
            self._used.clear()
        self._used.setdefault(caller, _Used()).add(used)

    def _forget(self, place: Place) -> None:
        queue = self._queues.get(place.claimant.caller, [])
        if place in queue:
            queue.remove(place)
        if not queue:
            self._queues.pop(place.claimant.caller, None)

    def _hand_out(self) -> None:
        while self._load.working < self._limits.workers:
            able = [queue[0] for queue in self._queues.values() if self._may(queue[0].claimant)]
            if not able:
                return
            self._begin(min(able, key=lambda place: self._claim(place.claimant.caller)))

    def _may(self, claimant: Claimant) -> bool:
        return (
            self._working[claimant.caller] < self._limits.caller_workers
            and self._of_partnership[claimant.partnership] < self._limits.partnership_workers
        )

    def _claim(self, caller: Hashable) -> tuple[int, float]:
        """Who has the fewest workers goes first, then who used the least."""
        used = self._used.get(caller)
        return self._working[caller], used.now() if used else 0.0

    def _begin(self, place: Place) -> None:
        self._forget(place)
        place.working = True
        self._load.waiting -= 1
        self._load.working += 1
        self._load.admitted += 1
        self._working[place.claimant.caller] += 1
        self._of_partnership[place.claimant.partnership] += 1
        turn = place.turn
        if turn is not None:
            turn.get_loop().call_soon_threadsafe(_resolve, turn)


def _resolve(turn: asyncio.Future[None]) -> None:
    if not turn.done():
        turn.set_result(None)


def _less(counter: Counter[Hashable], key: Hashable) -> None:
    counter[key] -= 1
    if not counter[key]:
        del counter[key]
