"""A review or audit, from its commissioning to its publication."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import strawberry

from api.graphql.agencies.types import Agency, Body
from api.graphql.arguments import After, Before, First, Last
from api.graphql.clocks.types import Clock
from api.graphql.descriptions import documented
from api.graphql.dissemination.types import Dissemination, disseminations_of, duties_of
from api.graphql.duties.types import Duty
from api.graphql.frameworks.review_kinds import FrameworkText, ReviewKind
from api.graphql.frameworks.types import Framework
from api.graphql.history.types import HistoryEntry
from api.graphql.learning.types import LearningPoint, learning_points
from api.graphql.lifecycle.resolvers import history
from api.graphql.node import Node, review_id
from api.graphql.pages import below
from api.graphql.participation.types import ParticipationAnswer
from api.graphql.reviews.parts import Agreement, ReviewAdvice, ReviewCondition, ReviewCriterion, ReviewPrinciple
from api.graphql.themes.types import Theme
from api.loaders.entries import entries
from api.loaders.records import Batch, load_many
from api.redaction import LISTED, PUBLIC, WHOLE
from api.relay.connection import Connection
from domain.shared.vocabulary import JUDGEMENT, Kind, ReviewStage
from projections.queries.entries import query as listed
from projections.queries.reviews.query import ReviewRead

if TYPE_CHECKING:
    from api.graphql.recommendations.types import Recommendation


@documented
@strawberry.type
class ReviewSection:
    """A part of what a completed review says."""

    key: str
    """The section's key in the kind of review."""
    text: str
    """The review's own words."""


def _kind(root: strawberry.Parent[ReviewRead]) -> ReviewKind | None:
    if root.kind_key is None:
        return None
    shown: ReviewKind = root.batch.reading.partnership_frameworks.kind_of(root.framework_key, root.kind_key)
    return shown


def _framework(root: strawberry.Parent[ReviewRead]) -> Framework:
    shown: Framework = root.batch.reading.partnership_frameworks.framework(root.framework_key)
    return shown


def _reported_by(root: strawberry.Parent[ReviewRead]) -> Agency | None:
    return root.batch.reading.agencies.named(root.reported_by_key)  # type: ignore[no-any-return]


def _circumstances(root: strawberry.Parent[ReviewRead]) -> list[FrameworkText]:
    known = root.batch.reading.partnership_frameworks.frameworks[root.framework_key].circumstances
    return FrameworkText.each({key: known.get(key, key) for key in root.circumstance_keys})


def _monitored_by(root: strawberry.Parent[ReviewRead]) -> list[Body]:
    return [
        root.batch.reading.partnership_frameworks.body_of(root.bodies_of or root.framework_key, key)
        for key in root.bodies
    ]


def _agencies(root: strawberry.Parent[ReviewRead]) -> list[Agency]:
    return [root.batch.reading.agencies[key] for key in root.agency_keys]


def _agreements(root: strawberry.Parent[ReviewRead]) -> list[Agreement]:
    return [Agreement.of(event, root.framework_key) for event in entries(root, "agreement")]


def _participation(root: strawberry.Parent[ReviewRead]) -> list[ParticipationAnswer]:
    return [ParticipationAnswer.of(event) for event in entries(root, "participation")]


def _advice(root: strawberry.Parent[ReviewRead]) -> list[ReviewAdvice]:
    return [ReviewAdvice.of(event) for event in entries(root, "advice")]


def _clocks(root: strawberry.Parent[ReviewRead]) -> list[Clock]:
    return [Clock.of(event) for event in entries(root, "clock")]


def _learning(root: strawberry.Parent[ReviewRead]) -> list[LearningPoint]:
    batch: Batch[ReviewRead] = root.batch
    return batch.once("learning", lambda: _learning_of(batch))[root.thing]


def _learning_of(batch: Batch[ReviewRead]) -> dict[UUID, list[LearningPoint]]:
    ids = [row.thing for row in batch.rows]
    shown = {row.thing for row in batch.rows if row.access in LISTED["learning"]}
    uncounted = replace(batch.reading.query_context, count=lambda _: None)  # the points that are made of it are counted
    read = listed.of_things(uncounted, ids, "learning")
    points = learning_points(batch.reading, (entry for id in ids if id in shown for entry in read[id]))
    return {id: [point for point in points if point.review_id == id] for id in ids}


def _follows_up(root: strawberry.Parent[ReviewRead]) -> Any:
    batch: Batch[ReviewRead] = root.batch
    ids = batch.ids(lambda each: [each.follows_up_id])
    earlier = batch.once("follows_up", lambda: load_many(batch.reading, Kind.REVIEW, ids))
    return earlier.get(root.follows_up_id) if root.follows_up_id else None


def _checks(root: strawberry.Parent[ReviewRead]) -> list[Any]:
    batch: Batch[ReviewRead] = root.batch
    ids = batch.ids(lambda each: each.check_ids)
    checked = batch.once("checks", lambda: load_many(batch.reading, Kind.RECOMMENDATION, ids))
    return [checked[id] for id in root.check_ids if id in checked and checked[id].access in PUBLIC]


def _sections(root: strawberry.Parent[ReviewRead]) -> list[ReviewSection]:
    return [ReviewSection(key=each["key"], text=each["text"]) for each in root.section_texts]


def _judgement(root: strawberry.Parent[ReviewRead]) -> str | None:
    return next((str(each["text"]) for each in root.section_texts if each["key"] == JUDGEMENT), None)


def _principles(root: strawberry.Parent[ReviewRead]) -> list[ReviewPrinciple]:
    return ReviewPrinciple.from_sections(
        root.section_texts, root.batch.reading.partnership_frameworks.frameworks[root.framework_key]
    )


def _themes(root: strawberry.Parent[ReviewRead]) -> list[Theme]:
    return [root.batch.reading.themes[key] for key in root.theme_keys]


def _conditions(root: strawberry.Parent[ReviewRead]) -> list[ReviewCondition]:
    return ReviewCondition.of(_said_of_the_kind(root), root.conditions_met) if root.access in WHOLE else []


def _criteria(root: strawberry.Parent[ReviewRead]) -> list[ReviewCriterion]:
    return ReviewCriterion.of(_said_of_the_kind(root), root.criteria_met) if root.access in WHOLE else []


def _said_of_the_kind(root: ReviewRead) -> Any:
    framework = root.batch.reading.partnership_frameworks.frameworks[root.framework_key]
    return framework.kinds.get(root.kind_key) if root.kind_key else None


def _recommendations(
    root: strawberry.Parent[ReviewRead],
    info: strawberry.Info,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> Any:
    page = {"first": first, "after": after, "last": last, "before": before}
    return below(info, root, Kind.RECOMMENDATION, "in_review", "REFERENCE_ASC", **page)


@documented
@strawberry.type
class Review(Node):
    """A review or audit: from the referral of a case to its publication, with what it taught."""

    id: strawberry.ID = strawberry.field(resolver=review_id)
    version: int
    """Counts the facts recorded about it; what `expectedVersion` takes."""
    reference: str
    """The number that people use, as `SCR-2024-01`."""
    title: str
    """What it is called; never a child's name."""
    kind: ReviewKind | None = strawberry.field(resolver=_kind)
    """Its kind in the framework; null for a referral that named none."""
    stage: ReviewStage
    """How far it has come."""
    commissioned_on: date | None
    """The day on which it was commissioned; null before."""
    completed_on: date | None
    """The day on which it was completed; null before."""
    published_on: date | None
    """The day on which it was published; null before, and where publication is withheld."""
    publication_withheld_reason: str | None
    """Why it is not published; null again once it is, when its history still tells the reason."""
    lead_reviewer: str | None
    """Who leads it."""
    lead_reviewer_independent: bool | None
    """Judged when it was commissioned; null where the lead or who employs them is not known."""
    lead_reviewer_employer: str | None
    """Who employs the lead reviewer."""
    agencies: list[Agency] = strawberry.field(resolver=_agencies)
    """The agencies under review."""
    clocks: list[Clock] = strawberry.field(resolver=_clocks)
    """The time limits that run, or ran, for it."""
    learning: list[LearningPoint] = strawberry.field(resolver=_learning)
    """What it taught, in order of identification."""
    recommendations: Connection[Annotated["Recommendation", strawberry.lazy("api.graphql.recommendations.types")]] = (
        strawberry.field(resolver=_recommendations)
    )
    """The recommendations that arose from it, by reference."""
    history: list[HistoryEntry] = strawberry.field(resolver=history)
    """Every fact recorded about it, in order of recording."""
    disseminations: list[Dissemination] = strawberry.field(resolver=disseminations_of)
    """Those that brought any of its learning to somebody, be they recorded on another review."""
    duties: list[Duty] = strawberry.field(resolver=duties_of)
    """What follows from its disseminations; an agency sees its own."""
    agreements: list[Agreement] = strawberry.field(resolver=_agreements)
    """By whom it was agreed, and when."""
    mandated_by: str | None
    """Who asked for it."""
    aware_on: date | None
    """The day on which somebody became aware of the case."""
    published_url: str | None
    """Where its report can be read."""
    framework: Framework = strawberry.field(resolver=_framework)
    """The framework that it was commissioned under."""
    board_response: str | None
    """The board's response, published with it."""
    follows_up: "Review | None" = strawberry.field(resolver=_follows_up)
    """The earlier review that it follows up; null for most."""
    improvements: str | None
    """What is published instead of a review that is withheld; everybody reads it in `publishedImprovements`."""
    monitored_by: list[Body] = strawberry.field(resolver=_monitored_by)
    """The bodies that its recommendations report through; the first decides."""
    shared_reference: str | None
    """Its number with another partnership that shares it."""
    method: str | None
    """How it was conducted."""
    sections: list[ReviewSection] = strawberry.field(resolver=_sections)
    """What it says, section by section."""
    judgement: str | None = strawberry.field(resolver=_judgement)
    """What the section `judgement` says, in a word of the kind's where it lists some."""
    principles: list[ReviewPrinciple] = strawberry.field(resolver=_principles)
    """How principles and criteria of conduct were met, as sections keyed `principle-…` and `conduct-…` tell."""

    referred_on: date | None
    """The day on which the case was referred; null where it was commissioned without."""
    referred_by: str | None
    """Who referred it."""
    advice: list[ReviewAdvice] = strawberry.field(resolver=_advice)
    """What bodies advised about the referral."""
    declined_on: date | None
    """The day on which the chair decided against a review."""
    declined_reason: str | None
    """Why the chair decided so."""
    reported_by: Agency | None = strawberry.field(resolver=_reported_by)
    """The agency that referred the case itself, on becoming aware; null where the business unit did."""
    circumstances: list[FrameworkText] = strawberry.field(resolver=_circumstances)
    """Of the case as it was referred, in which it must always lead to a review."""
    commissioned_reason: str | None
    """Why something else was commissioned than was referred and advised, or was declined."""

    withheld_on: date | None
    """The day on which publication was withheld; it stays when the review is published later."""
    participation: list[ParticipationAnswer] = strawberry.field(resolver=_participation)
    """Who was invited to contribute, who did, how, and why not; nothing for an agency."""
    facilitator: str | None
    """Who facilitated it, where its kind is facilitated."""
    themes: list[Theme] = strawberry.field(resolver=_themes)
    """The themes that it is on."""
    stakeholders: list[str]
    """Whom its learning concerns: those that were named, or else the kind's."""
    conditions: list[ReviewCondition] = strawberry.field(resolver=_conditions)
    """Its kind's conditions, with how each was said to be met; empty for an agency."""
    criteria: list[ReviewCriterion] = strawberry.field(resolver=_criteria)
    """Its kind's criteria, with how each was said to be met; empty for an agency."""
    programme_year: int | None
    """The year of the audit programme in which it takes a place."""
    checks: list[Annotated["Recommendation", strawberry.lazy("api.graphql.recommendations.types")]] = strawberry.field(
        resolver=_checks
    )
    """The recommendations of which it checks what became."""

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, ReviewRead)
