"""Reading reviews: pages and by id."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from projections.engine.list_query import BY_REFERENCE, ListQuery, by_day

# A review as it was known at a moment and stood on a day.


@dataclass(slots=True)
class ReviewRead:
    """One review; names of columns are those of the contract where they mean the same."""

    thing: UUID
    version: int
    reference: str
    title: str
    kind_key: str | None
    framework_key: str
    stage: str
    commissioned_on: date | None
    completed_on: date | None
    published_on: date | None
    publication_withheld_reason: str | None
    published_url: str | None
    board_response: str | None
    improvements: str | None
    lead_reviewer: str | None
    lead_reviewer_employer: str | None
    lead_reviewer_independent: bool | None
    agency_keys: list[str]
    mandated_by: str | None
    aware_on: date | None
    follows_up_id: UUID | None
    bodies: list[str]
    bodies_of: str | None
    shared_reference: str | None
    method: str | None
    section_texts: list[dict[str, Any]]
    open_challenges: list[UUID]
    referred_on: date | None
    referred_by: str | None
    declined_on: date | None
    declined_reason: str | None
    programme_year: int | None
    check_ids: list[UUID]
    withheld_on: date | None
    circumstance_keys: list[str]
    commissioned_reason: str | None
    reported_by_key: str | None
    facilitator: str | None
    theme_keys: list[str]
    stakeholders: list[str]
    conditions_met: list[dict[str, Any]]
    criteria_met: list[dict[str, Any]]
    access: str
    batch: Any = None


reviews = ListQuery(
    "projections.queries.reviews",
    ReviewRead,
    {
        "COMMISSIONED_ON_DESC": by_day("commissioned_on", descending=True),
        "COMMISSIONED_ON_ASC": by_day("commissioned_on"),
        "REFERENCE_ASC": BY_REFERENCE,
    },
)
