"""What a process keeps of the streams of all its partnerships together, bounded by the memory that it takes."""

import sys
from collections import OrderedDict
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from domain.shared.facts import Recorded

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
