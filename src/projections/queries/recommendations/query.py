"""Reading recommendations: pages and by id."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from projections.engine.list_query import ListQuery
from projections.queries.items import ORDERS, SQL, ItemRead


@dataclass(slots=True)
class RecommendationRead(ItemRead):
    """One recommendation, beside what it shares with actions."""

    addressees: list[str]
    theme_keys: list[str]
    learning_ids: list[UUID]
    need: str | None
    means_of_improvement: str | None
    response_due_on: date | None
    response_overdue: bool
    lead_response: UUID | None
    clock_details: list[dict[str, Any]]
    draft: bool
    draft_for_keys: list[str]


recommendations = ListQuery("projections.queries.recommendations", RecommendationRead, ORDERS, SQL)
