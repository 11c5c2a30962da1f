"""Streams are weighed by what they take in memory; of all who keep some the one used longest ago is forgotten first."""

import gc
import tracemalloc
from uuid import UUID

import pytest

from domain.event_names import decode, encode, name_of
from domain.lifecycle.events import ProgressReported
from domain.shared.facts import Recorded
from domain.shared.vocabulary import Kind
from domain.streams import Stream, StreamMemory, stream_of, weight_of
from support.fixed_histories import life
from support.random_histories import BY, START

MANY = 40
STORED = tuple[Recorded, str, bytes]


def stored(facts: list[Recorded]) -> list[STORED]:
    return [(each, name_of(each.kind, each.fact), encode(each.fact)) for each in facts]


def read(rows: list[STORED], id: UUID) -> Stream:
    """As it is read from the log: nothing is shared with another stream."""
    return stream_of(
        Recorded(at.kind, id, at.originator_version, decode(name, body)[1], at.recorded_at, at.position)
        for at, name, body in rows
    )


def taken(lives: list[list[STORED]]) -> tuple[int, int]:
    """What the streams weigh, and what they take in memory."""
    read(lives[0], UUID(int=0))  # what is made once, for all
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    kept = {UUID(int=nth): read(rows, UUID(int=nth)) for nth, rows in enumerate(lives)}
    gc.collect()
    used = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return sum(weight_of(stream.facts) for stream in kept.values()), used


@pytest.mark.parametrize("kind", list(Kind))
def test_a_stream_weighs_about_what_it_takes(kind: Kind) -> None:
    weighed, used = taken([stored(life(kind, nth)) for nth in range(MANY)])
    assert 0.5 < weighed / used < 2


def test_a_long_text_weighs_what_it_is_long() -> None:
    first = life(Kind.ACTION, 0)[0]
    report = ProgressReported(happened_on=START, by=BY, narrative="n" * 9_000)
    weighed, used = taken([stored([first, Recorded(Kind.ACTION, first.originator_id, 2, report)])] * MANY)
    assert 0.5 < weighed / used < 2
    assert weighed > MANY * 9_000


def test_whoever_keeps_what_was_used_longest_ago_forgets_it() -> None:
    memory, ours, theirs = StreamMemory(100), dict[UUID, str](), dict[UUID, str]()
    one, two, three = (UUID(int=nth) for nth in range(3))
    ours |= {one: "one", two: "two"}
    theirs[three] = "three"
    memory.keep(1, one, 40, ours.pop)
    memory.keep(2, three, 40, theirs.pop)
    memory.used(1, one)
    memory.keep(1, two, 40, ours.pop)
    assert (ours, theirs, memory.bytes) == ({one: "one", two: "two"}, {}, 80)
    memory.keep(1, one, 50, ours.pop)  # it has grown
    memory.drop(1, two)
    memory.drop(1, two)
    assert memory.bytes == memory.weight(1, one) == 50
    memory.keep(1, two, 101, ours.pop)  # larger than all there is
    assert (ours, memory.bytes) == ({}, 0)
