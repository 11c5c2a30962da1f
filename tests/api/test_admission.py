"""Whose turn it is, by what each has used; the clock is the test's."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from api.http.admission import ALLOWANCE, LITTLE, PATIENCE, Admission, Claimant, Overloaded, Place
from api.http.limits import Limits
from api.monitoring.load import Load

HOG, QUIET = Claimant("here", "hog"), Claimant("here", "quiet")


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


class Hall:
    """An admission, and the requests that were taken in."""

    def __init__(self, **limits: int) -> None:
        self.clock, self.load = Clock(), Load()
        self.turns: list[asyncio.Future[None]] = []
        self.admission = Admission(Limits(**limits), self.load, self.clock)

    async def come(self, claimant: Claimant, times: int = 1) -> list[Place]:
        places = [self.admission.take_in(claimant) for _ in range(times)]
        self.turns += [asyncio.ensure_future(self.admission.turn(place)) for place in places]
        await asyncio.sleep(0)
        return places

    async def use(self, claimant: Claimant, seconds: float) -> None:
        for place in await self.come(claimant):
            self.admission.leave(place, seconds)

    async def wait(self, seconds: float) -> None:
        """Time goes by, and somebody comes and goes."""
        self.clock.now += seconds
        await self.use(QUIET, 0.0)


def working(places: list[Place]) -> int:
    return sum(place.working for place in places)


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def tested() -> None:
        await test()
        for each in asyncio.all_tasks() - {asyncio.current_task()}:
            each.cancel()

    asyncio.run(tested())


def test_whoever_used_much_waits_while_somebody_is_there_who_uses_little() -> None:
    async def test() -> None:
        hall = Hall()
        await hall.use(HOG, ALLOWANCE)
        await hall.use(QUIET, 0.1)
        held = await hall.come(HOG, 4)
        assert working(held) == 0
        assert working(await hall.come(QUIET, 2)) == 2
        await hall.wait(1.0)
        assert working(held) == 1  # one at a time, until half of its allowance is left
        await hall.wait(10.0)
        assert working(held) == 4

    run(test)


@pytest.mark.parametrize("other", [None, LITTLE + 0.5])
def test_nobody_is_slowed_where_nobody_else_is_there_or_all_use_much(other: float | None) -> None:
    async def test() -> None:
        hall = Hall()
        await hall.use(HOG, 3 * ALLOWANCE)
        if other:
            await hall.use(QUIET, other)
        assert working(await hall.come(HOG, 4)) == 4

    run(test)


def test_whoever_waits_for_its_allowance_alone_is_woken_though_nobody_comes_or_leaves() -> None:
    async def test() -> None:
        hall = Hall()
        await hall.use(HOG, ALLOWANCE + 0.002)
        await hall.use(QUIET, 0.0)
        held = await hall.come(HOG)
        assert working(held) == 0
        hall.clock.now += 1.0
        await hall.turns[-1]
        assert working(held) == 1

    run(test)


def test_whoever_was_alone_until_somebody_came_is_slowed_and_not_refused() -> None:
    async def test() -> None:
        hall = Hall()
        for _ in range(1_000):
            await hall.use(HOG, 1.0)
        await hall.use(QUIET, 0.0)
        held = await hall.come(HOG, 32)
        assert working(held) == 0
        await hall.wait(4.0)
        assert working(held) == 1

    run(test)


def test_whoever_is_refused_or_leaves_again_and_again_is_told_to_come_later_and_is_persistent() -> None:
    async def test() -> None:
        hall = Hall()
        for _ in range(400):
            for place in await hall.come(HOG):
                hall.admission.leave(place, gone=True)
        await hall.use(QUIET, 0.0)
        seen = []
        for _ in range(PATIENCE + 1):
            with pytest.raises(Overloaded) as refused:
                hall.admission.take_in(HOG)
            seen.append((refused.value.own, refused.value.persistent))
        assert seen == [(True, False)] * PATIENCE + [(True, True)]
        assert hall.load.refused_callers == PATIENCE + 1
        hall.clock.now += 6.0
        await hall.use(QUIET, 0.0)
        assert len(await hall.come(HOG)) == 1

    run(test)


def test_leaving_before_the_answer_is_charged_for() -> None:
    async def test() -> None:
        hall = Hall()
        await hall.use(QUIET, 0.0)
        for _ in range(200):
            for place in await hall.come(HOG):
                hall.admission.leave(place, gone=True)
            if working(await hall.come(HOG)) == 0:
                return
        raise AssertionError("it went on for ever")

    run(test)


def test_the_last_workers_are_for_partnerships_and_callers_that_have_none() -> None:
    async def test() -> None:
        hall = Hall()  # 16 workers, 8 of a partnership, 4 of a caller
        stuck = [Claimant(f"stuck {n}", (n, caller)) for n in range(5) for caller in range(8)]
        held = {claimant: await hall.come(claimant, 4) for claimant in stuck}
        of = [sum(working(places) for each, places in held.items() if each.partnership == f"stuck {n}") for n in (0, 1)]
        assert of == [8, 4]
        assert [working(held[Claimant("stuck 0", (0, caller))]) for caller in range(4)] == [4, 2, 1, 1]
        assert hall.load.working == 15
        assert working(await hall.come(QUIET, 2)) == 1

    run(test)


def test_where_a_share_is_everything_nothing_is_kept_back() -> None:
    async def test() -> None:
        hall = Hall(workers=4, partnership_workers=4, caller_workers=4)
        assert working(await hall.come(HOG, 5)) == 4

    run(test)
