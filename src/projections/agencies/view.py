"""Reading the agencies of a partnership."""

from dataclasses import dataclass

from psycopg.rows import class_row

from projections.asking import Asking
from storage.sql import statements

SQL = statements("projections.agencies")


@dataclass(frozen=True, slots=True)
class AgencyRead:
    """An agency under its key, as it was called at the moment."""

    key: str
    name: str
    aliases: list[str]
    kind: str
    successor: str | None


def every(asking: Asking) -> dict[str, AgencyRead]:
    """All agencies that existed, by key in order."""
    with asking.conn.cursor(row_factory=class_row(AgencyRead)) as cursor:
        return {agency.key: agency for agency in cursor.execute(SQL["all"], asking.values)}
