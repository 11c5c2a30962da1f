"""What was known when of each recommendation."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

TABLE = "recommendation_history"


class RecommendationRow(NamedTuple):
    """The columns of `recommendation_history` beside what it is of and its two clocks."""

    version: int
    reference: str
    reference_key: str
    wording: str
    stage: str
    review: UUID
    themes: tuple[str, ...]
    coded_as: UUID
    lead: str | None
    contributing: tuple[str, ...]
    parties: tuple[str, ...]
    readers: tuple[str, ...]
    sides: int
    ended_leads: tuple[str, ...]
    ended_leads_until: tuple[date, ...]
    lead_officer: str | None
    monitored_by: tuple[str, ...]
    raised_on: date
    first_due_on: date | None
    due_on: date | None
    due_on_corrected: bool
    completed_on: date | None
    claimed_on: date | None
    awaiting_since: date | None
    accepted_on: date | None
    verdicts: tuple[str, ...]
    extension_pending: bool
    closed_on: date | None
    outcome: str | None
    closure: Any
    impact_due_on: date | None
    impact: str | None
    open_challenges: tuple[UUID, ...]
    measure_of_effectiveness: str | None
    need: str | None
    means_of_improvement: str | None
    learning: tuple[UUID, ...]
    proposed_lead: str | None
    addressed_to: tuple[str, ...]
    response_due_on: date | None
    lead_answer: str | None
    lead_response: UUID | None
    refused_on: date | None
    refusals: tuple[UUID, ...]
    answers: tuple[str, ...]
    answered: tuple[str, ...]
    awaited: tuple[str, ...]
    awaited_until: tuple[date, ...]
    clocks: Any
    bodies_of: str | None
    draft: bool
    draft_for: tuple[str, ...]
    reopened_on: date | None
