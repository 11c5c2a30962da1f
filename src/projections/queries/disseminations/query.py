"""Reading how learning was disseminated, as far as the asker sees it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from projections.engine.query_context import QueryContext
from storage.sql import compose, statements

SQL = statements("projections.queries.disseminations")
TEXTS = {name: compose(SQL, name) for name in ("of_reviews", "by_id")}


@dataclass(slots=True)
class DisseminationRead:
    """One dissemination; `under` is the review that it was asked for, `thing` the one that it is recorded on."""

    under: UUID
    entry: UUID
    thing: UUID
    method: str
    audience: list[str]
    learning_ids: list[UUID]
    agency_keys: list[str]
    disseminated_on: date
    disseminated_by: dict[str, Any]
    confirm_by: date
    body_keys: list[str]
    bodies_of: str | None
    public: bool
    media: bool
    batch: Any = None


def of_reviews(query_context: QueryContext, reviews: Iterable[UUID]) -> list[DisseminationRead]:
    """Those that brought any of their learning to somebody; one that joins two reviews is there for each."""
    return _read(query_context, "of_reviews", reviews)


def by_id(query_context: QueryContext, disseminations: Iterable[UUID]) -> list[DisseminationRead]:
    return _read(query_context, "by_id", disseminations)


def learning_told(query_context: QueryContext, learning: Iterable[UUID]) -> set[UUID]:
    """What of this learning has been disseminated to the asking agency, as of now."""
    return {
        row[0]
        for row in query_context.conn.execute(SQL["learning_told"], query_context.values | {"of": list(learning)})
    }


def _read(query_context: QueryContext, statement: str, of: Iterable[UUID]) -> list[DisseminationRead]:
    with query_context.conn.cursor(row_factory=class_row(DisseminationRead)) as cursor:
        return cursor.execute(TEXTS[statement], query_context.values | {"of": list(of)}).fetchall()
