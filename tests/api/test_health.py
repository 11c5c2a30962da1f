"""Alive while the process lives; ready only when every part is."""

from collections.abc import Mapping

import anyio
import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response

from api.health import Check, health_router


def get(path: str, check: Check) -> Response:
    async def exchange() -> Response:
        app = FastAPI()
        app.include_router(health_router(check))
        async with AsyncClient(transport=ASGITransport(app), base_url="http://register.test") as client:
            return await client.get(path)

    return anyio.run(exchange)


def failing() -> Mapping[str, str | None]:
    raise RuntimeError("password=secret")


@pytest.mark.parametrize("check", [lambda: {"database": "is away"}, failing])
def test_the_process_is_alive_whatever_it_waits_for(check: Check) -> None:
    assert get("/health/live", check).json() == {"live": True}


def test_it_is_ready_when_every_part_is() -> None:
    answer = get("/health/ready", lambda: {"database": None, "migrations": None})
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "parts": {"database": "ready", "migrations": "ready"}}


def test_the_part_that_is_not_ready_is_named() -> None:
    answer = get("/health/ready", lambda: {"database": None, "migrations": "two are still to be applied"})
    assert answer.status_code == 503
    assert answer.json()["parts"] == {"database": "ready", "migrations": "two are still to be applied"}


def test_a_check_that_fails_means_not_ready_and_says_nothing_more(caplog: pytest.LogCaptureFixture) -> None:
    answer = get("/health/ready", failing)
    assert answer.status_code == 503
    assert "secret" not in answer.text
    assert "secret" in caplog.text
