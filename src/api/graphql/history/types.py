"""The facts of a thing, as its history tells them."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import strawberry

from api.graphql.agencies.types import Actor
from api.graphql.descriptions import documented
from api.graphql.event_json import EventJson
from api.graphql.history.sentences import reason_of, summary
from api.graphql.node import event_id
from api.relay.corrected_ids import as_shown
from domain.catalogue import BY_COMMAND
from domain.correction.commands import Correct
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


@documented
@strawberry.type
class CorrectableField:
    """What a recorded fact says and a correction may put right."""

    field: str
    """As `field` of a correction names it; `voided` is the fact as a whole, `true` once it is struck out."""
    value: str | None
    """What it says by all corrections so far, as `newValue` writes it; null where it says nothing."""


def _correctable(root: strawberry.Parent["HistoryEntry"]) -> list[CorrectableField]:
    if not root.may_correct:
        return []
    return [CorrectableField(field=name, value=value) for name, value in _said(root)]


def _said(root: "HistoryEntry") -> Iterator[tuple[str, str | None]]:
    return (as_shown(name, value) for name, value in root.change_log.said[root.version])


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
    may_correct: strawberry.Private[bool]
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
    correctable: list[CorrectableField] = strawberry.field(resolver=_correctable)
    """What of it you may correct, with what it says now; empty for whoever corrects nothing."""

    @classmethod
    def of(cls, fact: FactRead, event: EventJson, change_log: ChangeLog) -> "HistoryEntry":
        epoch = event.reading.context.head.epoch
        caller = event.reading.context.caller
        return cls(
            change_log=change_log,
            epoch=epoch,
            version=fact.version,
            corrected=fact.corrects,
            may_correct=BY_COMMAND[Correct].permits(caller),
            event_id=event_id(epoch, fact.position),
            position=str(fact.position),
            name=fact.name,
            happened_on=fact.happened_on,
            recorded_at=fact.recorded_at,
            by=event.by,
            summary=summary(fact.name, fact.body, event.reading.agencies),
            reason=reason_of(fact.body),
        )
