"""Reading the themes that learning is coded to."""

from dataclasses import dataclass

from psycopg.rows import class_row

from projections.engine.query_context import QueryContext
from storage.sql import statements

SQL = statements("projections.queries.themes")


@dataclass(frozen=True, slots=True)
class ThemeRead:
    """A theme under its key, as it was called at the moment."""

    key: str
    name: str
    parent_key: str | None
    merged_key: str | None
    aliases: list[str]


def every(query_context: QueryContext) -> dict[str, ThemeRead]:
    """All themes that existed, by key in order."""
    with query_context.conn.cursor(row_factory=class_row(ThemeRead)) as cursor:
        return {theme.key: theme for theme in cursor.execute(SQL["all"], query_context.values)}
