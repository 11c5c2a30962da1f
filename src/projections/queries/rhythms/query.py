"""How often reviews of some kinds were commissioned in a year, and what had been agreed for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from projections.engine.query_context import QueryContext
from storage.sql import statements

SQL = statements("projections.queries.rhythms")


@dataclass(frozen=True, slots=True)
class Held:
    """`agreed`: numbers by the key of a rhythm; `days`: kind and day of each review that was commissioned."""

    agreed: dict[str, int]
    days: tuple[tuple[str, date], ...]

    def between(self, kinds: Sequence[str], since: date, until: date) -> int:
        return sum(kind in kinds and since <= day <= until for kind, day in self.days)


def held(query_context: QueryContext, programme: UUID, year: int, kinds: Sequence[str]) -> Held:
    """One statement for the whole year."""
    span = {"since": date(year, 1, 1), "until": date(year, 12, 31)}
    values = query_context.values | span | {"programme": programme, "kinds": list(kinds)}
    found = query_context.conn.execute(SQL["held"], values).fetchone()
    agreed, days = found or (None, [])
    return Held(agreed or {}, tuple((kind, date.fromisoformat(day)) for kind, day in days))
