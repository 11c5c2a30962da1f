"""What was known when of each action."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

TABLE = "action_history"


class ActionRow(NamedTuple):
    """The columns of `action_history` beside what it is of and its two clocks."""

    version: int
    reference: str
    reference_key: str
    wording: str
    stage: str
    review: UUID
    themes: tuple[str, ...]
    lead: str | None
    contributing: tuple[str, ...]
    parties: tuple[str, ...]
    readers: tuple[str, ...]
    sides: int
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
    recommendation: UUID
    bodies_of: str | None
    ended_leads: tuple[str, ...]
