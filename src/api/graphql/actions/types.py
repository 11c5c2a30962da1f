"""An action by which a recommendation is carried out."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from api.graphql.agencies.types import Agency, Body
from api.graphql.descriptions import documented
from api.graphql.evidence.types import Evidence
from api.graphql.history.types import HistoryEntry
from api.graphql.lifecycle import resolvers as lifecycle
from api.graphql.lifecycle.types import Closure, Extension, ImpactFinding, Progress
from api.graphql.node import Node, action_id
from api.graphql.recommendations.types import Recommendation
from api.loaders.records import Batch, load_many
from domain.shared.vocabulary import Kind, Stage
from projections.queries.actions.query import ActionRead

if TYPE_CHECKING:
    from api.graphql.challenges.types import Challenge


def _recommendation(root: strawberry.Parent[ActionRead]) -> Any:
    batch: Batch[ActionRead] = root.batch
    ids = batch.ids(lambda each: [each.recommendation_id])
    above = batch.once("recommendation", lambda: load_many(batch.reading, Kind.RECOMMENDATION, ids))
    return above[root.recommendation_id]


@documented
@strawberry.type
class Action(Node):
    """
    What an agency does to carry out a recommendation: raised, assigned, evidenced, closed, and its impact verified.
    """

    id: strawberry.ID = strawberry.field(resolver=action_id)
    version: int
    """Counts the facts recorded about it; what `expectedVersion` takes."""
    reference: str
    """The number that people use, as `R0012/2`."""
    wording: str
    """What is to be done."""
    stage: Stage
    """How far it has come; a formal challenge stands beside the stage."""
    challenged: bool
    """Whether a formal challenge about it is open; it is then neither closed nor verified."""
    recommendation: Recommendation = strawberry.field(resolver=_recommendation)
    """The recommendation that it carries out."""
    lead_agency: Agency | None = strawberry.field(resolver=lifecycle.lead_agency)
    """The agency that leads it and answers for its due date; null before it is assigned."""
    contributing_agencies: list[Agency] = strawberry.field(resolver=lifecycle.contributing_agencies)
    """The agencies that contribute."""
    lead_officer: str | None
    """The officer who leads it in the lead agency."""
    monitored_by: list[Body] = strawberry.field(resolver=lifecycle.monitored_by)
    """The bodies that it reports through; the first decides about it."""
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
    overdue_against_original: bool
    """The same by the first due date."""
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
    measure_of_effectiveness: str | None
    """How it is to be seen that it made a difference."""
    history: list[HistoryEntry] = strawberry.field(resolver=lifecycle.history)
    """Every fact recorded about it, in order of recording."""

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, ActionRead)
