"""What was known when of each agency's return on its standing duties."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

TABLE = "return_history"


class ReturnRow(NamedTuple):
    """The columns of `return_history` beside what it is of and its two clocks."""

    version: int
    agency: str
    framework: str
    year: int
    period: int
    since: date
    until: date
    called_on: date
    due_on: date
    review: UUID | None
    judge: str | None
    answered_on: date | None
    narrative: str | None
    judged_on: date | None
    verdict: Mapping[str, Any] | None
    improvements: Sequence[Mapping[str, Any]]
