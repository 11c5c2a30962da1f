"""What was recorded, for systems that poll."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import strawberry

from api.batches import Batch
from api.things import LISTINGS, found
from api.types.actor import Actor
from api.types.node import Node, event_id
from projections.change_feed.view import ChangeRead


def _subject(root: strawberry.Parent["Change"]) -> Any:
    subjects = root.batch.once("subjects", lambda: _subjects_of(root.batch))
    return subjects[root.thing]


def _subjects_of(batch: Batch["Change"]) -> dict[UUID, Any]:
    subjects: dict[UUID, Any] = {}
    for kind in LISTINGS:
        ids = [change.thing for change in batch.rows if change.name.startswith(f"{kind}.")]
        subjects |= found(batch.reading, kind, dict.fromkeys(ids))
    return subjects


@strawberry.type
class Change:
    thing: strawberry.Private[UUID]
    position: strawberry.Private[int]
    batch: strawberry.Private[Any]
    event_id: strawberry.ID
    name: str
    subject: Node = strawberry.field(resolver=_subject, description="The thing as it is known now.")
    recorded_at: datetime
    happened_on: date
    by: Actor

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
