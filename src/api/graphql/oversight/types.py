"""What awaits the bodies that oversee, and the chair."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import strawberry

from api.graphql.agencies.types import Body
from api.graphql.arguments import After, Before, ChairOnly, First, Last, Queues
from api.graphql.clocks.types import Clock
from api.graphql.descriptions import documented
from api.graphql.dissemination.types import together
from api.graphql.duties.types import Duty
from api.graphql.event_json import EventJson
from api.graphql.evidence.types import Evidence
from api.graphql.lifecycle.types import Extension
from api.graphql.node import Node
from api.graphql.recommendations.types import RecommendationResponse
from api.graphql.selection import selects
from api.loaders.records import Batch, load_many
from api.relay.connection import Connection
from domain.shared.vocabulary import Kind, OversightQueue
from projections.queries.duties import query as duties
from projections.queries.entries import query as listed
from projections.queries.oversight.query import AwaitedCounted, AwaitedRead

KINDS = (Kind.REVIEW, Kind.RECOMMENDATION, Kind.ACTION, Kind.RETURN)


def _body(root: strawberry.Parent[AwaitedRead]) -> Body | None:
    body: Body | None = root.batch.reading.partnership_frameworks.body(root.body)
    return body


def _subject(root: strawberry.Parent[AwaitedRead]) -> Any:
    return root.batch.once("subjects", lambda: _subjects_of(root.batch))[root.thing]


def _subjects_of(batch: Batch[AwaitedRead]) -> dict[UUID, Any]:
    subjects: dict[UUID, Any] = {}
    for kind in KINDS:
        subjects |= load_many(batch.reading, kind, dict.fromkeys(row.thing for row in batch.rows if row.kind == kind))
    return subjects


def _entry(row: AwaitedRead, queue: OversightQueue) -> EventJson | None:
    batch: Batch[AwaitedRead] = row.batch
    if row.entry is None or row.queue != queue:
        return None
    ids = batch.ids(lambda each: [each.entry])
    read = batch.once("entries", lambda: listed.by_id(batch.reading.query_context, ids))
    return EventJson.of(read[row.entry], batch.reading)


def _evidence(root: strawberry.Parent[AwaitedRead]) -> Evidence | None:
    event = _entry(root, OversightQueue.EVIDENCE_AWAITING)
    return Evidence.of(event) if event else None


def _extension(root: strawberry.Parent[AwaitedRead]) -> Extension | None:
    event = _entry(root, OversightQueue.EXTENSION_PENDING)
    return Extension.of(event) if event else None


def _response(root: strawberry.Parent[AwaitedRead]) -> RecommendationResponse | None:
    event = _entry(root, OversightQueue.NOT_ACCEPTED)
    return RecommendationResponse.of(event) if event else None


def _clock(root: strawberry.Parent[AwaitedRead]) -> Clock | None:
    event = _entry(root, OversightQueue.CLOCK_RUNNING) or _entry(root, OversightQueue.CLOCK_MISSED)
    return Clock.of(event) if event else None


def _duty(root: strawberry.Parent[AwaitedRead]) -> Duty | None:
    if root.queue != OversightQueue.DUTY_OUTSTANDING:
        return None
    read = root.batch.once("duties", lambda: _duties_of(root.batch))
    duty: Duty = read[root.entry]
    return duty


def _duties_of(batch: Batch[AwaitedRead]) -> dict[UUID, Any]:
    requested = batch.ids(lambda each: [each.entry] if each.queue == OversightQueue.DUTY_OUTSTANDING else [])
    return {row.entry: row for row in together(batch.reading, duties.by_id(batch.reading.query_context, requested))}


@documented
@strawberry.type
class OversightItem:
    """One thing that awaits a body, the chair or the business unit."""

    queue: OversightQueue
    """The queue that it stands in."""
    body: Body | None = strawberry.field(resolver=_body)
    """Null: it is the chair's, a duty of the chair or the business unit, or nothing monitors it."""
    subject: Node = strawberry.field(resolver=_subject)
    """The review, recommendation, action or return that it is about."""
    evidence: Evidence | None = strawberry.field(resolver=_evidence)
    """The evidence that awaits its verdict; null in queues about something else."""
    extension: Extension | None = strawberry.field(resolver=_extension)
    """The request that awaits its answer; null in queues about something else."""
    response: RecommendationResponse | None = strawberry.field(resolver=_response)
    """Of `NOT_ACCEPTED`: the answer; given by the due date it takes the recommendation out of its lead's lateness."""
    duty: Duty | None = strawberry.field(resolver=_duty)
    """Of `DUTY_OUTSTANDING`; `heldBy` says whether it is the chair's or the business unit's."""
    clock: Clock | None = strawberry.field(resolver=_clock)
    """Of `CLOCK_RUNNING` and `CLOCK_MISSED`."""
    since: date
    """
    From which day it waits: evidence's or a request's own day, the day impact fell due, the day it was raised, the day
    a duty arose, the day of the answer.
    """
    days: int
    """Days it has waited on the day asked about; they are the body's, and nobody else's."""
    due_on: date | None
    """The day by which it is to be done; null where none is set."""
    days_late: int
    """Days since `dueOn`; 0 without one."""
    chair_only: bool
    """Nobody who acted for the body was independent of the agencies concerned: the chair acts."""

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, AwaitedRead)


@documented
@strawberry.type
class OversightCount:
    """How much awaits a body in one queue."""

    body: Body | None
    """Null: it is the chair's, a duty of the chair or the business unit, or nothing monitors it."""
    queue: OversightQueue
    """The queue."""
    waiting: int
    """How many wait."""
    oldest_since: date
    """From which day the one that has waited longest waits."""
    longest_days: int
    """For how many days that one has waited."""
    late: int
    """How many are past the day by which they were to be done."""
    chair_only: int
    """Nobody who acted for the body was independent of the agencies concerned: the chair acts."""

    @classmethod
    def of(cls, row: AwaitedCounted, body: Body | None) -> "OversightCount":
        return cls(
            body=body,
            queue=OversightQueue(row.queue),
            waiting=row.waiting,
            oldest_since=row.oldest_since,
            longest_days=row.longest_days,
            late=row.late,
            chair_only=row.chair_only or 0,
        )


def _counts(root: strawberry.Parent["Oversight"], info: strawberry.Info) -> list[OversightCount]:
    read = root.count(selects(info, "chairOnly"))
    return [OversightCount.of(row, root.reading.partnership_frameworks.body(row.body)) for row in read]


def _waiting(
    root: strawberry.Parent["Oversight"],
    info: strawberry.Info,
    queues: Queues = strawberry.UNSET,
    chair_only: ChairOnly = strawberry.UNSET,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> Any:
    wanted = None if queues is None or queues is strawberry.UNSET else [queue.value for queue in queues]
    only = None if chair_only is strawberry.UNSET else chair_only
    return root.page(
        {"queues": wanted, "chair_only": only}, first, after, last, before, counted=selects(info, "totalCount")
    )


@documented
@strawberry.type
class Oversight:
    """What awaits those who oversee: counted, and listed."""

    reading: strawberry.Private[Any]
    count: strawberry.Private[Callable[[bool], list[AwaitedCounted]]]
    page: strawberry.Private[Callable[..., Any]]
    counts: list[OversightCount] = strawberry.field(resolver=_counts)
    """By body and queue, where anything waits; a claim of completion is evidence awaiting its verdict as well."""
    waiting: Connection[OversightItem] = strawberry.field(resolver=_waiting)
    """The longest waiting first."""
