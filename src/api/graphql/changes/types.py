"""What was recorded, for systems that poll."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import strawberry

from api.graphql.agencies.types import Actor
from api.graphql.descriptions import documented
from api.graphql.node import Node, event_id
from api.loaders.records import LIST_QUERIES, Batch, load_many
from projections.queries.change_feed.query import ChangeRead


def _subject(root: strawberry.Parent["Change"]) -> Any:
    subjects = root.batch.once("subjects", lambda: _subjects_of(root.batch))
    return subjects[root.thing]


def _subjects_of(batch: Batch["Change"]) -> dict[UUID, Any]:
    subjects: dict[UUID, Any] = {}
    for kind in LIST_QUERIES:
        ids = [change.thing for change in batch.rows if change.name.startswith(f"{kind}.")]
        subjects |= load_many(batch.reading, kind, dict.fromkeys(ids))
    return subjects


@documented
@strawberry.type
class Change:
    """One recorded fact, for systems that follow the register."""

    thing: strawberry.Private[UUID]
    position: strawberry.Private[int]
    batch: strawberry.Private[Any]
    event_id: strawberry.ID
    """The fact's id, as mutations and `history` give it."""
    name: str
    """The fact's stored name, such as `action.assigned.v1`; names stay for good."""
    subject: Node = strawberry.field(resolver=_subject)
    """The thing as it is known now."""
    recorded_at: datetime
    """The instant at which the register learned of it."""
    happened_on: date
    """The day on which it took effect."""
    by: Actor
    """Who recorded it."""

    @classmethod
    def of(cls, read: ChangeRead, reading: Any) -> "Change":
        return cls(
            thing=read.thing,
            position=read.position,
            batch=None,
            event_id=event_id(reading.context.head.epoch, read.position),
            name=read.name,
            recorded_at=read.recorded_at,
            happened_on=read.happened_on,
            by=Actor.of(read.body["by"], reading, read.happened_on),
        )
