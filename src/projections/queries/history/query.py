"""Reading the facts themselves, as the history of things."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson

from domain.correction.amending import apply_corrections
from domain.event_names import decode
from domain.shared.facts import Recorded
from projections.engine.query_context import QueryContext
from storage.sql import statements

SQL = statements("projections.queries.history")


@dataclass(frozen=True, slots=True)
class FactRead:
    """One recorded fact under its stable name; `position` is its place in the partnership's log."""

    thing: UUID
    version: int
    position: int
    name: str
    happened_on: date
    recorded_at: datetime
    body: dict[str, Any]

    @property
    def corrects(self) -> int | None:
        """The version of the fact that this one corrects."""
        version: int | None = self.body["corrects"] if ".corrected." in self.name else None
        return version

    @property
    def recorded(self) -> Recorded:
        """The fact as the domain knows it."""
        kind, fact = decode(self.name, orjson.dumps(self.body))
        return Recorded(kind, self.thing, self.version, fact, self.recorded_at, self.position)


def of_things(query_context: QueryContext, things: Iterable[UUID]) -> dict[UUID, list[FactRead]]:
    """The facts of each thing that had happened by the day, by what corrections say, in the order of recording.

    They are counted while they come in.
    """
    wanted = list(things)
    found: dict[UUID, list[FactRead]] = {thing: [] for thing in wanted}
    for fact in query_context.counted(FactRead, SQL["of_things"], {"things": wanted}):
        found[fact.thing].append(fact)
    return {thing: _happened(facts, query_context.moment.on) for thing, facts in found.items()}


def _happened(facts: list[FactRead], day: date) -> list[FactRead]:
    days = {fact.version: fact.happened_on for fact in facts}
    if any(fact.corrects for fact in facts):
        days |= {
            each.originator_version: each.fact.happened_on
            for each in apply_corrections(fact.recorded for fact in facts)
        }
    return [fact for fact in facts if days[fact.version] <= day]
