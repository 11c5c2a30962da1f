"""Reading the partnership itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from psycopg.rows import class_row

from domain.event_names import decode
from domain.frameworks import Framework
from domain.partnership.events import FrameworkAdded
from domain.shared.identifiers import SINGLE
from domain.shared.vocabulary import Kind
from projections.engine.query_context import QueryContext
from storage.sql import statements

SQL = statements("projections.queries.partnership")


@dataclass(frozen=True, slots=True)
class PartnershipRead:
    """The partnership at the moment; before it began, as it was first known. `terms`: framework, from, until."""

    key: str
    name: str
    time_zone: str
    demonstration: bool
    terms: list[dict[str, Any]]


def own_frameworks(query_context: QueryContext, keys: Sequence[str]) -> list[Framework]:
    """The partnership's own frameworks under these keys, as they were last added; once adopted, none changes."""
    values = {"partnership": SINGLE[Kind.PARTNERSHIP], "keys": list(keys)}
    added = (decode(name, body)[1] for name, body in query_context.conn.execute(SQL["own"], values))
    return [fact.framework for fact in added if isinstance(fact, FrameworkAdded)]


def at(query_context: QueryContext) -> PartnershipRead:
    """Raises `LookupError` in a schema without a partnership."""
    with query_context.conn.cursor(row_factory=class_row(PartnershipRead)) as cursor:
        found = cursor.execute(SQL["at"], query_context.values).fetchone()
        if found is None:
            raise LookupError("the schema holds no partnership")
    ends = [later["from"] for _, later in pairwise(found.terms)]
    terms = [{**term, "until": until} for term, until in zip(found.terms, [*ends, None], strict=True)]
    return PartnershipRead(found.key, found.name, found.time_zone, found.demonstration, terms)
