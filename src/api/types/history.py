"""The facts of a thing, as its history tells them."""

from datetime import date, datetime

import strawberry

from api.types.actor import Actor
from api.types.node import opaque
from api.types.summary import reason_of, summary
from api.types.telling import Told
from projections.history.view import FactRead

HISTORY = (
    "One recorded fact, in the order of recording. `happenedOn` is when it took effect, `recordedAt` when the "
    "register learned of it."
)


@strawberry.type(description=HISTORY)
class HistoryEntry:
    event_id: strawberry.ID
    position: str
    name: str
    happened_on: date
    recorded_at: datetime
    by: Actor
    summary: str
    reason: str | None

    @classmethod
    def of(cls, fact: FactRead, told: Told) -> "HistoryEntry":
        return cls(
            event_id=opaque("fact", fact.position),
            position=str(fact.position),
            name=fact.name,
            happened_on=fact.happened_on,
            recorded_at=fact.recorded_at,
            by=told.by,
            summary=summary(fact.name, fact.body, told.reading.agencies),
            reason=reason_of(fact.body),
        )
