"""What recommendations and actions share as they are read: columns, conditions and orders."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from projections.engine.list_query import BY_REFERENCE, by_day
from storage.sql import statements

SQL = statements("projections.queries", "items.sql")
ORDERS = {
    "DUE_ON_ASC": by_day("due_on"),
    "DUE_ON_DESC": by_day("due_on", descending=True),
    "REFERENCE_ASC": BY_REFERENCE,
    "RAISED_DESC": by_day("raised_on", descending=True, always=True),
}


@dataclass(slots=True)
class ItemRead:
    """One recommendation or action as it was known at a moment and stood on a day, as far as both say the same.

    Names of columns are those of the contract where they mean the same.
    """

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
    bodies: list[str]
    bodies_of: str | None
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
    open_challenges: list[UUID]
    access: str
    batch: Any = field(default=None, kw_only=True)
