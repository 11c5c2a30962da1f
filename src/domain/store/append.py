"""One append: what is saved beside the facts, and how the database's refusals are told apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.store.turn import Turn
from domain.words import Kind

Histories = Mapping[str, Any]
"""What a save changes in the read models: by table the rows `ended` and `added`, as JSON."""

Write = tuple[str, Mapping[str, Any]]
"""A statement with its parameters, run inside the append's transaction."""


class Moved(Exception):
    """A stream that the decision had read has moved since; decide again on the newer state."""


class Claimed(Exception):
    """The idempotency key was claimed by a command that committed a moment earlier."""


class ReferenceTaken(Exception):
    """Another thing of the kind already carries the reference."""


CONSTRAINTS: Mapping[str | None, type[Exception]] = {
    "facts_pkey": Moved,
    "idempotency_pkey": Claimed,
    "reference_pkey": ReferenceTaken,
}


@dataclass(frozen=True, slots=True)
class Claim:
    """What makes a command idempotent: who called, with which key and which body, and the thing it is about."""

    caller: str
    key: UUID
    digest: bytes
    kind: str
    thing: UUID


@dataclass(slots=True)
class Append:
    """One save: its histories and further writes, the streams it was decided on, and the receipt it gets.

    `numbers`: the last that was given to each kind that is numbered through. `at` is where the whole log must still
    stand, for what was decided on all of it, and `turn` the one in which that was done, if any.
    """

    read: Mapping[UUID, int] = field(default_factory=dict)
    histories: Histories = field(default_factory=dict)
    writes: Sequence[Write] = ()
    claim: Claim | None = None
    references: Sequence[tuple[str, str, UUID]] = ()
    numbers: Mapping[Kind, int] = field(default_factory=dict)
    at: int | None = None
    turn: Turn | None = None
    days: Sequence[date] = ()
    recorded_at: datetime | None = None
    positions: tuple[int, ...] = ()
