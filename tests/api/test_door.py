"""Requests that are not looked at for a moment; the clock is the test's."""

from dataclasses import dataclass

import pytest

from api.http.door import KEPT, NOBODIES, PATIENCE, SHUT_FOR, STRANGERS, STRANGERS_AT_ONCE, Door, Reason


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def refusal(door: Door, token: str) -> Reason | None:
    return door.refusal(b"/graphql", f"Bearer {token}".encode())


def crowd(door: Door) -> None:
    while door.refusal(b"/graphql", None) is None:
        continue


def test_whoever_is_shut_out_is_let_in_after_a_while_and_nobody_else_is_met() -> None:
    clock = Clock()
    door = Door(clock=clock)
    assert refusal(door, "a.b.c") is None
    door.shut("a.b.c")
    assert refusal(door, "a.b.c") is Reason.BUSY
    assert refusal(door, "a.b.d") is None
    clock.now += SHUT_FOR + 0.1
    assert refusal(door, "a.b.c") is None


def test_a_token_that_is_none_is_refused_properly_several_times_first() -> None:
    clock = Clock()
    door = Door(clock=clock)
    for _ in range(PATIENCE):
        door.note_unknown("none")
        assert refusal(door, "none") is None
    door.note_unknown("none")
    assert refusal(door, "none") is Reason.UNKNOWN
    clock.now += SHUT_FOR + 0.1
    door.note_unknown("none")
    assert refusal(door, "none") is None


@pytest.mark.parametrize("sent", [b"Basic a", b"Bearer a b", b"Bearer", None])
def test_what_is_not_that_token_is_looked_at(sent: bytes | None) -> None:
    door = Door()
    door.shut("a")
    assert door.refusal(b"/graphql", sent) is None


@pytest.mark.parametrize("sent", [b"bearer a", b" BEARER   a "])
def test_the_token_is_found_as_the_endpoint_finds_it(sent: bytes) -> None:
    door = Door()
    door.shut("a")
    assert door.refusal(b"/graphql", sent) is Reason.BUSY


def test_of_very_many_who_are_nobody_few_are_looked_at_and_whoever_is_somebody_is_met_never() -> None:
    clock = Clock()
    door = Door(lambda token: token == "signed", clock)
    door.visitor = lambda cookies: cookies == b"ours"
    crowd(door)
    for n in range(int(STRANGERS_AT_ONCE)):
        door.note_unknown(f"none {n}")
    assert door.refusal(b"/nothing", None) is Reason.CROWD
    assert refusal(door, "made up") is Reason.UNKNOWN
    assert refusal(door, "signed") is None
    assert door.refusal(b"/health/ready", None) is None
    assert door.refusal(b"/metrics", b"Bearer of its own") is None
    assert door.refusal(b"/overdue", None, b"ours") is None
    assert door.refusal(b"/overdue", None, b"made up") is Reason.CROWD
    assert door.refusal(b"/graphql", None, b"ours") is Reason.CROWD
    clock.now += 10 / NOBODIES
    assert [door.refusal(b"/graphql", None) for _ in range(12)].count(None) in {10, 11}


def test_tokens_that_are_none_and_all_different_are_a_crowd_as_well() -> None:
    clock = Clock()
    door = Door(clock=clock)
    for n in range(int(STRANGERS_AT_ONCE)):
        assert refusal(door, f"none {n}") is None
        door.note_unknown(f"none {n}")
    assert refusal(door, "one more") is Reason.UNKNOWN
    clock.now += 1 / STRANGERS
    assert refusal(door, "one more") is None


def test_few_tokens_are_remembered() -> None:
    clock = Clock()
    door = Door(clock=clock)
    for n in range(2 * KEPT):
        door.shut(str(n))
    assert refusal(door, "0") is None
    assert refusal(door, str(2 * KEPT - 1)) is Reason.BUSY
