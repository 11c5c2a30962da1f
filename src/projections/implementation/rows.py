"""How far the plan of a review has been carried out, at a pair of moments."""

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any
from uuid import UUID

NO_REVIEW = UUID(int=0)


@dataclass(slots=True)
class ImplementationRead:
    """One review; counts are of its actions unless the name says otherwise, `agencies` the same by lead agency.

    What nobody asked for is not counted, and nought or empty here.
    """

    review_id: UUID = NO_REVIEW
    recommendations: int = 0
    recommendations_closed: int = 0
    recommendations_overdue: int = 0
    recommendations_challenged: int = 0
    recommendations_awaiting_review: int = 0
    recommendation_extensions_pending: int = 0
    actions: int = 0
    closed: int = 0
    impact_verified: int = 0
    not_embedded: int = 0
    awaiting_impact: int = 0
    overdue: int = 0
    challenged: int = 0
    evidence_awaiting_review: int = 0
    oldest_evidence_awaiting_since: date | None = None
    extensions_pending: int = 0
    agencies: list[dict[str, Any]] = field(default_factory=list)
    batch: Any = None


COLUMNS = tuple(each.name for each in fields(ImplementationRead) if each.name != "batch")
"""What can be asked for of each review."""
