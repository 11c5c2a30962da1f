"""What was known when of each review."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

TABLE = "review_history"


class ReviewRow(NamedTuple):
    """The columns of `review_history` beside what it is of and its two clocks."""

    version: int
    reference: str
    reference_key: str
    title: str
    kind: str | None
    framework: str
    stage: str
    commissioned_on: date | None
    completed_on: date | None
    published_on: date | None
    withheld_reason: str | None
    published_url: str | None
    board_response: str | None
    improvements: str | None
    lead_reviewer: str | None
    lead_reviewer_employer: str | None
    lead_reviewer_independent: bool | None
    agencies: tuple[str, ...]
    mandated_by: str | None
    aware_on: date | None
    follows_up: UUID | None
    monitored_by: tuple[str, ...]
    shared_reference: str | None
    method: str | None
    sections: Any
    open_challenges: tuple[UUID, ...]
    referred_on: date | None
    referred_by: str | None
    declined_on: date | None
    declined_reason: str | None
    programme_year: int | None
    checks: tuple[UUID, ...]
    withheld_on: date | None
    lacking: tuple[str, ...]
    bodies_of: str | None
    circumstances: tuple[str, ...]
    commissioned_reason: str | None
    reported_by: str | None
    facilitator: str | None
    themes: tuple[str, ...]
    stakeholders: tuple[str, ...]
    conditions_met: Any
    criteria_met: Any
