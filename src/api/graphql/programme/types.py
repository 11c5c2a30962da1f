"""The audit programme of a year."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

import strawberry

from api.graphql.descriptions import documented
from api.graphql.frameworks.review_kinds import ReviewKind
from api.graphql.history.types import HistoryEntry
from api.graphql.lifecycle.resolvers import history
from api.graphql.node import Node, opaque, programme_id
from api.graphql.reviews.types import Review
from api.graphql.themes.types import Theme
from api.loaders.records import Batch, load_many
from api.redaction import PUBLIC
from domain.shared.vocabulary import Kind, ReviewStage
from projections.queries.programmes.query import ProgrammeRead

COMPLETED = frozenset({ReviewStage.COMPLETED, ReviewStage.PUBLISHED, ReviewStage.WITHHELD})


@documented
@strawberry.enum
class AuditStage(StrEnum):
    """How far a place in the audit programme has come."""

    PLANNED = "PLANNED"
    """In the programme, not begun."""
    COMMISSIONED = "COMMISSIONED"
    """Its review has begun."""
    COMPLETED = "COMPLETED"
    """Its review is completed."""


@documented
@strawberry.type
class PlannedAudit:
    """`topic` and `plannedFor` are null for a review that was commissioned without having been planned."""

    id: strawberry.ID
    """What `plannedAudit` and `auditId` name."""
    kind: ReviewKind
    """The kind of review or audit."""
    topic: Theme | None
    """The theme that it is to be on."""
    planned_on: date | None
    """The day on which it was put into the programme."""
    planned_for: date | None
    """The day for which it was planned."""
    stage: AuditStage
    """Completed also once the review is published or withheld."""
    review: Review | None
    """The review that took the place; null until it is commissioned, or where you may not list it."""

    @classmethod
    def of(cls, place: Mapping[str, Any], review: Any, reading: Any) -> "PlannedAudit":
        return cls(
            id=opaque("audit", place["id"]),
            kind=reading.partnership_frameworks.kind_of(place["framework"], place["kind"]),
            topic=reading.themes.named(place["topic"]),
            planned_on=_day(place["planned_on"]),
            planned_for=_day(place["planned_for"]),
            stage=_stage(review),
            review=review,
        )


def _stage(review: Any) -> AuditStage:
    if review is None:
        return AuditStage.PLANNED
    return AuditStage.COMPLETED if review.stage in COMPLETED else AuditStage.COMMISSIONED


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _commissioned(batch: Batch[ProgrammeRead]) -> dict[UUID, Any]:
    """The reviews of all siblings that the asker may list."""
    ids = batch.ids(lambda row: [UUID(place["review"]) for place in row.places if place["review"]])
    read = batch.once("reviews", lambda: load_many(batch.reading, Kind.REVIEW, ids))
    return {id: review for id, review in read.items() if review.access in PUBLIC}


def _reviews(root: strawberry.Parent[ProgrammeRead]) -> list[Any]:
    seen = _commissioned(root.batch)
    own = (seen.get(UUID(place["review"])) for place in root.places if place["review"])
    return sorted((each for each in own if each), key=lambda each: (each.commissioned_on, each.reference))


def _audits(root: strawberry.Parent[ProgrammeRead]) -> list[PlannedAudit]:
    if root.access != "FULL":
        return []
    seen = _commissioned(root.batch)
    return [PlannedAudit.of(each, _taken(each, seen), root.batch.reading) for each in root.places]


def _taken(place: Mapping[str, Any], reviews: Mapping[UUID, Any]) -> Any:
    return reviews[UUID(place["review"])] if place["review"] else None


def _topics(root: strawberry.Parent[ProgrammeRead]) -> list[Theme]:
    return [root.batch.reading.themes[key] for key in root.topic_keys]


def _counted_kinds(root: strawberry.Parent[ProgrammeRead]) -> list[ReviewKind]:
    partnership_frameworks = root.batch.reading.partnership_frameworks
    return [partnership_frameworks.kind_of(root.framework_key, key) for key in root.kind_keys]


def _limit(root: strawberry.Parent[ProgrammeRead]) -> int | None:
    return root.limited_to


@documented
@strawberry.type
class AuditProgramme(Node):
    """The audits that a year is to bring."""

    id: strawberry.ID = strawberry.field(resolver=programme_id)
    version: int
    """Counts the facts recorded about it; what `expectedVersion` takes."""
    year: int
    """The calendar year that it is of, or in which its financial year begins."""
    agreed_on: date | None
    """The day of the latest agreement; null while it is a draft."""
    topics: list[Theme] = strawberry.field(resolver=_topics)
    """The themes of the year."""
    limit: int | None = strawberry.field(resolver=_limit)
    """How many reviews of `countedKinds` it holds at most; null where nothing limits it."""
    counted_kinds: list[ReviewKind] = strawberry.field(resolver=_counted_kinds)
    """The kinds of review that count towards the limit."""
    reviews: list[Review] = strawberry.field(resolver=_reviews)
    """The reviews that were commissioned under it, as far as you may list them, in the order of commissioning."""
    audits: list[PlannedAudit] = strawberry.field(resolver=_audits)
    """Its places, planned or taken; an agency sees none of them."""
    history: list[HistoryEntry] = strawberry.field(resolver=history)
    """Every fact recorded about it, in order of recording."""

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, ProgrammeRead)
