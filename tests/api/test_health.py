"""Alive while the process lives; ready only when every part is."""

from collections.abc import Awaitable, Callable, Iterator
from threading import Event
from typing import TypeAlias, TypeVar

import anyio
import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response

from api.monitoring.health import Health, health_router

Check: TypeAlias = Callable[[], Health]
T = TypeVar("T")


def served(check: Check, exchange: Callable[[AsyncClient], Awaitable[T]]) -> T:
    async def run() -> T:
        app = FastAPI()
        app.include_router(health_router(check))
        async with AsyncClient(transport=ASGITransport(app), base_url="http://register.test") as client:
            return await exchange(client)

    return anyio.run(run)


def get(path: str, check: Check) -> Response:
    return served(check, lambda client: client.get(path))


def failing() -> Health:
    raise RuntimeError("password=secret")


@pytest.mark.parametrize("check", [lambda: Health({"database": "is away"}), failing])
def test_the_process_is_alive_whatever_it_waits_for(check: Check) -> None:
    assert get("/health/live", check).json() == {"live": True}


def test_it_is_ready_when_every_part_is() -> None:
    answer = get("/health/ready", lambda: Health({"database": None, "migrations": None}))
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "parts": {"database": "ready", "migrations": "ready"}}


def test_the_part_that_is_not_ready_is_named() -> None:
    answer = get("/health/ready", lambda: Health({"database": None, "migrations": "two are still to be applied"}))
    assert answer.status_code == 503
    assert answer.json()["parts"] == {"database": "ready", "migrations": "two are still to be applied"}


def test_a_check_that_fails_means_not_ready_and_says_nothing_more(caplog: pytest.LogCaptureFixture) -> None:
    answer = get("/health/ready", failing)
    assert answer.status_code == 503
    assert "secret" not in answer.text
    assert "secret" in caplog.text


class Slow:
    """A check that is answered at once until it is told to hang."""

    def __init__(self) -> None:
        self.looks = 0
        self.goes_on = Event()
        self.goes_on.set()

    def __call__(self) -> Health:
        self.looks += 1
        self.goes_on.wait()
        return Health({"database": None})


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    for name, seconds in (("FRESH", -1.0), ("HURRY", 0.01), ("PATIENCE", 0.02)):
        monkeypatch.setattr(f"api.monitoring.health.{name}", seconds)
    slow = Slow()
    yield slow
    slow.goes_on.set()


def test_a_look_that_hangs_holds_nobody_up_and_no_second_one_begins(slow: Slow) -> None:
    slow.goes_on.clear()

    async def exchange(client: AsyncClient) -> list[Response]:
        return [await client.get("/health/ready") for _ in range(5)]

    answers = served(slow, exchange)
    assert {answer.status_code for answer in answers} == {503}
    assert "it has not answered for" in answers[-1].json()["parts"]["database"]
    assert slow.looks == 1


def test_what_was_found_a_moment_ago_is_told_while_a_look_takes_long(
    slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def exchange(client: AsyncClient) -> list[int]:
        monkeypatch.setattr("api.monitoring.health.PATIENCE", 60.0)
        statuses = [(await client.get("/health/ready")).status_code]
        slow.goes_on.clear()
        statuses.append((await client.get("/health/ready")).status_code)
        monkeypatch.setattr("api.monitoring.health.OLD", -1.0)
        monkeypatch.setattr("api.monitoring.health.PATIENCE", 0.0)
        return [*statuses, (await client.get("/health/ready")).status_code]

    assert served(slow, exchange) == [200, 200, 503]


def test_each_turn_is_logged_once(
    slow: Slow, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("api.monitoring.health.PATIENCE", 60.0)
    found = iter((None, None, "it is away", "it is away", None))

    async def exchange(client: AsyncClient) -> None:
        for _ in range(5):
            await client.get("/health/ready")

    monkeypatch.setattr("api.monitoring.health.HURRY", 60.0)
    served(lambda: Health({"database": next(found)}), exchange)
    assert caplog.messages == ["not ready; database: it is away", "ready again"]
