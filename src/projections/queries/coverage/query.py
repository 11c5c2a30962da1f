"""How far learning has reached: whom, by which methods, and what they have confirmed; one statement each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from projections.engine.query_context import QueryContext
from storage.sql import statements

SQL = statements("projections.queries.coverage")


@dataclass(slots=True)
class LearningCoverageRead:
    """One point of learning; `confirmed` counts the agencies that have confirmed all, the rest counts duties."""

    learning_id: UUID
    methods: list[str]
    disseminations: int
    agencies: int
    confirmed: int
    duties: int
    done: int
    overdue: int
    receipts: list[dict[str, Any]]
    batch: Any = None


@dataclass(slots=True)
class AgencyCoverageRead:
    """One agency: how many points of learning it has received, and how many of the duties are done."""

    agency: str
    learning: int
    disseminations: int
    methods: list[str]
    duties: int
    done: int
    overdue: int
    oldest_due_on: date | None
    batch: Any = None


def by_learning(query_context: QueryContext, review: UUID) -> list[LearningCoverageRead]:
    """Every point that the review has identified, also what has reached nobody yet."""
    with query_context.conn.cursor(row_factory=class_row(LearningCoverageRead)) as cursor:
        return cursor.execute(SQL["by_learning"], query_context.values | {"review": review}).fetchall()


def by_agency(
    query_context: QueryContext, review: UUID | None = None, agencies: Sequence[str] | None = None
) -> list[AgencyCoverageRead]:
    """Every agency that has received any learning, of one review or of all."""
    values = {"review": review, "wanted": None if agencies is None else list(agencies)}
    with query_context.conn.cursor(row_factory=class_row(AgencyCoverageRead)) as cursor:
        return cursor.execute(SQL["by_agency"], query_context.values | values).fetchall()
