"""Who may be worked for: so many requests at once, shared between partnerships and callers, and so many that wait."""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from math import inf, log2
from threading import Lock
from time import monotonic
from typing import NamedTuple

from api.http.limits import Limits
from api.monitoring.load import Load

HALF_LIFE = 5.0
"""Seconds after which half of the processor time that a caller used is forgotten."""
ALLOWANCE = 1.8
"""Seconds of it, as far as it is not forgotten, beyond which a caller waits while somebody is there who uses little.
Whoever has something to do all the time settles at a quarter of a processor."""
LITTLE = ALLOWANCE / 2
"""Up to here a caller has all workers of its share; beyond, one."""
REMEMBERED_WORK = 1.5 * ALLOWANCE
"""More is not remembered of what was worked for it, so that whoever was alone until somebody came is slowed, and never
refused."""
OVERDRAWN = 2 * ALLOWANCE
"""From here on it is told to come later. Only requests that are refused or left bring a caller there."""
DEBT = 4 * ALLOWANCE
"""More is not remembered of them: two half-lives, and it is heard again."""
HEAD, LEAVING = 0.002, 0.02
"""Seconds of processor time that a request costs outside its worker, a refused one too; and one that is left."""
THERE = 10.0
"""Seconds for which a caller is there after its last request."""
PATIENCE = 8
"""Refusals of a caller, as far as they are not forgotten, after which its requests are not looked at for a while."""
REMEMBERED = 10_000


class Claimant(NamedTuple):
    """For whom a request is worked on; a caller belongs to one partnership."""

    partnership: Hashable
    caller: Hashable


class Overloaded(Exception):
    """A request that is not taken in.

    Attributes:
        own: its caller has too many here already, or used too much lately, whoever else has.
        persistent: it has been told so many times, and sends more all the same.
    """

    def __init__(self, *, own: bool, persistent: bool = False) -> None:
        super().__init__("too many requests of one caller" if own else "too many requests")
        self.own = own
        self.persistent = persistent


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
class _Fading:
    """A sum of which half is forgotten every so often."""

    sum: float = 0.0
    at: float = 0.0

    def of(self, now: float) -> float:
        return float(self.sum * 0.5 ** ((now - self.at) / HALF_LIFE))

    def add(self, more: float, now: float, most: float = inf) -> None:
        """Not beyond `most`; where it is already, nothing is added."""
        before = self.of(now)
        self.sum, self.at = max(before, min(before + more, most)), now


@dataclass(slots=True)
class _Account:
    """What a caller used, in seconds of processor time, how often it was refused, and when it was last here."""

    used: _Fading = field(default_factory=_Fading)
    refused: _Fading = field(default_factory=_Fading)
    seen: float = 0.0


class Admission:
    """Safe between threads and event loops. A free worker goes to the caller who has used the least lately, within
    its share and its partnership's; so nobody's many or long requests stand before somebody else's first.

    `clock`: seconds, that never go back.
    """

    def __init__(self, limits: Limits, load: Load, clock: Callable[[], float] = monotonic) -> None:
        self._limits = limits
        self._load = load
        self._clock = clock
        self._here: Counter[Hashable] = Counter()
        self._working: Counter[Hashable] = Counter()
        self._of_partnership: Counter[Hashable] = Counter()
        self._queues: dict[Hashable, list[Place]] = {}
        self._accounts: OrderedDict[Hashable, _Account] = OrderedDict()
        self._reserve = _last_ones(limits.workers, limits.partnership_workers)
        self._reserve_of_partnership = _last_ones(limits.partnership_workers, limits.caller_workers)
        self._wakes_at = 0.0
        self._lock = Lock()

    def take_in(self, claimant: Claimant) -> Place:
        """A place, before anything of the request is read but its head. Raises `Overloaded`."""
        caller = claimant.caller
        with self._lock:
            account = self._charge(caller, HEAD, REMEMBERED_WORK)
            account.seen = self._clock()
            self._accounts.move_to_end(caller)
            if self._here[caller] >= self._limits.caller_requests or self._is_overdrawn(caller):
                self._charge(caller, HEAD, DEBT)
                self._load.refused_callers += 1
                account.refused.add(1, account.seen)
                raise Overloaded(own=True, persistent=account.refused.of(account.seen) > PATIENCE)
            if self._load.waiting >= self._limits.waiting:
                self._load.refused += 1
                raise Overloaded(own=False)
            self._here[caller] += 1
            self._load.waiting += 1
            return Place(claimant)

    async def turn(self, place: Place) -> None:
        """Until there is a worker for it. Who is cancelled meanwhile leaves the place as ever."""
        place.turn = asyncio.get_running_loop().create_future()
        with self._lock:
            self._queues.setdefault(place.claimant.caller, []).append(place)
            self._hand_out()
        await place.turn

    def leave(self, place: Place, used: float = 0.0, *, gone: bool = False) -> None:
        """`used`: seconds of processor time; `gone`: the caller did not wait for its answer. The worker, if it had
        one, is free for the next."""
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
            else:
                self._load.waiting -= 1
                self._forget(place)
            self._charge(caller, used, REMEMBERED_WORK)
            if gone:
                self._charge(caller, LEAVING, DEBT)
            self._hand_out()

    def _charge(self, caller: Hashable, seconds: float, most: float) -> _Account:
        account = self._accounts.setdefault(caller, _Account())
        account.used.add(seconds, self._clock(), most)
        if len(self._accounts) > REMEMBERED:
            self._accounts.popitem(last=False)
        return account

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
                break
            self._begin(min(able, key=lambda place: self._claim(place.claimant.caller)))
        self._wake_when_somebody_may()

    def _may(self, claimant: Claimant) -> bool:
        """The last workers, of all and of a partnership, are for those who have none: however many are stuck."""
        working, of_partnership = self._working[claimant.caller], self._of_partnership[claimant.partnership]
        free = self._limits.workers - self._load.working
        free_of_partnership = self._limits.partnership_workers - of_partnership
        return (
            working < self._workers_of(claimant.caller)
            and free > (self._reserve if of_partnership else 0)
            and free_of_partnership > (self._reserve_of_partnership if working else 0)
        )

    def _workers_of(self, caller: Hashable) -> int:
        """How many it may have at once: of those who use much, one, and none beyond their allowance."""
        used = self._used(caller)
        if used <= LITTLE or not self._is_somebody_else_there(caller):
            return self._limits.caller_workers
        return 1 if used <= ALLOWANCE else 0

    def _is_overdrawn(self, caller: Hashable) -> bool:
        return self._used(caller) > OVERDRAWN and self._is_somebody_else_there(caller)

    def _is_somebody_else_there(self, caller: Hashable) -> bool:
        """Somebody who uses little: where all use much, nobody is slowed for another."""
        now = self._clock()
        for each, account in reversed(self._accounts.items()):
            if now - account.seen > THERE:
                return False
            if each != caller and account.used.of(now) <= LITTLE:
                return True
        return False

    def _used(self, caller: Hashable) -> float:
        account = self._accounts.get(caller)
        return account.used.of(self._clock()) if account else 0.0

    def _claim(self, caller: Hashable) -> tuple[int, float]:
        """Who has the fewest workers goes first, then who used the least."""
        return self._working[caller], self._used(caller)

    def _wake_when_somebody_may(self) -> None:
        """Those who wait for nothing but their allowance are not forgotten where nobody else comes or leaves."""
        waiting = {caller: queue[0].turn for caller, queue in self._queues.items() if not self._workers_of(caller)}
        if not waiting:
            return
        first = min(waiting, key=self._used)
        now, turn = self._clock(), waiting[first]
        seconds = max(0.01, HALF_LIFE * log2(self._used(first) / ALLOWANCE))
        if turn is not None and not now <= self._wakes_at <= now + seconds:
            self._wakes_at = now + seconds
            loop = turn.get_loop()
            loop.call_soon_threadsafe(loop.call_later, seconds, self._woken)

    def _woken(self) -> None:
        with self._lock:
            self._wakes_at = 0.0
            self._hand_out()

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


def _last_ones(workers: int, share: int) -> int:
    """So many of the workers are for those who have none; none where a share may be all of them."""
    return max(0, min(workers // 4, workers - share))


def _resolve(turn: asyncio.Future[None]) -> None:
    if not turn.done():
        turn.set_result(None)


def _less(counter: Counter[Hashable], key: Hashable) -> None:
    counter[key] -= 1
    if not counter[key]:
        del counter[key]
