"""The streams that decisions read, kept in memory as long as nobody else has added to them."""

import sys
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from threading import Lock
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from domain.correction.events import Corrected
from domain.ports import Ledger
from domain.replay import EVOLVE, replay
from domain.shared.attachments import Upload
from domain.shared.facts import Epoch, Recorded, effective_order
from domain.shared.vocabulary import Kind

DEFAULT_BYTES = 64 * 1024 * 1024
FACT_BYTES, PART_BYTES = 1_400, 250
"""What a fact takes beside its texts and parts, with its share of the state, and what each part takes, itself among
them; measured of every kind of thing."""

Forget = Callable[[UUID], object]


class StreamMemory:
    """Which streams are kept, by whom, and what they take: whatever was used longest ago goes first.

    Its methods are called with `lock` held, which all who keep streams in it share.
    """

    def __init__(self, limit: int = DEFAULT_BYTES) -> None:
        self.lock = Lock()
        self.limit = limit
        self.bytes = 0
        self._weights: OrderedDict[tuple[int, UUID], tuple[int, Forget]] = OrderedDict()

    def keep(self, owner: int, id: UUID, weight: int, forget: Forget) -> None:
        """`forget` is called with the id once there is no room for it any more, which may be at once."""
        self.drop(owner, id)
        self._weights[owner, id] = weight, forget
        self.bytes += weight
        while self.bytes > self.limit:
            (_, oldest), (freed, forgotten_by) = self._weights.popitem(last=False)
            self.bytes -= freed
            forgotten_by(oldest)

    def used(self, owner: int, id: UUID) -> None:
        """It goes last from here on."""
        self._weights.move_to_end((owner, id))

    def weight(self, owner: int, id: UUID) -> int:
        """Of what is kept."""
        return self._weights[owner, id][0]

    def drop(self, owner: int, id: UUID) -> None:
        """Nothing is kept of it any more, if anything was."""
        weight, _ = self._weights.pop((owner, id), (0, None))
        self.bytes -= weight


def weight_of(facts: Iterable[Recorded]) -> int:
    """What facts take in memory with their part of a state, in bytes; an estimate."""
    return sum(FACT_BYTES + _parts(recorded.fact) for recorded in facts)


def _parts(value: Any) -> int:
    match value:
        case str():
            return sys.getsizeof(value)
        case BaseModel():
            return PART_BYTES + sum(map(_parts, value.__dict__.values()))
        case tuple() | list() | frozenset():
            return sum(map(_parts, value))
        case dict():
            return sum(map(_parts, value.values()))
        case _:
            return 0


@dataclass(frozen=True, slots=True)
class Stream:
    """A thing's facts in order of version, with its state."""

    facts: tuple[Recorded, ...] = ()
    state: Any = None

    @property
    def version(self) -> int:
        return self.facts[-1].originator_version if self.facts else 0

    @property
    def kind(self) -> Kind | None:
        return self.facts[0].kind if self.facts else None

    def extended(self, recorded: Recorded) -> "Stream":
        """The stream with one fact more; folded anew only if the fact took effect before others."""
        facts = (*self.facts, recorded)
        if not self.facts or self._in_between(recorded):
            return stream_of(facts)
        return Stream(facts, EVOLVE[recorded.kind](self.state, recorded))

    def _in_between(self, recorded: Recorded) -> bool:
        """Whether it does not simply come last: corrections change what came before, and in which order."""
        if any(isinstance(each.fact, Corrected) for each in (*self.facts, recorded)):
            return True
        return effective_order(recorded) < max(map(effective_order, self.facts))


def stream_of(facts: Iterable[Recorded]) -> Stream:
    kept = tuple(facts)
    return Stream(kept, replay(kept[0].kind, kept)) if kept else Stream()


OWNERS = count()
BATCH = 1_000
"""Streams that are read in one statement where many are."""


class Streams:
    """A cache that is true as of one position of the log, in a memory with a bound that it may share with others."""

    def __init__(self, ledger: Ledger, memory: StreamMemory | None = None) -> None:
        self._ledger = ledger
        self._memory = memory or StreamMemory()
        self._owner = next(OWNERS)
        self._position = 0
        self._epoch: Epoch | None = None
        self._kept: dict[UUID, Stream] = {}
        self._lock = self._memory.lock

    def catch_up(self, position: int, epoch: Epoch) -> None:
        """Forget what others have added to, so that what is kept is true as of `position`.

        In another epoch it is all forgotten: a restore has set the log back.
        """
        with self._lock:
            if epoch != self._epoch:
                self._epoch, self._position = epoch, position
                self._forget(list(self._kept))
            since = self._position
            if not self._kept:
                self._position = max(since, position)
        if position <= self._position:
            return
        moved = self._ledger.moved_since(since)
        with self._lock:
            self._forget(moved)
            self._position = max(self._position, position)

    def naming(self, agency: str) -> tuple[tuple[Kind, UUID], ...]:
        return self._ledger.naming(agency)

    def last_number(self, kind: Kind) -> int:
        return self._ledger.last_number(kind)

    def carries(self, kind: Kind, reference: str) -> bool:
        return self._ledger.carries(kind, reference)

    def learned_in(self, learning: Iterable[UUID]) -> dict[UUID, UUID]:
        named = list(learning)
        return self._ledger.learned_in(named) if named else {}

    def challenges_to(self, agencies: Iterable[str]) -> tuple[UUID, ...]:
        return self._ledger.challenges_to(agencies)

    def uploads(self, ids: Sequence[UUID]) -> dict[UUID, Upload]:
        return self._ledger.uploads(ids)

    def returns_behind(self, id: UUID) -> tuple[UUID, ...]:
        return self._ledger.returns_behind(id)

    def reporting(self) -> tuple[tuple[Kind, UUID], ...]:
        return self._ledger.reporting()

    def get(self, id: UUID) -> Stream:
        """The stream; empty for one without facts."""
        with self._lock:
            position, found = self._position, self._kept.get(id)
            if found is not None:
                self._memory.used(self._owner, id)
        if found is not None:
            return found
        loaded = stream_of(self._ledger.stream(id))
        if loaded.facts:
            self._keep({id: loaded}, position)
        return loaded

    def several(self, ids: Iterable[UUID]) -> dict[UUID, Stream]:
        """Many streams, in batches: whatever is asked for, nothing more is kept in memory for later."""
        wanted = list(ids)
        with self._lock:
            found = {id: self._kept[id] for id in wanted if id in self._kept}
        missing = [id for id in wanted if id not in found]
        for first in range(0, len(missing), BATCH):
            loaded = self._ledger.streams(missing[first : first + BATCH])
            found |= {id: stream_of(facts) for id, facts in loaded.items()}
        return found

    def appended(self, streams: Mapping[UUID, Stream], positions: Sequence[int]) -> None:
        """Remember what this process has just appended, unless somebody appended in between."""
        with self._lock:
            if positions[0] != self._position + 1:
                self._forget(streams)
                return
            self._position = positions[-1]
            self._remember(streams)

    def forget(self, ids: Iterable[UUID]) -> None:
        with self._lock:
            self._forget(ids)

    def _keep(self, streams: Mapping[UUID, Stream], position: int) -> None:
        with self._lock:
            if position == self._position:
                self._remember(streams)

    def _forget(self, ids: Iterable[UUID]) -> None:
        for id in ids:
            if self._kept.pop(id, None) is not None:
                self._memory.drop(self._owner, id)

    def _remember(self, streams: Mapping[UUID, Stream]) -> None:
        for id, stream in streams.items():
            weight = self._weight(id, stream)
            self._kept[id] = stream
            self._memory.keep(self._owner, id, weight, self._kept.pop)

    def _weight(self, id: UUID, stream: Stream) -> int:
        """A stream that has grown is weighed by what has come to it."""
        known = self._kept[id].facts if id in self._kept else ()
        if not known or len(known) > len(stream.facts) or known[-1] is not stream.facts[len(known) - 1]:
            return weight_of(stream.facts)
        return self._memory.weight(self._owner, id) + weight_of(stream.facts[len(known) :])
