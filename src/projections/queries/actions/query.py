"""Reading actions: pages and by id."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from projections.engine.list_query import ListQuery

# An action as it was known at a moment and stood on a day.


@dataclass(slots=True)
class ActionRead:
    """One action; names of columns are those of the contract where they mean the same."""

    thing: UUID
    version: int
    reference: str
    wording: str
    stage: str
    challenged: bool
    recommendation_id: UUID
    review_id: UUID
    lead: str | None
    contributing: list[str]
    lead_officer: str | None
    bodies: list[str]
    bodies_of: str | None
    raised_on: date
    original_due_on: date | None
    due_on: date | None
    due_on_corrected: bool
    overdue: bool
    days_overdue: int
    overdue_against_original: bool
    awaiting_review: bool
    closure_detail: dict[str, Any] | None
    impact_found: str | None
    measure_of_effectiveness: str | None
    open_challenges: list[UUID]
    access: str
    batch: Any = None


actions = ListQuery(
    "projections.queries.actions",
    ActionRead,
    {
        "DUE_ON_ASC": "due_on",
        "DUE_ON_DESC": "due_on",
        "REFERENCE_ASC": "reference",
        "RAISED_DESC": "raised_on",
    },
)
