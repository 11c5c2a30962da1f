"""Whoever stands still while others want to record is ended by the database, and nobody waits for ever."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from typer.testing import CliRunner

from api.app.founding import FOUNDER
from api.app.installation import Installation
from cli.main import app
from domain.agency.commands import AddAgency
from domain.frameworks import shipped_frameworks
from domain.ports import BUSY, AlsoWritten, Append
from domain.register import Register
from domain.review.commands import CommissionReview
from domain.shared.facts import Recorded
from domain.shared.refusals import VersionConflict
from domain.shared.vocabulary import Kind
from projections.engine.history_rows import histories
from storage.database import Database, Patience, with_network_limits
from storage.ledger import Ledger
from storage.ledger.recorder import LOST
from support.fact_recorder import Ground
from support.partnership_world import Template, World
from support.random_histories import a_raised_action
from support.served_process import SERVE

HOLD = "SELECT pg_advisory_lock(28)"
LET_GO = "SELECT pg_advisory_unlock(28)"
WAITING = """SELECT count(*) FROM pg_stat_activity
WHERE wait_event_type = 'Lock' AND datname = current_database() AND application_name = %s"""
HAS_TURN = """SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid)
WHERE a.application_name = %s AND l.locktype = 'advisory' AND l.mode = 'ExclusiveLock' AND l.granted"""

MUTATION = "mutation ($input: ReviewReferInput!) { reviewRefer(input: $input) { userErrors { code message } } }"


def until_let_go(conn: psycopg.Connection[Any]) -> None:
    conn.execute("SELECT pg_advisory_xact_lock(28)")


def selecting(value: Mapping[str, Any]) -> AlsoWritten:
    return lambda conn: conn.execute("SELECT %(value)s::text", value)


def until(held: Callable[[], bool], *also: Future[Any]) -> None:
    deadline = time.monotonic() + 120
    while not held() and not any(each.done() for each in also):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def counted(conn: psycopg.Connection[Any], query: str, name: str) -> int:
    row = conn.execute(query.encode(), (name,)).fetchone()
    assert row is not None
    return int(row[0])


@contextmanager
def opened(database: str, template: Template, patience: Patience) -> Iterator[World]:
    with Database(database, max_size=4, patience=patience) as pool:
        yield World(Installation(database, pool, template.signer), template.tokens)


@contextmanager
def merging(database: str, **settings: str) -> Iterator["subprocess.Popen[str]"]:
    """`goldenthread agency merge police health` as a process of its own."""
    parts = {name: str(value) for name, value in conninfo_to_dict(database).items()}
    address = f"postgresql:///{parts.pop('dbname')}?{urlencode(parts)}"
    words = [sys.executable, "-c", SERVE, "agency", "merge", "police", "health", "--partnership", "knowsley"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **settings}
    with subprocess.Popen(
        [*words, "--database-url", address], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_command_that_is_paused_in_its_turn_is_ended_and_says_that_it_recorded_nothing(
    database: str, template: Template, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        opened(database, template, Patience(lock_ms=120_000)) as patient,
        opened(database, template, Patience(lock_ms=100)) as world,
        psycopg.connect(database, autocommit=True) as conn,
        psycopg.connect(database) as locker,
        ThreadPoolExecutor(2) as pool,
    ):
        session = patient.register.open()
        patient.register.decide(session, AddAgency(key="fire", name="Fire"), FOUNDER)
        conn.execute(HOLD)
        saved = pool.submit(patient.register.save, session, until_let_go)  # the head moves, and is not committed yet
        until(lambda: counted(conn, WAITING, f"goldenthread, process {os.getpid()}") == 1, saved)
        with merging(database, GOLDENTHREAD_TURN_TIMEOUT="4000", GOLDENTHREAD_LOCK_TIMEOUT="120000") as process:
            name = f"goldenthread, process {process.pid}"
            until(lambda: counted(conn, WAITING, name) == 1, saved)  # decided on what is about to be old
            locked = pool.submit(locker.execute, "LOCK TABLE gt_knowsley.idempotency IN ACCESS EXCLUSIVE MODE")
            conn.execute(LET_GO)
            saved.result(30)
            locked.result(30)
            until(lambda: counted(conn, HAS_TURN, name) == 1 and counted(conn, WAITING, name) == 1)
            process.send_signal(signal.SIGSTOP)
            locker.rollback()
            it_is_busy(world, caplog, name)
            until(lambda: counted(conn, HAS_TURN, name) == 0)  # ended by the database
            world.register.handle(AddAgency(key="probation", name="Probation"), FOUNDER)
            process.send_signal(signal.SIGCONT)
            told = process.communicate(timeout=120)
        assert (process.returncode, *told) == (1, "", f"{LOST}\n")
        police = next(each for each in world.register.agencies().all if each.key == "police")
        assert police.successor is None


def it_is_busy(world: World, caplog: pytest.LogCaptureFixture, holder: str) -> None:
    """A command is refused as one to be sent again, and the log names who is in the way."""
    answer = world.answer(
        "unit", MUTATION, input={"idempotencyKey": str(uuid4()), "title": "Child", "agencies": ["police"]}
    )
    assert answer["data"]["reviewRefer"]["userErrors"] == [{"code": "VERSION_CONFLICT", "message": BUSY}]
    assert holder in caplog.text


def one() -> list[Recorded]:
    return [Recorded(Kind.ACTION, uuid4(), 1, a_raised_action())]


def test_who_goes_on_working_keeps_the_turn_and_saves_in_it(ground: Ground) -> None:
    with Database(ground.conninfo, max_size=4, patience=Patience(lock_ms=50, turn_ms=1_000)) as pool:
        ledger = Ledger(pool, ground.ledger.schema)
        with ledger.alone() as turn:
            time.sleep(1.5)  # longer than it may stand still
            with pytest.raises(VersionConflict, match=BUSY):
                ledger.append(one(), Append())
            kept = ledger.append(one(), Append(turn=turn))
        assert ledger.stream(kept[0].originator_id) == kept
        ledger.append(one(), Append())


class StandsStill(dict[str, Any]):
    """The values of a statement that takes its process long to send."""

    def __getitem__(self, name: str) -> Any:
        time.sleep(0.5)
        return super().__getitem__(name)


def test_an_import_that_stands_still_with_the_head_in_its_hands_is_ended_and_recorded_nothing(ground: Ground) -> None:
    with Database(ground.conninfo, max_size=4, patience=Patience(turn_ms=100)) as pool:
        ledger, facts = Ledger(pool, ground.ledger.schema), one()
        before = ledger.opening().position
        with pytest.raises(VersionConflict, match=r"Nothing of it was recorded"):
            ledger.append(facts, Append(also=[selecting(StandsStill(value="late"))]))
        assert ledger.opening().position == before
        ledger.append(facts, Append(also=[selecting({"value": "in time"})]))


def test_a_frozen_holder_of_the_head_keeps_nobody_waiting_without_limit(
    database: str, template: Template, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        opened(database, template, Patience(lock_ms=50)) as world,
        psycopg.connect(database, application_name="somebody") as holder,
    ):
        world.register.ledger.set_clock(None)
        holder.execute("SELECT position FROM gt_knowsley.head FOR UPDATE")
        it_is_busy(world, caplog, f"somebody (session {holder.info.backend_pid} of the database)")
        asked = f'{{ register(knownAt: "{datetime.now(UTC).isoformat()}") {{ position }} }}'
        assert world.answer("unit", asked)["errors"][0]["message"] == BUSY
        with world.installation.database.connection("gt_knowsley") as conn:
            assert conn.execute("SHOW idle_in_transaction_session_timeout").fetchone() == ("30s",)
        holder.rollback()
        world.register.handle(AddAgency(key="fire", name="Fire"), FOUNDER)


def test_who_takes_a_number_does_not_queue_without_limit(world: World) -> None:
    register = Register(world.register.ledger, histories, shipped_frameworks(), patience=0.05)
    with register._numbering, pytest.raises(VersionConflict, match=BUSY):
        register.handle(CommissionReview(kind="serious-case-review", title="Child"), FOUNDER)


def test_an_address_that_swallows_packets_is_one_sentence_within_seconds() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes connections and never says a word
        address = f"postgresql://u@127.0.0.1:{silent.getsockname()[1]}/register?connect_timeout=2"
        result = CliRunner().invoke(app, ["partnership", "list", "--database-url", address])
    assert result.exit_code == 1
    assert result.stderr.startswith("The database cannot be reached: ")
    assert result.stderr.count("\n") == 1


def test_an_address_has_the_limits_of_the_network_where_it_says_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PGCONNECT_TIMEOUT", raising=False)
    limited = conninfo_to_dict(with_network_limits("postgresql://u@h/d?keepalives_idle=60"))
    assert (limited["connect_timeout"], limited["keepalives_idle"], limited["tcp_user_timeout"]) == ("5", "60", "20000")
    monkeypatch.setenv("PGCONNECT_TIMEOUT", "30")
    assert "connect_timeout" not in conninfo_to_dict(with_network_limits("postgresql://u@h/d"))
