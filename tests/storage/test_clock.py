"""A clock that was or is wrong is told, and beyond a bound nothing is stamped by it; a simulated one goes on."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import anyio
import psycopg
import pytest
from httpx import ASGITransport, AsyncClient

from api.app.founding import FOUNDER
from api.app.installation import Installation
from conftest import Template
from domain.agency.commands import AddAgency
from domain.shared.refusals import ReadOnly
from storage.database import Database
from storage.form import PROJECTION_VERSION
from storage.ledger import ClockWatch
from storage.ledger.recorder import in_words, wrong_clock
from support.partnership_world import World

AHEAD = "UPDATE gt_knowsley.head SET recorded_at = clock_timestamp() + %s, simulated_at = NULL"
HEAD = "SELECT position, recorded_at FROM gt_knowsley.head"
FIRE = AddAgency(key="fire", name="Fire")


def head_set(world: World, ahead: timedelta) -> tuple[Any, ...]:
    with psycopg.connect(world.installation.conninfo) as conn:
        conn.execute(AHEAD, (ahead,))
        found = conn.execute(HEAD).fetchone()
    assert found is not None
    return found


def head(world: World) -> tuple[Any, ...]:
    with psycopg.connect(world.installation.conninfo) as conn:
        found = conn.execute(HEAD).fetchone()
    assert found is not None
    return found


def readiness(world: World) -> tuple[int, dict[str, Any]]:
    async def exchange() -> tuple[int, dict[str, Any]]:
        async with AsyncClient(transport=ASGITransport(world.app), base_url="http://register.test") as client:
            answer = await client.get("/health/ready")
        return answer.status_code, answer.json()

    return anyio.run(exchange)


@contextmanager
def tolerant(world: World, template: Template, seconds: int) -> Iterator[World]:
    with Database(world.installation.conninfo, max_size=4, clock_tolerance=seconds) as pool:
        yield World(Installation(world.installation.conninfo, pool, template.signer), template.tokens)


def test_beyond_the_bound_nothing_is_recorded_and_everything_can_be_read(
    world: World, template: Template, caplog: pytest.LogCaptureFixture
) -> None:
    before = head_set(world, timedelta(days=13))
    given = {"idempotencyKey": "6512bd43-d9ca-46e0-8c99-5f6071829304", "title": "Child", "agencies": ["police"]}
    mutation = "mutation ($input: ReviewReferInput!) { reviewRefer(input: $input) { userErrors { code message } } }"
    answer = world.send(world.tokens["unit"], mutation, input=given)
    (error,) = answer.json()["data"]["reviewRefer"]["userErrors"]
    assert error["code"] == "READ_ONLY"
    assert "the newest fact is stamped 13 days ahead of the database's clock" in error["message"]
    assert answer.headers["Retry-After"] == "3600"
    assert head(world) == before
    assert world.read("unit", "position") == {"position": str(before[0])}
    said = "the newest fact is stamped 13 days ahead of the database's clock"
    assert readiness(world)[0] == 200
    assert readiness(world)[1]["clock"] == f"knowsley: {said}"
    assert f"gt_knowsley: {said}" in caplog.text
    with tolerant(world, template, 14 * 86_400) as going_on:  # as the runbook says
        going_on.register.handle(FIRE, FOUNDER)
    assert head(world) == (before[0] + 1, before[1] + timedelta(microseconds=1))


def test_within_the_bound_it_is_recorded_and_told(world: World, caplog: pytest.LogCaptureFixture) -> None:
    before = head_set(world, timedelta(minutes=3))
    world.register.handle(FIRE, FOUNDER)
    assert head(world) == (before[0] + 1, before[1] + timedelta(microseconds=1))
    assert "the newest fact is stamped 3 minutes ahead" in caplog.text


def test_a_clock_that_is_right_is_not_spoken_of(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.register.ledger.set_clock(None)
    world.register.handle(FIRE, FOUNDER)
    assert "clock" not in readiness(world)[1]
    assert "clock" not in caplog.text


def test_a_simulated_clock_stands_wherever_it_is_put(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.at(30 * 365)
    world.register.handle(FIRE, FOUNDER)
    world.register.handle(AddAgency(key="probation", name="Probation"), FOUNDER)
    assert "clock" not in readiness(world)[1]
    assert "clock" not in caplog.text


@pytest.mark.parametrize(("off", "code"), [(timedelta(hours=3), "GT006"), (timedelta(hours=-3), "GT006")])
def test_a_database_and_a_server_whose_clocks_are_apart_record_nothing(world: World, off: timedelta, code: str) -> None:
    world.register.ledger.set_clock(None)
    save = {
        "facts": [],
        "form": PROJECTION_VERSION,
        "clock_tolerance": 300,
        "sent_at": (datetime.now(UTC) + off).isoformat(),
    }
    with psycopg.connect(world.installation.conninfo, autocommit=True) as conn:
        conn.execute("SELECT set_config('search_path', 'gt_knowsley, public', false)")
        with pytest.raises(psycopg.DatabaseError) as refused:
            conn.execute("SELECT * FROM record(%s::jsonb)", (json.dumps(save),))
    assert refused.value.sqlstate == code
    told = wrong_clock(refused.value)
    assert isinstance(told, ReadOnly)
    assert "the database's clock and this server's are 3 hours apart" in told.message


def test_what_was_seen_of_a_clock_is_told_until_it_has_passed() -> None:
    watch = ClockWatch("gt_knowsley")
    watch.note(0.1, -0.1)
    assert watch.warning() is None
    watch.note(0, 7200)
    assert watch.warning() == "the database's clock is 2 hours ahead of this machine's"
    watch.note(0, -7200)
    assert watch.warning() == "the database's clock is 2 hours behind this machine's"
    watch._seen_at -= 100
    watch._apart, watch._ahead = 0, 101
    assert watch.warning() is None


def test_spans_are_told_in_the_unit_of_which_there_are_some() -> None:
    assert [in_words(each) for each in (59, 119, 120, 7200, 172_800)] == [
        "59 seconds",
        "119 seconds",
        "2 minutes",
        "2 hours",
        "2 days",
    ]
