"""Reading duties, as far as the asker sees them: an agency its own, whoever else all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from projections.engine.query_context import QueryContext
from storage.sql import compose, statements

SQL = statements("projections.queries.duties")
TEXTS = {name: compose(SQL, name) for name in ("of_reviews", "of_origins", "by_id", "standing")}


@dataclass(slots=True)
class DutyRead:
    """One duty; `under` is what it was asked for, `origin` the dissemination or return that it arose from."""

    under: UUID
    entry: UUID
    origin: UUID
    key: str
    role: str
    wording: str
    held_by: str
    agency_key: str | None
    arisen_on: date
    due_on: date | None
    done_on: date | None
    confirmed_by: dict[str, Any] | None
    assurance: str | None
    learning_ids: list[UUID]
    compliance: str | None
    judged_compliance: str | None
    judgement: str | None
    overdue: bool
    batch: Any = None


def of_reviews(query_context: QueryContext, reviews: Iterable[UUID]) -> list[DutyRead]:
    """What follows from the dissemination of their learning."""
    return _read(query_context, "of_reviews", of=list(reviews))


def of_origins(query_context: QueryContext, origins: Iterable[UUID]) -> list[DutyRead]:
    """What arose from these disseminations or returns."""
    return _read(query_context, "of_origins", of=list(origins))


def by_id(query_context: QueryContext, duties: Iterable[UUID]) -> list[DutyRead]:
    return _read(query_context, "by_id", of=list(duties))


def standing(query_context: QueryContext, year: int, agencies: Sequence[str] | None) -> list[DutyRead]:
    """The standing duties of a year, of some agencies or of all."""
    return _read(query_context, "standing", year=year, wanted=None if agencies is None else list(agencies))


def _read(query_context: QueryContext, statement: str, **values: Any) -> list[DutyRead]:
    with query_context.conn.cursor(row_factory=class_row(DutyRead)) as cursor:
        return cursor.execute(TEXTS[statement], query_context.values | values).fetchall()
