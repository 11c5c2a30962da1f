"""What was known when of each formal challenge."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

TABLE = "challenge_history"


class ChallengeRow(NamedTuple):
    """The columns of `challenge_history` beside what it is of and its two clocks."""

    version: int
    reference: str
    agency: str
    readers: tuple[str, ...]
    grounds: str
    requested: str | None
    stage: str
    level: int
    subjects: Any
    subject_ids: tuple[UUID, ...]
    about_performance: bool
    issued_on: date
    issued_by: Any
    response_due_on: date
    answered_on: date | None
    outcome: str | None
    outcome_reason: str | None
    ended_on: date | None
    clocks: Any
