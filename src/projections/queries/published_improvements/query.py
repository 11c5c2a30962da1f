"""What was published instead of reviews that were withheld, for everybody, in one statement."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from projections.engine.query_context import QueryContext
from storage.sql import compose, statements

SQL = statements("projections.queries.published_improvements")
TEXTS = {
    cut: compose(SQL, "improvements", {"published": SQL["published.agency" if cut else "published.all"]})
    for cut in (False, True)
}


@dataclass(slots=True)
class ImprovementsRead:
    """The improvements alone; `review_id` is for whoever may see the review at least in part."""

    review_id: UUID
    kind_key: str
    framework_key: str
    improvements: str
    published_on: date
    batch: Any = None


def published_improvements(query_context: QueryContext) -> list[ImprovementsRead]:
    """The latest first."""
    with query_context.conn.cursor(row_factory=class_row(ImprovementsRead)) as cursor:
        return cursor.execute(TEXTS[query_context.visible_to is not None], query_context.values).fetchall()
