"""Reading recommendations: pages and by id."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from projections.engine.list_query import ListQuery

# A recommendation as it was known at a moment and stood on a day.


@dataclass(slots=True)
class RecommendationRead:
    """One recommendation; names of columns are those of the contract where they mean the same."""

    thing: UUID
    version: int
    reference: str
    wording: str
    stage: str
    challenged: bool
    review_id: UUID
    lead: str | None
    contributing: list[str]
    lead_officer: str | None
    addressees: list[str]
    bodies: list[str]
    bodies_of: str | None
    theme_keys: list[str]
    learning_ids: list[UUID]
    need: str | None
    means_of_improvement: str | None
    measure_of_effectiveness: str | None
    raised_on: date
    original_due_on: date | None
    due_on: date | None
    due_on_corrected: bool
    overdue: bool
    days_overdue: int
    awaiting_review: bool
    closure_detail: dict[str, Any] | None
    impact_found: str | None
    response_due_on: date | None
    response_overdue: bool
    lead_response: UUID | None
    clock_details: list[dict[str, Any]]
    open_challenges: list[UUID]
    draft: bool
    draft_for_keys: list[str]
    access: str
    batch: Any = None


recommendations = ListQuery(
    "projections.queries.recommendations",
    RecommendationRead,
    {
        "DUE_ON_ASC": "due_on",
        "DUE_ON_DESC": "due_on",
        "REFERENCE_ASC": "reference",
        "RAISED_DESC": "raised_on",
    },
)
