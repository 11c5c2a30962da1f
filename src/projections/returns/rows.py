"""An agency's return as it was known at a moment and stood on a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(slots=True)
class ReturnRead:
    """One return; `since` and `until` are the first and last day that it covers."""

    thing: UUID
    version: int
    agency_key: str
    framework_key: str
    year: int
    period: int
    since: date
    until: date
    called_on: date
    due_on: date
    review_id: UUID | None
    judge_key: str | None
    answered_on: date | None
    narrative: str | None
    judged_on: date | None
    verdict: dict[str, Any] | None
    improvements: list[dict[str, Any]]
    access: str
    batch: Any = None


@dataclass(frozen=True, slots=True)
class RoundRead:
    """What became of one period's returns, as far as the asker sees them; `called` are the agencies."""

    year: int
    period: int
    since: date
    until: date
    called: list[str]
    answered: int
    complete: int
    overdue: int
    judged: int
    improvements: int
    improvements_raised: int
