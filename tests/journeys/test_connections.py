"""Connections of a running `serve`: so many, each for so long, and an end within bounds."""

import signal
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import httpx
import pytest

from api.http.door import PATIENCE
from support.partnership_world import Template, World
from support.served_process import Running, Served, as_url, post, served, until

READ, SOON = 1.5, 20.0
"""Seconds that a request has to arrive; and far more than any time set here, far less than for ever."""
BODY = b'{"query": "{ viewer { subject } }"}'


@pytest.fixture
def serving(world: World) -> Iterator[Served]:
    times = {"read_timeout": int(READ * 1000), "idle_timeout": 500, "stop_timeout": 1_000}
    with served(world.installation, **times) as running:
        yield running


@contextmanager
def connected(running: Served | Running, sent: bytes = b"") -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", running.port), timeout=SOON) as connection:
        connection.sendall(sent)
        yield connection


def all_of(connection: socket.socket) -> bytes:
    """Everything until the other side ends the connection; where it never does, a timeout."""
    held = b""
    try:
        while piece := connection.recv(65536):
            held += piece
    except ConnectionResetError:
        pass
    return held


def head(token: str, length: int, *more: str) -> bytes:
    lines = ("POST /graphql HTTP/1.1", "Host: register", f"Authorization: Bearer {token}")
    named = ("Content-Type: application/json", f"Content-Length: {length}")
    return "\r\n".join((*lines, *named, *more, "", "")).encode()


@contextmanager
def half_a_body(running: Served | Running, token: str) -> Iterator[bytes]:
    """The first line of the answer to a head whose body never comes; the connection stays until it is let go."""
    with connected(running, head(token, 1000, "Expect: 100-continue")) as connection:
        yield connection.recv(65536)


def test_whoever_takes_too_long_to_send_a_request_is_told_so_and_left(serving: Served, world: World) -> None:
    begun = (b"", b"POST /graphql HTTP/1.1\r\nHost: re", b"GET /health/live HTTP/1.1\r\n")
    whose = head(world.tokens["unit"], 1000)
    with ExitStack() as held:
        waiting = [held.enter_context(connected(serving, sent)) for sent in (*begun, whose + b"{")]
        dripping = held.enter_context(connected(serving, whose))
        answers = [dripped(dripping), *map(all_of, waiting)]
    assert [answer[:28] for answer in answers] == [b"HTTP/1.1 408 Request Timeout"] * 5
    assert serving.load.connections_slow == 5
    until(lambda: serving.load.waiting == 0)


def dripped(connection: socket.socket) -> bytes:
    """The answer to a body that comes byte by byte."""
    connection.settimeout(READ / 8)
    end = time.monotonic() + SOON
    while time.monotonic() < end:
        try:
            connection.sendall(b" ")
            return connection.recv(65536)
        except TimeoutError:
            continue
    return b""


def test_a_connection_without_requests_is_closed(serving: Served) -> None:
    with connected(serving, b"GET /health/live HTTP/1.1\r\nHost: r\r\n\r\n") as connection:
        answer = all_of(connection)
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answer.count(b"HTTP/1.1") == 1


def test_the_token_is_checked_before_the_body_is_read(serving: Served, world: World) -> None:
    with connected(serving, head("made.up.token", 1_000_000) + b"{") as connection:
        assert connection.recv(65536).startswith(b"HTTP/1.1 401 ")
        all_of(connection)  # it is ended, though the body never came
    with connected(serving, head(world.tokens["unit"], len(BODY))) as connection:
        connection.sendall(BODY)
        assert connection.recv(65536).startswith(b"HTTP/1.1 200 ")


def test_a_kept_connection_serves_on_after_a_refused_token(serving: Served, world: World) -> None:
    with connected(serving, head("made.up.token", len(BODY)) + BODY) as connection:
        assert connection.recv(65536).startswith(b"HTTP/1.1 401 ")
        connection.sendall(head(world.tokens["unit"], len(BODY), "Connection: close") + BODY)
        assert b'"subject":"unit"' in all_of(connection)


def test_one_that_waits_makes_room_for_a_new_one(world: World) -> None:
    with served(world.installation, connections=8) as serving, ExitStack() as held:
        for _ in range(16):
            held.enter_context(connected(serving, b"P"))
        for _ in range(3):
            assert post(serving.url, world.tokens["unit"], "{ viewer { subject } }").status_code == 200
        assert serving.load.connections_displaced >= 8


def test_where_all_connections_are_in_use_one_more_is_told_when_to_come_back(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with served(world.installation, connections=8) as serving:
        with ExitStack() as held:
            for _ in range(8):
                answer = held.enter_context(half_a_body(serving, world.tokens["unit"]))
                assert answer.startswith(b"HTTP/1.1 100 ")  # its head has been read, and its body is awaited
            with connected(serving) as one_more:
                answer = all_of(one_more)
        assert answer.startswith(b"HTTP/1.1 503 Service Unavailable\r\n")
        assert b"\r\nRetry-After: 5\r\n" in answer
        assert "a connection was refused, as all 8 are in use" in caplog.text
        assert post(serving.url, world.tokens["unit"], "{ viewer { subject } }").status_code == 200


def test_more_idle_sockets_than_files_may_be_open_keep_nobody_out_and_sigterm_ends_it(
    database: str, template: Template
) -> None:
    """As a process of its own, as only that has a limit of its own on open files, and signals."""
    with (
        tempfile.TemporaryFile() as log,
        Running(None, database=as_url(database), files=256, log=log, GOLDENTHREAD_STOP_TIMEOUT="1000") as running,
        ExitStack() as held,
    ):
        for _ in range(400):
            held.enter_context(connected(running))
        assert post(running.url, template.tokens["unit"], "{ viewer { subject } }").status_code == 200
        assert httpx.get(f"{running.url}/health/ready", trust_env=False).status_code == 200
        answer = held.enter_context(half_a_body(running, template.tokens["unit"]))
        assert answer.startswith(b"HTTP/1.1 100 ")
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(SOON) == 0
        log.seek(0)
        lines = log.read().splitlines()
        assert len(lines) < 20
        assert sum(b"fsync and full_page_writes off" in line for line in lines) == 1  # as the tests' own server has it


def test_a_token_that_is_none_and_comes_again_and_again_is_held_before_it_is_refused(world: World) -> None:
    with served(world.installation, connections=8) as serving:
        for _ in range(PATIENCE + 1):
            assert post(serving.url, "made.up.token", "{ viewer { subject } }").status_code == 401
        with connected(serving, head("made.up.token", len(BODY)) + BODY) as connection:
            until(lambda: serving.load.held == 1)
            answer = all_of(connection)
        assert answer.startswith(b"HTTP/1.1 401 Unauthorized\r\n")
        assert b'"code":"UNAUTHENTICATED"' in answer
        assert post(serving.url, world.tokens["unit"], "{ viewer { subject } }").status_code == 200
        assert serving.load.connections_slow == 0


@pytest.mark.parametrize("before", [b"", b"GET /health/live HTTP/1.1\r\nHost: r\r\n\r\n"])
def test_who_is_not_looked_at_is_known_in_pieces_and_behind_another_request(serving: Served, before: bytes) -> None:
    serving.app.state.door.shut("made.up.token")
    whole = before + head("made.up.token", len(BODY)) + BODY
    with connected(serving, whole[:-120]) as connection:
        time.sleep(0.05)
        connection.sendall(whole[-120:])
        answers = all_of(connection)
    assert b"HTTP/1.1 429 Too Many Requests\r\n" in answers
    assert serving.load.held == 1


def test_a_crowd_without_tokens_is_held_and_whoever_has_one_is_not(serving: Served, world: World) -> None:
    sent = b"POST /graphql HTTP/1.1\r\nHost: r\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    answer = b""
    for _ in range(20):  # a crowd is one for moments only
        while serving.app.state.door.refusal(b"/graphql", None) is None:
            continue
        with connected(serving, sent) as connection:
            answer = all_of(connection)
        if serving.load.held:
            break
    assert answer.startswith(b"HTTP/1.1 429 Too Many Requests\r\n")
    assert post(serving.url, world.tokens["unit"], "{ viewer { subject } }").status_code == 200
    assert httpx.get(f"{serving.url}/health/live", trust_env=False).status_code == 200


def test_those_who_are_held_make_room_for_others(world: World) -> None:
    with served(world.installation, connections=8) as serving, ExitStack() as held:
        serving.app.state.door.shut(world.tokens["police"])
        for _ in range(16):
            held.enter_context(connected(serving, head(world.tokens["police"], len(BODY)) + BODY))
        until(lambda: serving.load.held >= 8)
        assert post(serving.url, world.tokens["unit"], "{ viewer { subject } }").status_code == 200
        assert serving.load.connections_displaced >= 8


CHUNKS = b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)


def chunked(token: str, *more: str) -> bytes:
    """A head that tells no length."""
    told = head(token, len(BODY), "Transfer-Encoding: chunked", *more)
    return told.replace(b"Content-Length: %d\r\n" % len(BODY), b"")


def test_a_request_that_could_be_read_in_two_ways_is_refused_and_its_connection_ends(
    serving: Served, world: World
) -> None:
    token = world.tokens["unit"]
    plain = head(token, len(BODY))
    ambiguous = [
        head(token, len(BODY), "Transfer-Encoding: chunked") + CHUNKS,
        chunked(token, "Transfer-Encoding: chunked") + CHUNKS,
        chunked(token).replace(b"HTTP/1.1", b"HTTP/1.0") + CHUNKS,
        head(token, len(BODY), "Content-Length: 5") + BODY,
        head(token, len(BODY), f"Authorization: Bearer {world.tokens['police']}") + BODY,
        head(token, len(BODY), "Content-Type: text/plain") + BODY,
        head(token, len(BODY), "X: a\n\nGET / HTTP/1.1\r\nY: b") + BODY,
        head(token, len(BODY), "X: a\r\n b") + BODY,
        plain.replace(b"\r\n", b"\n") + BODY,
        plain + BODY + plain.replace(b"\r\n", b"\n") + BODY,
    ]
    for sent in ambiguous:
        with connected(serving, sent) as connection:
            answers = all_of(connection)
        assert [each[:3] for each in answers.split(b"HTTP/1.1 ")[1:]][-1] == b"400", sent
        assert b'"code":"INVALID"' in answers
    with connected(serving, chunked(token, "Connection: close") + CHUNKS) as connection:
        assert all_of(connection).startswith(b"HTTP/1.1 200 ")


def test_what_anybody_can_send_fills_no_log(serving: Served, caplog: pytest.LogCaptureFixture) -> None:
    upgrade = b"GET /health/live HTTP/1.1\r\nHost: r\r\nConnection: upgrade, close\r\nUpgrade: websocket\r\n\r\n"
    for _ in range(3):
        for sent in (b"GARBAGE\r\n\r\n", upgrade):
            with connected(serving, sent) as connection:
                all_of(connection)
        with connected(serving, chunked("made.up.token")) as connection:
            assert connection.recv(65536).startswith(b"HTTP/1.1 401 ")
            connection.sendall(b"no chunk\r\n")
            assert b"HTTP/1.1" not in all_of(connection)
    told = [record for record in caplog.records if record.levelname in {"WARNING", "ERROR"}]
    assert [record.name for record in told] == ["goldenthread.load"]


def test_a_path_that_is_none_leads_nowhere(serving: Served) -> None:
    """Nor to where a caller's `Host` says, without TLS, with body and token."""
    with connected(serving, b"POST /graphql/ HTTP/1.1\r\nHost: evil\r\nConnection: close\r\n\r\n") as connection:
        assert all_of(connection).startswith(b"HTTP/1.1 404 ")
