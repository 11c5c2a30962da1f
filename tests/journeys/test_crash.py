"""What was acknowledged is there after any crash, once; a database that goes away comes back without a restart."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Thread

import httpx
import psycopg
import pytest

from storage.embedded import embedded_server
from storage.embedded.postmaster import postmaster
from storage.embedded.sharing import alone
from storage.embedded.temporary import temporary_data
from support.crash_rounds import KINDS, Crashes
from support.served_process import CLIENT, EVIDENCE, post

ROUNDS = int(os.environ.get("CRASH_ROUNDS", "500"))
SEED = int(os.environ.get("CRASH_SEED", "30062026"))
REPORT = os.environ.get("CRASH_REPORT", "")
"""A file for the figures: how long it took until the register was ready after each kind of kill."""


@pytest.fixture(scope="module")
def crashes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crashes]:
    """PostgreSQL has a user besides every process that is killed here, as beside a command of an operator."""
    with temporary_data() as data, embedded_server(data) as conninfo:
        crashes = Crashes(data, conninfo, SEED, tmp_path_factory.mktemp("crashes") / "serve.log")
        crashes.start()
        try:
            crashes.found_partnership()
            yield crashes
        finally:
            crashes.end()


def test_a_kill_of_each_kind_under_load_loses_nothing_and_doubles_nothing(crashes: Crashes) -> None:
    for kind in KINDS:
        crashes.round(kind)


@pytest.mark.long
def test_hundreds_of_kills_under_load_lose_nothing_and_double_nothing(
    crashes: Crashes, capsys: pytest.CaptureFixture[str]
) -> None:
    while crashes.rounds < ROUNDS:
        for kind in crashes.chance.sample(KINDS, len(KINDS))[: ROUNDS - crashes.rounds]:
            crashes.round(kind)
        if REPORT:
            crashes.report(Path(REPORT))
    assert crashes.left_over() == []
    with capsys.disabled():
        sys.stdout.write(f"\n{crashes.rounds} kills, ready after: {crashes.figures()}\n")


@contextmanager
def appends_held(crashes: Crashes) -> Iterator[None]:
    with closing(psycopg.connect(crashes.conninfo)) as holder:
        holder.execute(f"SELECT position FROM {crashes.partnership.schema}.head FOR UPDATE".encode())
        yield


def test_a_database_that_goes_away_mid_request_is_a_503_and_comes_back_without_a_restart(crashes: Crashes) -> None:
    now, answers, before = crashes.partnership, list[httpx.Response](), crashes.ledger()
    sent = now.a_command(crashes.chance, "actionSubmitEvidence")

    def send() -> None:
        answers.append(post(crashes.url, now.police, EVIDENCE, input=sent.given))

    with alone(crashes.data / "postgres"):  # nobody can start it again meanwhile
        with appends_held(crashes):
            held = Thread(target=send)
            held.start()
            time.sleep(0.3)
            running = postmaster(crashes.data / "postgres")
            assert running is not None
            os.kill(running.pid, signal.SIGINT)  # a fast stop, as by an operator
            held.join()
        send()
        for answer in answers:
            it_says_to_try_again(answer)
        assert CLIENT.get(f"{crashes.url}/health/ready").status_code == httpx.codes.SERVICE_UNAVAILABLE
        assert CLIENT.get(f"{crashes.url}/health/live").status_code == httpx.codes.OK
    crashes.until(crashes.answers, "it did not come back")
    once = tuple(each + 1 for each in before)
    assert crashes.ledger() in (before, once)  # what was not acknowledged may have been recorded, as a whole
    now.sent[sent.given["idempotencyKey"]] = sent
    crashes.everything_holds()
    assert crashes.ledger() == once


def it_says_to_try_again(answer: httpx.Response) -> None:
    assert answer.status_code == httpx.codes.SERVICE_UNAVAILABLE
    error = answer.json()["errors"][0]
    assert error["extensions"]["code"] == "SERVICE_UNAVAILABLE"
    assert "idempotencyKey" in error["message"]
    assert int(answer.headers["Retry-After"]) > 0
