"""How far each review's plan has been carried out, for the body that monitors it, in one statement."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from projections.engine.query_context import QueryContext
from storage.sql import compose, statements

# How far the plan of a review has been carried out, at a pair of moments.
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


SQL = statements("projections.queries.implementation")
CUT = ("reviews", "recommendations", "actions")
KINDS = ("recommendation", "action")


@lru_cache(maxsize=256)
def _text(cut: bool, few: bool, columns: tuple[str, ...]) -> str:
    """`few`: for some reviews, below which things are looked for; else for all, and everything is read."""
    size = "few" if few else "every"
    theirs = SQL["seen.recommendations.few" if few else "seen.recommendations"]
    fills = {
        "their recommendations": theirs if cut else SQL["seen.all"],
        "challenged": SQL[f"challenged.{size}"],
        "columns": ", ".join(f"plan.{column}" for column in columns),
    }
    fills |= {part: SQL[f"seen.{part}" if cut else "seen.all"] for part in CUT}
    for kind in KINDS:
        fills[f"{kind}s of them"] = compose(SQL, f"of.{size}", {"history": f"{kind}_history"})
    return compose(SQL, "implementation", fills)


def implementation(
    query_context: QueryContext,
    body: str | None = None,
    review: UUID | None = None,
    limit: int | None = None,
    after: UUID | None = None,
    columns: Iterable[str] = COLUMNS,
) -> list[ImplementationRead]:
    """The latest commissioned first: the reviews that the body monitors, or the one, as far as the asker sees them.

    All of them, or `limit` of them behind the review `after`; none behind one that is not among them. Only the
    `columns` are counted.
    """
    wanted = {"body": body, "review": review, "limit": limit, "after": after}
    read = frozenset(columns)
    shown = tuple(name for name in COLUMNS if name in read) or COLUMNS[:1]
    with query_context.conn.cursor(row_factory=class_row(ImplementationRead)) as cursor:
        text = _text(query_context.visible_to is not None, limit is not None or review is not None, shown)
        return cursor.execute(text, query_context.values | wanted).fetchall()
