"""How far the plan of a review has been carried out, at a pair of moments."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(slots=True)
class ImplementationRead:
    """One review; counts are of its actions unless the name says otherwise, `agencies` the same by lead agency.

    What is not counted, because nobody asked for it, is nought or empty.
    """

    review_id: UUID
    actions: int
    closed: int
    impact_verified: int
    not_embedded: int
    awaiting_impact: int
    overdue: int
    challenged: int
    evidence_awaiting_review: int
    oldest_evidence_awaiting_since: date | None
    extensions_pending: int
    agencies: list[dict[str, Any]]
    recommendations: int = 0
    recommendations_closed: int = 0
    recommendations_overdue: int = 0
    recommendations_challenged: int = 0
    recommendations_awaiting_review: int = 0
    recommendation_extensions_pending: int = 0
    batch: Any = None
