"""`goldenthread serve` and its embedded server: started again by one process when it ends, left running by none."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from typer.testing import CliRunner

from api.app.installation import Installation
from api.app.settings import load_settings
from cli import serving
from cli.ending import CommandFailed
from cli.main import app
from domain.shared.vocabulary import Role
from storage.embedded import embedded_server
from storage.embedded.postmaster import postmaster, processes_of
from storage.embedded.sharing import alone
from storage.embedded.temporary import temporary_data
from support.served_process import CLIENT, SERVE, Running, free_port, post

OWNING = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
ASKED = "{ register { position } }"
REFER = """mutation ($input: ReviewReferInput!) {
  reviewRefer(input: $input) { review { reference } eventIds userErrors { code } } }"""


@pytest.fixture(scope="module")
def place() -> Iterator[tuple[Path, str]]:
    """A data folder with a partnership, and the business unit's token."""
    with temporary_data() as folder:
        data = folder / "data"
        with embedded_server(data) as conninfo, Installation.open(conninfo, pool_size=2) as installation:
            installation.create_partnership("knowsley", "Knowsley", "knowsley-2015")
            token = installation.issue_token("knowsley", Role.BUSINESS_UNIT, "Unit")
        yield data, token


def status(url: str, token: str) -> int:
    return post(url, token, ASKED).status_code


def answers_again(url: str, token: str) -> None:
    deadline = time.monotonic() + 60
    while status(url, token) != httpx.codes.OK:
        assert time.monotonic() < deadline, "it did not come back"
        time.sleep(0.1)


def killed(data: Path) -> int:
    running = postmaster(data / "postgres")
    assert running is not None
    os.kill(running.pid, signal.SIGKILL)
    return running.pid


def test_of_two_that_serve_one_folder_one_starts_its_server_again_and_the_last_one_stops_it(
    place: tuple[Path, str], tmp_path: Path
) -> None:
    data, token = place
    logs = [tmp_path / "first.log", tmp_path / "second.log"]
    with logs[0].open("wb") as one, logs[1].open("wb") as two:
        with Running(data, log=one) as first, Running(data, log=two) as second:
            with alone(data / "postgres"):  # nobody can start it meanwhile
                gone = killed(data)
                assert {status(each.url, token) for each in (first, second)} == {httpx.codes.SERVICE_UNAVAILABLE}
            for each in (first, second):
                answers_again(each.url, token)
            assert CliRunner().invoke(app, ["partnership", "list", "--data", str(data)]).exit_code == 0
            what_is_sent_to_both_at_once_is_recorded_once([first.url, second.url], token)
            running = postmaster(data / "postgres")
            assert running is not None
            assert running.pid != gone
            second.process.terminate()
            second.process.wait(60)
            assert status(first.url, token) == httpx.codes.OK
        assert processes_of(data / "postgres") == []
    told = "".join(log.read_text(encoding="utf-8") for log in logs)
    assert told.count("has ended by itself; starting it again") == 1
    assert told.count(f"runs again as process {running.pid}") == 1


def what_is_sent_to_both_at_once_is_recorded_once(urls: list[str], token: str) -> None:
    """And both go on from each other's numbers."""
    given = [{"title": "A child", "agencies": [], "idempotencyKey": str(uuid4())} for _ in range(6)]
    with ThreadPoolExecutor(2) as pool:
        told = [pool.map(lambda url, sent=sent: post(url, token, REFER, input=sent), urls) for sent in given]
    payloads = [[answer.json()["data"]["reviewRefer"] for answer in both] for both in told]
    assert [len({json.dumps(each) for each in both}) for both in payloads] == [1] * 6
    assert sorted(both[0]["review"]["reference"] for both in payloads) == [f"R000{nth}" for nth in range(1, 7)]


def in_a_terminal(data: Path, port: int) -> tuple["subprocess.Popen[bytes]", int]:
    """`serve` in a session of its own with a terminal of its own, and that terminal's other end."""
    ours, theirs = pty.openpty()
    words = [sys.executable, "-c", OWNING + SERVE, "serve", "--data", str(data), "--port", str(port)]
    process = subprocess.Popen(
        words,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        start_new_session=True,
    )
    os.close(theirs)
    return process, ours


def test_a_terminal_that_is_closed_leaves_nothing_running(place: tuple[Path, str]) -> None:
    data, token = place
    port = free_port()
    process, terminal = in_a_terminal(data, port)
    deadline = time.monotonic() + 60
    while b"Serving on" not in os.read(terminal, 1000):
        assert time.monotonic() < deadline
    assert status(f"http://127.0.0.1:{port}", token) == httpx.codes.OK
    os.close(terminal)
    process.wait(60)
    assert processes_of(data / "postgres") == []
    with pytest.raises(httpx.TransportError):
        CLIENT.get(f"http://127.0.0.1:{port}/health/live")


def test_of_two_that_were_bound_to_one_port_at_once_the_second_is_told() -> None:
    settings = load_settings(port=free_port())
    told = f"Cannot listen on 127.0.0.1, port {settings.port}: Address already in use"
    with serving.bound(settings.host, settings.port) as first:
        with serving.bound(settings.host, settings.port) as second:
            serving._listen(first, settings)
            with pytest.raises(CommandFailed, match=told):
                serving._listen(second, settings)
        with pytest.raises(CommandFailed, match=told):
            serving.bound(settings.host, settings.port)
