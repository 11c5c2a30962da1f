"""A review or audit, from its commissioning to its publication."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import strawberry

from api.batches import Batch
from api.connection import Connection
from api.cutting import LISTED
from api.listed import entries
from api.things import found
from api.types.advice import ReviewAdvice
from api.types.agency import Agency
from api.types.agreement import Agreement
from api.types.body import Body
from api.types.clock import Clock
from api.types.connections import below
from api.types.disseminated import disseminations_of, duties_of
from api.types.dissemination import Dissemination
from api.types.duty import Duty
from api.types.framework import Framework, ReviewKind
from api.types.history import HistoryEntry
from api.types.learning import LearningPoint, learning_points
from api.types.living import history
from api.types.node import Node, review_id
from domain.words import Kind, ReviewStage
from projections.listed import view as listed
from projections.reviews.rows import ReviewRead

if TYPE_CHECKING:
    from api.types.recommendation import Recommendation


DISSEMINATIONS = "Those that brought any of its learning to somebody, be they recorded on another review."
DUTIES = "What follows from its disseminations; an agency sees its own."


@strawberry.type
class ReviewSection:
    key: str
    text: str


def _kind(root: strawberry.Parent[ReviewRead]) -> ReviewKind | None:
    if root.kind_key is None:
        return None
    shown: ReviewKind = root.batch.reading.framing.kind_of(root.framework_key, root.kind_key)
    return shown


def _framework(root: strawberry.Parent[ReviewRead]) -> Framework:
    shown: Framework = root.batch.reading.framing.framework(root.framework_key)
    return shown


def _monitored_by(root: strawberry.Parent[ReviewRead]) -> list[Body]:
    return [root.batch.reading.framing.body_of(root.framework_key, key) for key in root.bodies]


def _agencies(root: strawberry.Parent[ReviewRead]) -> list[Agency]:
    return [root.batch.reading.agencies[key] for key in root.agency_keys]


def _agreements(root: strawberry.Parent[ReviewRead]) -> list[Agreement]:
    return [Agreement.of(told, root.framework_key) for told in entries(root, "agreement")]


def _advice(root: strawberry.Parent[ReviewRead]) -> list[ReviewAdvice]:
    return [ReviewAdvice.of(told) for told in entries(root, "advice")]


def _clocks(root: strawberry.Parent[ReviewRead]) -> list[Clock]:
    return [Clock.of(told) for told in entries(root, "clock")]


def _learning(root: strawberry.Parent[ReviewRead]) -> list[LearningPoint]:
    batch: Batch[ReviewRead] = root.batch
    return batch.once("learning", lambda: _learning_of(batch))[root.thing]


def _learning_of(batch: Batch[ReviewRead]) -> dict[UUID, list[LearningPoint]]:
    ids = [row.thing for row in batch.rows]
    shown = {row.thing for row in batch.rows if row.access in LISTED["learning"]}
    read = listed.of_things(batch.reading.asking, ids, "learning")
    points = learning_points(batch.reading, (entry for id in ids if id in shown for entry in read[id]))
    return {id: [point for point in points if point.review_id == id] for id in ids}


def _follows_up(root: strawberry.Parent[ReviewRead]) -> Any:
    batch: Batch[ReviewRead] = root.batch
    ids = batch.ids(lambda each: [each.follows_up_id])
    earlier = batch.once("follows_up", lambda: found(batch.reading, Kind.REVIEW, ids))
    return earlier.get(root.follows_up_id) if root.follows_up_id else None


def _sections(root: strawberry.Parent[ReviewRead]) -> list[ReviewSection]:
    return [ReviewSection(key=each["key"], text=each["text"]) for each in root.section_texts]


def _recommendations(
    root: strawberry.Parent[ReviewRead],
    info: strawberry.Info,
    first: int | None = strawberry.UNSET,
    after: str | None = strawberry.UNSET,
) -> Any:
    return below(info, root, Kind.RECOMMENDATION, "in_review", "REFERENCE_ASC", first=first, after=after)


@strawberry.type
class Review(Node):
    id: strawberry.ID = strawberry.field(resolver=review_id)
    version: int
    reference: str
    title: str
    kind: ReviewKind | None = strawberry.field(resolver=_kind)
    stage: ReviewStage
    commissioned_on: date | None
    completed_on: date | None
    published_on: date | None
    publication_withheld_reason: str | None
    lead_reviewer: str | None
    lead_reviewer_independent: bool | None
    lead_reviewer_employer: str | None
    agencies: list[Agency] = strawberry.field(resolver=_agencies)
    clocks: list[Clock] = strawberry.field(resolver=_clocks)
    learning: list[LearningPoint] = strawberry.field(resolver=_learning)
    recommendations: Connection[Annotated["Recommendation", strawberry.lazy("api.types.recommendation")]] = (
        strawberry.field(resolver=_recommendations)
    )
    history: list[HistoryEntry] = strawberry.field(resolver=history)
    disseminations: list[Dissemination] = strawberry.field(resolver=disseminations_of, description=DISSEMINATIONS)
    duties: list[Duty] = strawberry.field(resolver=duties_of, description=DUTIES)
    agreements: list[Agreement] = strawberry.field(resolver=_agreements)
    mandated_by: str | None
    aware_on: date | None
    published_url: str | None
    framework: Framework = strawberry.field(resolver=_framework)
    board_response: str | None
    follows_up: "Review | None" = strawberry.field(resolver=_follows_up)
    improvements: str | None
    monitored_by: list[Body] = strawberry.field(resolver=_monitored_by)
    shared_reference: str | None
    method: str | None
    sections: list[ReviewSection] = strawberry.field(resolver=_sections)

    referred_on: date | None
    referred_by: str | None
    advice: list[ReviewAdvice] = strawberry.field(resolver=_advice)
    declined_on: date | None
    declined_reason: str | None

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, ReviewRead)
