"""What the register needs of whatever keeps its facts; `storage.ledger` is the one that does.

A ledger holds one partnership's facts, and whatever follows from them is saved with them or not at all.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeAlias
from uuid import UUID

from domain.shared.attachments import Upload
from domain.shared.facts import Epoch, Recorded
from domain.shared.vocabulary import Kind

Histories: TypeAlias = Mapping[str, Any]
"""What a save changes in the read models: by table the rows `ended` and `added`, as JSON."""

AlsoWritten: TypeAlias = Callable[[Any], None]
"""What else is written in the transaction of an append: called with the ledger's open connection."""

BUSY = (
    "The register is busy: somebody else has been recording for longer than this may wait. Nothing of this was "
    "recorded; please send it again in a moment."
)


class Moved(Exception):
    """A stream that the decision had read has moved since; decide again on the newer state."""


class Claimed(Exception):
    """The idempotency key was claimed by a command that committed a moment earlier."""


class ReferenceTaken(Exception):
    """Another thing of the kind already carries the reference."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a command knows before it decides: the instant, the head, and what its idempotency key already did.

    `read_only`: why nothing is recorded at the moment, None where things are; perhaps until when, and in how many
    seconds that is by the real clock.
    """

    now: datetime
    position: int
    digest: bytes | None
    kind: str | None
    subject_id: UUID | None
    positions: list[int] | None
    epoch: Epoch
    read_only: str | None = None
    read_only_until: datetime | None = None
    read_only_for: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What makes a command idempotent: who called, with which key and which body, and the thing it is about."""

    caller: str
    key: UUID
    digest: bytes
    kind: str
    subject_id: UUID


class Turn(Protocol):
    """While it is held, other saves wait."""

    def save(self, save: str) -> Any: ...


@dataclass(slots=True)
class Append:
    """One save: its histories and what else is written, the streams it was decided on, and the receipt it gets.

    `numbers`: the last that was given to each kind that is numbered through. `uploads`: those that are used up by it,
    each with the thing that it is attached to. `at` is where the whole log must still
    stand, for what was decided on all of it, and `turn` the one in which that was done, if any.
    """

    read: Mapping[UUID, int] = field(default_factory=dict)
    histories: Histories = field(default_factory=dict)
    also: Sequence[AlsoWritten] = ()
    claim: Claim | None = None
    references: Sequence[tuple[str, str, UUID]] = ()
    numbers: Mapping[Kind, int] = field(default_factory=dict)
    uploads: Sequence[tuple[UUID, Kind, UUID]] = ()
    at: int | None = None
    turn: Turn | None = None
    recorded_at: datetime | None = None
    positions: tuple[int, ...] = ()


class Ledger(Protocol):
    """One partnership's streams of facts. What it says of them is documented where it is implemented."""

    def opening(self, caller: str = "", key: UUID | None = None) -> Opening: ...
    def append(self, facts: Sequence[Recorded], append: Append) -> list[Recorded]: ...
    def alone(self) -> AbstractContextManager[Turn]: ...
    def await_saves(self) -> datetime: ...
    def clock_warning(self) -> str | None: ...
    def set_clock(self, instant: datetime | None) -> None: ...
    def stream(self, id: UUID) -> list[Recorded]: ...
    def streams(self, ids: Sequence[UUID]) -> dict[UUID, list[Recorded]]: ...
    def moved_since(self, position: int) -> set[UUID]: ...
    def last_number(self, kind: str) -> int: ...
    def carries(self, kind: str, reference: str) -> bool: ...
    def naming(self, agency: str) -> tuple[tuple[Kind, UUID], ...]: ...
    def learned_in(self, learning: Iterable[UUID]) -> dict[UUID, UUID]: ...
    def challenges_to(self, agencies: Iterable[str]) -> tuple[UUID, ...]: ...
    def returns_behind(self, id: UUID) -> tuple[UUID, ...]: ...
    def uploads(self, ids: Sequence[UUID]) -> dict[UUID, Upload]: ...
    def reporting(self) -> tuple[tuple[Kind, UUID], ...]: ...
