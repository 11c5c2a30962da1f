"""Reading challenges: pages, by id, and how many there are."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from projections.engine.list_query import ListQuery, by_day
from projections.engine.query_context import Conditions, QueryContext

# A formal challenge as it was known at a moment and stood on a day.


@dataclass(slots=True)
class ChallengeRead:
    """One challenge; `about` are its subjects as kind and id, with the duty or clock where it is one."""

    thing: UUID
    version: int
    reference: str
    agency_key: str
    grounds: str
    requested: str | None
    stage: str
    level: int
    about: list[dict[str, str | None]]
    about_performance: bool
    issued_on: date
    issuer: dict[str, Any]
    response_due_on: date
    overdue: bool
    answered_on: date | None
    outcome: str | None
    outcome_reason: str | None
    ended_on: date | None
    clock_details: list[dict[str, Any]]
    access: str
    batch: Any = None


@dataclass(frozen=True, slots=True)
class ChallengesCounted:
    """How many challenges; of an agency, of a level, or with neither of all."""

    agency: str | None
    level: int | None
    issued: int
    open: int
    awaiting_answer: int
    overdue: int
    escalated: int
    upheld: int
    answered: int
    withdrawn: int


challenges = ListQuery(
    "projections.queries.challenges",
    ChallengeRead,
    {
        "RESPONSE_DUE_ASC": by_day("response_due_on", always=True),
        "ISSUED_DESC": by_day("issued_on", descending=True, always=True),
    },
)


def log(query_context: QueryContext, where: Conditions) -> list[ChallengesCounted]:
    """All that meet the conditions, counted as a whole, by agency, and by level."""
    return challenges.counts(query_context, "log", ChallengesCounted, where)
