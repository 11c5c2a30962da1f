"""A running server under those who ask for too much: stuck statements, callers that leave, a database that is away."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import httpx
import psutil
import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from domain.shared.vocabulary import Role
from support.partnership_world import KEY, World
from support.served_process import EVIDENCE, Served, post, served, until

PATIENT = 60_000
"""Milliseconds: nothing here ends because that time is over."""
SOON = 20.0
OTHER = "elsewhere"
ASKED = "{ register { actions { totalCount } } }"
LIGHT = "{ viewer { subject } }"


@contextmanager
def stuck(world: World, table: str = "action_history") -> Iterator[None]:
    """Whatever reads the partnership's actions waits until the end of the block."""
    with psycopg.connect(world.installation.conninfo) as conn:
        conn.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(sql.Identifier(f"gt_{KEY}", table)))
        yield


def statements_that_wait(world: World) -> int:
    with psycopg.connect(world.installation.conninfo, autocommit=True) as conn:
        found = conn.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        ).fetchone()
    return int(found[0]) if found else 0


def code(answer: httpx.Response) -> str:
    return str(answer.json()["errors"][0]["extensions"]["code"])


@pytest.fixture
def callers() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(12) as pool:
        yield pool


def query_context(
    callers: ThreadPoolExecutor, running: Served, token: str, query: str = ASKED
) -> Future[httpx.Response]:
    return callers.submit(post, running.url, token, query)


@contextmanager
def left(running: Served, token: str, query: str, **variables: Any) -> Iterator[socket.socket]:
    """A caller who goes away without its answer at the end of the block."""
    body = httpx.Request("POST", "http://r", json={"query": query, "variables": variables}).content
    lines = ("POST /graphql HTTP/1.1", "Host: r", f"Authorization: Bearer {token}", "Content-Type: application/json")
    with socket.create_connection(("127.0.0.1", running.port), timeout=SOON) as connection:
        connection.sendall("\r\n".join((*lines, f"Content-Length: {len(body)}", "", "")).encode() + body)
        yield connection


def test_stuck_queries_of_one_partnership_leave_workers_for_others_and_end_in_time(
    world: World, callers: ThreadPoolExecutor
) -> None:
    world.installation.create_partnership(OTHER, "Elsewhere", "knowsley-2015")
    elsewhere = world.installation.issue_token(OTHER, Role.INSPECTOR, "inspector")
    with served(world.installation, workers=4, partnership_workers=2, request_timeout=2_500) as running, stuck(world):
        asked = [
            query_context(callers, running, world.tokens[who])
            for who in ("unit", "chair", "inspector", "body", "police")
        ]
        until(lambda: statements_that_wait(world) == 2)
        until(lambda: running.load.waiting == 3)
        assert post(running.url, elsewhere, ASKED).status_code == 200
        assert httpx.get(f"{running.url}/health/ready", trust_env=False).status_code == 200
        assert running.load.working == 2
        answers = [each.result(SOON) for each in asked]
        assert {(each.status_code, code(each), each.headers["retry-after"]) for each in answers} == {
            (503, "TIMED_OUT", "5")
        }
        until(lambda: running.load.working == 0)
        assert statements_that_wait(world) == 0
        assert running.load.timed_out == 5


def test_nobody_has_more_than_a_share_of_the_workers_and_of_the_places_that_wait(
    world: World, callers: ThreadPoolExecutor
) -> None:
    shares = {"caller_workers": 1, "caller_requests": 3, "waiting": 4}
    with served(world.installation, request_timeout=PATIENT, **shares) as running:
        with stuck(world):
            held = [query_context(callers, running, world.tokens["unit"]) for _ in range(3)]
            until(lambda: (running.load.working, running.load.waiting) == (1, 2))
            refused = post(running.url, world.tokens["unit"], LIGHT)
            assert (refused.status_code, code(refused)) == (429, "TOO_MANY_REQUESTS")
            assert refused.headers["retry-after"] == "2"
            assert post(running.url, world.tokens["chair"], LIGHT).status_code == 200
            held.append(query_context(callers, running, world.tokens["police"]))
            until(
                lambda: (running.load.working, running.load.waiting) == (2, 2)
            )  # its worker took it from those who wait
            held += [query_context(callers, running, world.tokens["police"]) for _ in range(2)]
            until(lambda: (running.load.working, running.load.waiting) == (2, 4))
            full = post(running.url, world.tokens["chair"], LIGHT)
            assert (full.status_code, code(full), full.headers["retry-after"]) == (503, "OVERLOADED", "2")
        assert [each.result(SOON).status_code for each in held] == [200] * 6
        assert (running.load.refused_callers, running.load.refused) == (1, 1)
        assert post(running.url, world.tokens["unit"], LIGHT).status_code == 200


def test_the_query_of_a_caller_who_leaves_is_cancelled_in_the_database_and_one_that_waits_never_begins(
    world: World,
) -> None:
    with served(world.installation, caller_workers=1, request_timeout=PATIENT) as running, stuck(world):
        with left(running, world.tokens["unit"], ASKED):
            until(lambda: statements_that_wait(world) == 1)
            with left(running, world.tokens["unit"], ASKED):
                until(lambda: running.load.waiting == 1)
        until(lambda: (running.load.working, running.load.waiting, running.load.cancelled) == (0, 0, 2))
        assert statements_that_wait(world) == 0
        assert running.load.admitted == 1
        assert post(running.url, world.tokens["unit"], LIGHT).status_code == 200


def test_a_command_that_has_begun_is_finished_though_its_caller_leaves(world: World) -> None:
    action = world.assigned("police", due=60)
    given = {"id": action, "narrative": "Told", "idempotencyKey": str(uuid4())}
    with served(world.installation, request_timeout=PATIENT) as running:
        with stuck(world, "facts"):
            with left(running, world.tokens["police"], EVIDENCE, input=given):
                until(lambda: statements_that_wait(world) == 1)
            until(lambda: running.load.connections == 0)
            assert running.load.working == 1
        until(lambda: running.load.working == 0)
        shown = post(
            running.url,
            world.tokens["unit"],
            f'{{ register {{ action(id: "{action}") {{ evidence {{ narrative }} }} }} }}',
        )
        assert shown.json()["data"]["register"]["action"]["evidence"] == [{"narrative": "Told"}]
        again = post(running.url, world.tokens["police"], EVIDENCE, input=given)
        assert len(again.json()["data"]["actionSubmitEvidence"]["eventIds"]) == 1


def test_a_command_whose_time_is_over_has_recorded_nothing(world: World) -> None:
    action = world.assigned("police", due=60)
    given = {"id": action, "narrative": "Told", "idempotencyKey": str(uuid4())}
    before = world.position()
    with served(world.installation, request_timeout=1_500) as running:
        with stuck(world, "facts"):
            late = post(running.url, world.tokens["police"], EVIDENCE, input=given)
            assert (late.status_code, code(late)) == (503, "TIMED_OUT")
            until(lambda: running.load.working == 0)
        assert world.position() == before
        again = post(running.url, world.tokens["police"], EVIDENCE, input=given)
        assert len(again.json()["data"]["actionSubmitEvidence"]["eventIds"]) > 0


def test_a_connection_on_which_a_query_was_cancelled_serves_on_and_nothing_is_left_of_it(world: World) -> None:
    with served(world.installation, request_timeout=PATIENT) as running:
        for _ in range(6):
            with stuck(world), left(running, world.tokens["unit"], ASKED):
                until(lambda: statements_that_wait(world) == 1)
            until(lambda: running.load.working == 0)
            assert [post(running.url, world.tokens["unit"], ASKED).status_code for _ in range(4)] == [200] * 4
    assert world.installation.database.pool.get_stats().get("returns_bad", 0) == 0  # they are not lost by it


@contextmanager
def frozen(world: World) -> Iterator[None]:
    """The database's server and all that serves this database stand still, as on a disk that does not answer."""
    with psycopg.connect(world.installation.conninfo, autocommit=True) as conn:
        asked = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        backends = [pid for (pid,) in conn.execute(asked)]
        parent = psutil.Process(conn.info.backend_pid).ppid()
    for pid in (parent, *backends):
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in (parent, *backends):
            os.kill(pid, signal.SIGCONT)


def test_a_database_that_stands_still_holds_up_nobody_beyond_the_time_of_a_request(world: World) -> None:
    with served(world.installation, request_timeout=1_000) as running:
        assert post(running.url, world.tokens["unit"], ASKED).status_code == 200
        with frozen(world):
            late = post(running.url, world.tokens["unit"], ASKED)
            assert (late.status_code, code(late)) == (503, "TIMED_OUT")
            assert httpx.get(f"{running.url}/health/live", trust_env=False).status_code == 200
            until(lambda: running.load.working == 0)
        until(lambda: post(running.url, world.tokens["unit"], ASKED).status_code == 200)


def test_a_database_that_is_away_is_told_within_seconds(world: World, callers: ThreadPoolExecutor) -> None:
    name = conninfo_to_dict(world.installation.conninfo)["dbname"]
    with (
        served(world.installation, request_timeout=PATIENT) as running,
        psycopg.connect(world.installation.conninfo, dbname="postgres", autocommit=True) as conn,
    ):
        assert post(running.url, world.tokens["unit"], ASKED).status_code == 200
        conn.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(sql.Identifier(str(name))))
        conn.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        began = time.monotonic()
        asked = [query_context(callers, running, world.tokens["unit"]) for _ in range(12)]
        answers = [each.result(SOON) for each in asked]
        assert time.monotonic() - began < SOON / 2  # it had been up to 40 s
        assert {(each.status_code, code(each)) for each in answers} == {(503, "SERVICE_UNAVAILABLE")}
        conn.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(sql.Identifier(str(name))))
        until(lambda: post(running.url, world.tokens["unit"], ASKED).status_code == 200)
