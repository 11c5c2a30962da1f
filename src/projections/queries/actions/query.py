"""Reading actions: pages and by id."""

from dataclasses import dataclass
from uuid import UUID

from projections.engine.list_query import ListQuery
from projections.queries.items import ORDERS, SQL, ItemRead


@dataclass(slots=True)
class ActionRead(ItemRead):
    """One action, beside what it shares with recommendations."""

    recommendation_id: UUID
    overdue_against_original: bool


actions = ListQuery("projections.queries.actions", ActionRead, ORDERS, SQL)
