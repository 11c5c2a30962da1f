"""The cache of streams is true as of its position, however threads fall between one another's steps."""

from collections.abc import Callable
from threading import Lock
from typing import Any
from uuid import UUID, uuid4

from domain.lifecycle.events import ProgressReported
from domain.ports import Append
from domain.shared.facts import Recorded
from domain.shared.vocabulary import Kind
from domain.streams import StreamMemory, Streams, stream_of, weight_of
from storage.ledger import Ledger
from support.fact_recorder import Ground
from support.random_histories import BY, START, a_raised_action


class Between:
    """A lock that lets something else happen right after it was given back for the first time."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.then: list[Callable[[], object]] = []

    def __enter__(self) -> None:
        self.lock.acquire()

    def __exit__(self, *_: object) -> None:
        self.lock.release()
        if self.then:
            self.then.pop()()


def append(ledger: Ledger, thing: UUID, version: int) -> tuple[list[Recorded], tuple[int, ...]]:
    fact = a_raised_action() if version == 1 else ProgressReported(happened_on=START, by=BY, narrative="More")
    given = Append()
    return ledger.append([Recorded(Kind.ACTION, thing, version, fact)], given), given.positions


def catch_up(streams: Streams, ground: Ground) -> None:
    opening = ground.ledger.opening()
    streams.catch_up(opening.position, opening.epoch)


def begun(ground: Ground) -> tuple[Streams, Any, list[UUID]]:
    streams, things = Streams(ground.ledger), [uuid4(), uuid4()]
    for thing in things:
        append(ground.ledger, thing, 1)
    catch_up(streams, ground)
    for thing in things:
        streams.get(thing)
    between = Between()
    streams._lock = between  # type: ignore[assignment]
    return streams, between, things


def test_what_was_appended_is_seen_whoever_appends_next(ground: Ground) -> None:
    streams, between, (ours, theirs) = begun(ground)
    now, positions = append(ground.ledger, ours, 2)
    others, later = append(ground.ledger, theirs, 2)
    before = {thing: ground.ledger.stream(thing) for thing in (ours, theirs)}
    between.then = [lambda: streams.appended({theirs: stream_of(before[theirs])}, later)]
    streams.appended({ours: stream_of(before[ours])}, positions)
    catch_up(streams, ground)
    assert (streams.get(ours).version, streams.get(theirs).version) == (2, 2)
    assert (now[0].originator_version, others[0].originator_version) == (2, 2)


def test_two_partnerships_stay_within_one_bound_and_read_anew_what_was_forgotten(ground: Ground) -> None:
    memory = StreamMemory(60_000)
    both = [Streams(ground.ledger, memory), Streams(ground.ledger, memory)]
    things = [uuid4() for _ in range(30)]
    for thing in things:
        append(ground.ledger, thing, 1)
    for streams in both:
        catch_up(streams, ground)
        assert [streams.get(thing).version for thing in things] == [1] * len(things)
        assert 0 < memory.bytes <= memory.limit
    assert both[0]._kept == {}  # the other has read as much since
    assert 0 < len(both[1]._kept) < len(things)
    assert all(stream.version == 1 for stream in map(both[0].get, things))
    recorded, positions = append(ground.ledger, things[-1], 2)
    grown = stream_of((*both[0].get(things[-1]).facts, *recorded))
    both[0].appended({things[-1]: grown}, positions)
    assert memory.weight(both[0]._owner, things[-1]) == weight_of(grown.facts)
    both[0].forget(things)
    both[1].forget(things)
    assert memory.bytes == 0
