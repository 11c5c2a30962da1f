"""What was acknowledged is there after any crash, once; a database that goes away comes back without a restart."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import Thread
from uuid import uuid4

import httpx
import psycopg
import pytest

from api.app import Installation
from running import CLIENT, EVIDENCE, Partners, Running, post
from storage.embedded import embedded_server
from storage.embedded.sharing import alone
from storage.embedded.temporary import temporary_data
from world import World, establish

CLIENTS = 4
MOMENTS = Random(30062026)
LEDGER = """
SELECT (SELECT position FROM gt_knowsley.head), count(*), max(position), count(DISTINCT position),
  count(*) FILTER (WHERE name = 'action.evidence_submitted.v1') FROM gt_knowsley.facts"""
LISTED = "SELECT count(*) FROM gt_knowsley.entry_history WHERE upper_inf(recorded) AND upper_inf(effective)"


@dataclass(frozen=True)
class Place:
    """A data folder with an established partnership, two open actions and the police's token."""

    data: Path
    conninfo: str
    token: str
    actions: list[str]


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    """PostgreSQL has a user besides every process that is killed here, so that it need not start for each."""
    with temporary_data() as data, embedded_server(data) as conninfo:
        with Installation.open(conninfo, pool_size=2) as installation:
            world = World(installation, establish(installation))
            actions = [world.assigned("police", due=900) for _ in range(2)]
        yield Place(data, conninfo, world.tokens["police"], actions)


@pytest.fixture(scope="module")
def running(place: Place) -> Iterator[Running]:
    """One process that is to outlive every absence of its database."""
    with Running(place.data) as process:
        yield process
        assert process.process.poll() is None


@contextmanager
def working(partners: Partners, url: str) -> Iterator[None]:
    partners.stop.clear()
    threads = [Thread(target=partners.work, args=(url, nth)) for nth in range(CLIENTS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        partners.stop.set()
        for thread in threads:
            thread.join()


def some_are_acknowledged(partners: Partners) -> None:
    """A random moment, with work behind it."""
    before = len(partners.acknowledged)
    deadline = time.monotonic() + 20
    while len(partners.acknowledged) < before + 10:
        assert time.monotonic() < deadline, "nothing was acknowledged"
        time.sleep(0.01)
    time.sleep(MOMENTS.uniform(0, 0.3))


def ledger(place: Place) -> tuple[int, ...]:
    with psycopg.connect(place.conninfo) as conn:
        found = conn.execute(LEDGER).fetchone()
        listed = conn.execute(LISTED).fetchone()
    assert found is not None
    assert listed is not None
    assert listed[0] == found[-1], "the read models do not hold what the log holds"
    return found


def everything_is_there_once(place: Place, partners: Partners, url: str, before: int) -> None:
    """Every acknowledged key replays; every other one, sent again, is recorded now or was; no position is missing."""
    kept = dict(partners.acknowledged)
    again = {key: partners.send(url, key) for key in partners.sent}
    assert {key: again[key] for key in kept} == kept
    assert all(again.values())
    assert partners.refused == []
    head, facts, last, positions, evidence = ledger(place)
    assert head == facts == last == positions
    assert evidence == before + len(partners.sent)
    assert len({id for ids in again.values() for id in ids or ()}) == len(partners.sent)


def postmaster(data: Path) -> int:
    return int((data / "postgres" / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])


def test_what_was_acknowledged_survives_the_death_of_the_server_and_of_both(place: Place) -> None:
    partners, before = Partners(place.token, place.actions), ledger(place)[-1]
    with Running(place.data) as first, working(partners, first.url):
        some_are_acknowledged(partners)
        first.kill()
    with Running(place.data) as second, working(partners, second.url):
        some_are_acknowledged(partners)
        os.kill(postmaster(place.data), signal.SIGKILL)
        second.kill()
    with Running(place.data) as third:
        everything_is_there_once(place, partners, third.url, before)


def test_what_was_acknowledged_survives_the_death_of_postgresql(place: Place, running: Running) -> None:
    partners, before = Partners(place.token, place.actions), ledger(place)[-1]
    with working(partners, running.url):
        for _ in range(2):
            some_are_acknowledged(partners)
            os.kill(postmaster(place.data), signal.SIGKILL)
            some_are_acknowledged(partners)  # nobody but the process itself starts it again
    everything_is_there_once(place, partners, running.url, before)


@contextmanager
def appends_held(conninfo: str) -> Iterator[None]:
    with closing(psycopg.connect(conninfo)) as holder:
        holder.execute("SELECT position FROM gt_knowsley.head FOR UPDATE")
        yield


def test_a_database_that_goes_away_mid_request_is_a_503_and_comes_back_without_a_restart(
    place: Place, running: Running
) -> None:
    before, answers = ledger(place), list[httpx.Response]()
    given = {"idempotencyKey": str(uuid4()), "id": place.actions[0], "narrative": "Held"}

    def send() -> None:
        answers.append(post(running.url, place.token, EVIDENCE, input=given))

    with alone(place.data / "postgres"):  # nobody can start it again meanwhile
        with appends_held(place.conninfo):
            held = Thread(target=send)
            held.start()
            time.sleep(0.3)
            os.kill(postmaster(place.data), signal.SIGINT)  # a fast stop, as by an operator
            held.join()
        send()
        for answer in answers:
            it_says_to_try_again(answer)
        assert CLIENT.get(f"{running.url}/health/ready").status_code == httpx.codes.SERVICE_UNAVAILABLE
        assert CLIENT.get(f"{running.url}/health/live").status_code == httpx.codes.OK
    came_back(running, place)
    once = tuple(each + 1 for each in before)
    assert ledger(place) in (before, once)  # what was not acknowledged may have been recorded, as a whole
    send()
    assert answers[-1].json()["data"]["actionSubmitEvidence"]["userErrors"] == []
    assert ledger(place) == once


def it_says_to_try_again(answer: httpx.Response) -> None:
    assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE
    error = answer.json()["errors"][0]
    assert error["extensions"]["code"] == "SERVICE_UNAVAILABLE"
    assert "idempotencyKey" in error["message"]
    assert int(answer.headers["Retry-After"]) > 0


def came_back(running: Running, place: Place) -> None:
    """It starts the database again and answers."""
    deadline = time.monotonic() + 30
    while post(running.url, place.token, "{ register { position } }").status_code != httpx.codes.OK:
        assert time.monotonic() < deadline, "it did not come back"
        time.sleep(0.1)
