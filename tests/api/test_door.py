"""Tokens that are not looked at for a moment; the clock is the test's."""

from dataclasses import dataclass

import pytest

from api.http.door import KEPT, PATIENCE, SHUT_FOR, Door, Reason


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def head(token: str, more: str = "Host: r") -> bytes:
    return f"POST /graphql HTTP/1.1\r\n{more}\r\nAuthorization: Bearer {token}\r\nAccept: */*\r\n\r\nbody".encode()


def test_whoever_is_shut_out_is_let_in_after_a_while_and_nobody_else_is_met() -> None:
    clock = Clock()
    door = Door(clock)
    assert door.refusal(head("a.b.c")) is None
    door.shut("a.b.c")
    assert door.refusal(head("a.b.c")) is Reason.BUSY
    assert door.refusal(head("a.b.d")) is None
    clock.now += SHUT_FOR + 0.1
    assert door.refusal(head("a.b.c")) is None


def test_a_token_that_is_none_is_refused_properly_several_times_first() -> None:
    clock = Clock()
    door = Door(clock)
    for _ in range(PATIENCE):
        door.note_unknown("none")
        assert door.refusal(head("none")) is None
    door.note_unknown("none")
    assert door.refusal(head("none")) is Reason.UNKNOWN
    clock.now += SHUT_FOR + 0.1
    door.note_unknown("none")
    assert door.refusal(head("none")) is None


@pytest.mark.parametrize(
    "sent",
    [
        b"POST / HTTP/1.1\r\nAuthorization: Bearer a\r\n",  # a head that is not whole
        b"POST / HTTP/1.1\r\nHost: r\r\n\r\n\r\nAuthorization: Bearer a\r\n\r\n",  # a body
        b"POST / HTTP/1.1\r\nX: Authorization: Bearer a\r\n\r\n",
        b"POST / HTTP/1.1\r\nAuthorization: Basic a\r\n\r\n",
        b"POST / HTTP/1.1\r\nAuthorization: Bearer a b\r\n\r\n",
    ],
)
def test_what_is_no_whole_head_with_that_token_is_looked_at(sent: bytes) -> None:
    door = Door()
    door.shut("a")
    assert door.refusal(sent) is None


@pytest.mark.parametrize("line", [b"authorization:bearer a", b"AUTHORIZATION:  BEARER   a  "])
def test_the_header_is_found_however_it_is_written(line: bytes) -> None:
    door = Door()
    door.shut("a")
    assert door.refusal(b"GET / HTTP/1.1\r\n" + line + b"\r\n\r\n") is Reason.BUSY


def test_it_remembers_so_many_and_no_token_that_is_too_long() -> None:
    door = Door()
    door.shut("x" * 5_000)
    for n in range(KEPT + 1):
        door.shut(str(n))
    assert door.refusal(head("x" * 5_000)) is None
    assert door.refusal(head("0")) is None
    assert door.refusal(head(str(KEPT))) is Reason.BUSY
