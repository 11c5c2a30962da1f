"""A recommendation that arose from a review or audit."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import strawberry

from api.graphql.agencies.types import Actor, Agency, Body
from api.graphql.arguments import After, Before, First, Last
from api.graphql.clocks.types import Clock
from api.graphql.descriptions import documented
from api.graphql.event_json import EventJson
from api.graphql.evidence.types import Evidence
from api.graphql.history.types import HistoryEntry
from api.graphql.learning.types import LearningPoint, learning_points
from api.graphql.lifecycle import resolvers as lifecycle
from api.graphql.lifecycle.types import Closure, Extension, ImpactFinding, Progress
from api.graphql.node import Node, recommendation_id
from api.graphql.pages import below
from api.graphql.reviews.types import Review
from api.graphql.themes.types import Theme
from api.loaders.entries import entries, reviews_named
from api.loaders.records import Batch
from api.redaction import PUBLIC
from api.relay.connection import Connection
from domain.shared.vocabulary import Answer, Kind, Stage
from projections.queries.entries import query as listed
from projections.queries.recommendations.query import RecommendationRead

if TYPE_CHECKING:
    from api.graphql.actions.types import Action
    from api.graphql.challenges.types import Challenge


@documented
@strawberry.type
class RecommendationResponse:
    """An agency's answer to a recommendation that is addressed to it."""

    answer: Answer
    """Accepted, accepted in principle or not accepted."""
    reason: str | None
    """Why; needed where it is not accepted."""
    responded_on: date
    """The day of the answer."""
    agency: Agency
    """Whose answer it is; `by` is who recorded it, which on paper is the business unit."""
    by: Actor
    """Who recorded it."""
    received_from: str | None
    """Whom it came from, where the business unit recorded it on paper."""

    @classmethod
    def of(cls, event: EventJson) -> "RecommendationResponse":
        return cls(
            answer=Answer(event.given_text("answer")),
            reason=event.text("reason"),
            responded_on=event.happened_on,
            agency=event.reading.agencies[event.given_text("agency")],
            by=event.by,
            received_from=event.text("received_from"),
        )


def _review(root: strawberry.Parent[RecommendationRead]) -> Any:
    return lifecycle.review_above(root)


def _themes(root: strawberry.Parent[RecommendationRead]) -> list[Theme]:
    return [root.batch.reading.themes[key] for key in root.theme_keys]


def _draft_for(root: strawberry.Parent[RecommendationRead]) -> list[Agency]:
    return [root.batch.reading.agencies[key] for key in root.draft_for_keys]


def _addressed_to(root: strawberry.Parent[RecommendationRead]) -> list[Agency]:
    return [root.batch.reading.agencies[key] for key in root.addressees]


def _learning(root: strawberry.Parent[RecommendationRead]) -> list[LearningPoint]:
    batch: Batch[RecommendationRead] = root.batch
    points = batch.once("learning", lambda: _learning_of(batch))
    return [points[id] for id in map(str, root.learning_ids) if id in points]


def _learning_of(batch: Batch[RecommendationRead]) -> dict[str, LearningPoint]:
    ids = batch.ids(lambda each: each.learning_ids)
    read = listed.by_id(batch.reading.query_context, ids) if ids else {}
    points = learning_points(batch.reading, read.values())
    return dict(zip(map(str, read), points, strict=True))


def _responses(root: strawberry.Parent[RecommendationRead]) -> list[RecommendationResponse]:
    in_order = sorted(entries(root, "response"), key=lambda event: event.happened_on)
    return [RecommendationResponse.of(event) for event in in_order]


def _response(root: strawberry.Parent[RecommendationRead]) -> RecommendationResponse | None:
    own = (event for event in entries(root, "response") if event.entry == root.lead_response)
    return next((RecommendationResponse.of(event) for event in own), None)


def _clocks(root: strawberry.Parent[RecommendationRead]) -> list[Clock]:
    return [Clock.of_a_response(detail, root.batch.reading) for detail in root.clock_details]


def _checked_by(root: strawberry.Parent[RecommendationRead]) -> list[Any]:
    marks = entries(root, "check")
    seen = reviews_named(root.batch, "check", "checked_by") if marks else {}
    checking = (seen.get(UUID(event.given_text("checked_by"))) for event in marks)
    return [review for review in checking if review is not None and review.access in PUBLIC]


def _actions(
    root: strawberry.Parent[RecommendationRead],
    info: strawberry.Info,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> Any:
    page = {"first": first, "after": after, "last": last, "before": before}
    return below(info, root, Kind.ACTION, "under", "REFERENCE_ASC", **page)


@documented
@strawberry.type
class Recommendation(Node):
    """What a review asks to be done: raised, assigned, evidenced, closed, and its impact verified."""

    id: strawberry.ID = strawberry.field(resolver=recommendation_id)
    version: int
    """Counts the facts recorded about it; what `expectedVersion` takes."""
    reference: str
    """The number that people use, as `R0012`."""
    wording: str
    """What is recommended."""
    stage: Stage
    """How far it has come; a formal challenge stands beside the stage."""
    challenged: bool
    """Whether a formal challenge about it is open; it is then neither closed nor verified."""
    review: Review = strawberry.field(resolver=_review)
    """The review that it arose from."""
    learning: list[LearningPoint] = strawberry.field(resolver=_learning)
    """The points of learning that it answers."""
    themes: list[Theme] = strawberry.field(resolver=_themes)
    """The themes that it is coded to; by them it is found to recur."""
    need: str | None
    """Why it is needed."""
    means_of_improvement: str | None
    """By which means improvement is to come."""
    measure_of_effectiveness: str | None
    """How it is to be seen that it made a difference."""
    lead_agency: Agency | None = strawberry.field(resolver=lifecycle.lead_agency)
    """The agency that leads it and answers for its due date; null before it is assigned."""
    contributing_agencies: list[Agency] = strawberry.field(resolver=lifecycle.contributing_agencies)
    """The agencies that contribute."""
    lead_officer: str | None
    """The officer who leads it in the lead agency."""
    addressed_to: list[Agency] = strawberry.field(resolver=_addressed_to)
    """The agencies that are asked for their answer; a lead is not asked about what was found in its own return."""
    draft: bool
    """Until its review is agreed by whoever must agree it; a draft is addressed to nobody and not assigned."""
    draft_for: list[Agency] = strawberry.field(resolver=_draft_for)
    """Whom a draft will be addressed to."""
    monitored_by: list[Body] = strawberry.field(resolver=lifecycle.monitored_by)
    """The bodies that it reports through; the first decides about it."""
    response: RecommendationResponse | None = strawberry.field(resolver=_response)
    """Its lead's own latest answer; null before it. What an agency answered goes on with the one it went on in."""
    responses: list[RecommendationResponse] = strawberry.field(resolver=_responses)
    """Of every agency that was asked, in the order of their days; a later answer supersedes its own earlier one."""
    response_due_on: date | None
    """By when the answer is to be given; null where no day was set."""
    response_overdue: bool
    """Whether an answer is late on the day asked about."""
    clocks: list[Clock] = strawberry.field(resolver=_clocks)
    """
    One for each agency that is asked for its answer: stopped by its first answer, or by the closing. An agency that is
    asked once `responseDueOn` has passed has as many days as were given at first.
    """
    original_due_on: date | None
    """The first due date that was set, kept for good; null before assignment."""
    due_on: date | None
    """The day by which it is to be done, as extended; null before assignment."""
    due_on_corrected: bool
    """Whether the due date was put right by a correction."""
    overdue: bool
    """Open past the due date on the day asked about, and neither complete nor claimed to be by then."""
    days_overdue: int
    """Days past the due date; 0 where it is not overdue."""
    awaiting_review: bool
    """Whether evidence awaits its verdict; those days are the monitoring body's."""
    progress: list[Progress] = strawberry.field(resolver=lifecycle.progress)
    """The reports of progress, the earliest first."""
    evidence: list[Evidence] = strawberry.field(resolver=lifecycle.evidence)
    """The evidence submitted, the earliest first."""
    extensions: list[Extension] = strawberry.field(resolver=lifecycle.extensions)
    """The requests for more time, the earliest first."""
    challenges: list[Annotated["Challenge", strawberry.lazy("api.graphql.challenges.types")]] = strawberry.field(
        resolver=lifecycle.challenges
    )
    """The formal challenges about it, the latest first."""
    closure: Closure | None = strawberry.field(resolver=lifecycle.closure)
    """How it was closed; null while it is open."""
    impact: ImpactFinding | None = strawberry.field(resolver=lifecycle.impact)
    """The finding that stands; null before one, and once it is closed or reopened anew."""
    impacts: list[ImpactFinding] = strawberry.field(resolver=lifecycle.impacts)
    """Every finding, the earliest first."""
    actions: Connection[Annotated["Action", strawberry.lazy("api.graphql.actions.types")]] = strawberry.field(
        resolver=_actions
    )
    """The actions by which it is carried out, by reference."""
    history: list[HistoryEntry] = strawberry.field(resolver=lifecycle.history)
    """Every fact recorded about it, in order of recording."""
    checked_by: list[Review] = strawberry.field(resolver=_checked_by)
    """The reviews that were commissioned to check what became of it, in the order of commissioning."""

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, RecommendationRead)
