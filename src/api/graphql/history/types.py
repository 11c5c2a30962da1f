"""The facts of a thing, as its history tells them."""

from datetime import date, datetime
from typing import Any

import strawberry

from api.graphql.agencies.types import Actor
from api.graphql.descriptions import documented
from api.graphql.event_json import EventJson
from api.graphql.history.sentences import reason_of, summary
from api.graphql.node import event_id
from api.relay.corrected_ids import as_shown
from domain.shared.facts import Epoch
from projections.queries.history.change_log import Change, ChangeLog
from projections.queries.history.query import FactRead


@documented
@strawberry.type
class FieldChange:
    """Days as YYYY-MM-DD, agencies by key, several values with commas between; null for none."""

    field: str
    """The field of the thing, as GraphQL names it."""
    before: str | None = strawberry.field(name="from")
    """Its value before the fact."""
    after: str | None = strawberry.field(name="to")
    """Its value after the fact."""


def _changes(root: strawberry.Parent["HistoryEntry"]) -> list[FieldChange]:
    return [_shown(change) for change in root.change_log.changes[root.version]]


def _shown(change: Change) -> FieldChange:
    field, before = as_shown(change.field, change.before)
    return FieldChange(field=field, before=before, after=as_shown(change.field, change.after)[1])


def _corrects(root: strawberry.Parent["HistoryEntry"]) -> strawberry.ID | None:
    return None if root.corrected is None else event_id(root.epoch, root.change_log.positions[root.corrected])


@documented
@strawberry.type
class HistoryEntry:
    """
    One recorded fact, in the order of recording. `happenedOn` is when it took effect, `recordedAt` when the register
    learned of it.
    """

    change_log: strawberry.Private[Any]
    version: strawberry.Private[int]
    corrected: strawberry.Private[int | None]
    epoch: strawberry.Private[Epoch]
    event_id: strawberry.ID
    """The fact's id, as mutations and `changes` give it."""
    position: str
    """The fact's place in the partnership's log, counted from 1 without gaps."""
    name: str
    """The fact's stored name, such as `action.assigned.v1`; names stay for good."""
    happened_on: date
    """The day on which it took effect."""
    recorded_at: datetime
    """The instant at which the register learned of it."""
    by: Actor
    """Who recorded it, and in which role."""
    summary: str
    """What happened, in a sentence."""
    reason: str | None
    """The reason that was given with it; null where none was."""
    corrects: strawberry.ID | None = strawberry.field(resolver=_corrects)
    """The `eventId` of the fact that this one corrects. What it says goes for the thing from that fact's day on."""
    changes: list[FieldChange] = strawberry.field(resolver=_changes)
    """What the fact changed of the thing, by everything that had been recorded until then."""

    @classmethod
    def of(cls, fact: FactRead, event: EventJson, change_log: ChangeLog) -> "HistoryEntry":
        epoch = event.reading.context.head.epoch
        return cls(
            change_log=change_log,
            epoch=epoch,
            version=fact.version,
            corrected=fact.corrects,
            event_id=event_id(epoch, fact.position),
            position=str(fact.position),
            name=fact.name,
            happened_on=fact.happened_on,
            recorded_at=fact.recorded_at,
            by=event.by,
            summary=summary(fact.name, fact.body, event.reading.agencies),
            reason=reason_of(fact.body),
        )
