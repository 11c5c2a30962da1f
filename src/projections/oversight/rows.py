"""What awaits a body, at a pair of moments."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(slots=True)
class AwaitedRead:
    """One thing, or one entry under it, in one queue; without a body it is the chair's. `place` orders equal days."""

    queue: str
    kind: str
    thing: UUID
    entry: UUID | None
    body: str | None
    since: date
    due_on: date | None
    days: int
    days_late: int
    chair_only: bool
    place: str
    batch: Any = None


@dataclass(frozen=True, slots=True)
class AwaitedCounted:
    """How much of a queue awaits one body; `chair_only` only where it was asked for."""

    body: str | None
    queue: str
    waiting: int
    oldest_since: date
    longest_days: int
    late: int
    chair_only: int | None
