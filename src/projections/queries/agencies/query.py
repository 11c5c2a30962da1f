"""Reading the agencies of a partnership."""

from dataclasses import dataclass

from psycopg.rows import class_row

from projections.engine.query_context import QueryContext
from storage.sql import statements

SQL = statements("projections.queries.agencies")


@dataclass(frozen=True, slots=True)
class AgencyRead:
    """An agency under its key, as it was called at the moment."""

    key: str
    name: str
    aliases: list[str]
    kind: str
    successor: str | None


def every(query_context: QueryContext) -> dict[str, AgencyRead]:
    """All agencies that existed, by key in order."""
    with query_context.conn.cursor(row_factory=class_row(AgencyRead)) as cursor:
        return {agency.key: agency for agency in cursor.execute(SQL["all"], query_context.values)}
