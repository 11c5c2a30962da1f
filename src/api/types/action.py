"""An action by which a recommendation is carried out."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from api.batches import Batch
from api.things import found
from api.types import living
from api.types.agency import Agency
from api.types.body import Body
from api.types.entries import Extension, Progress
from api.types.evidence import Evidence
from api.types.history import HistoryEntry
from api.types.node import Node, action_id
from api.types.outcome import Closure, ImpactFinding
from api.types.recommendation import Recommendation
from domain.words import Kind, Stage
from projections.actions.rows import ActionRead

if TYPE_CHECKING:
    from api.types.challenge import Challenge


def _recommendation(root: strawberry.Parent[ActionRead]) -> Any:
    batch: Batch[ActionRead] = root.batch
    ids = batch.ids(lambda each: [each.recommendation_id])
    above = batch.once("recommendation", lambda: found(batch.reading, Kind.RECOMMENDATION, ids))
    return above[root.recommendation_id]


@strawberry.type
class Action(Node):
    id: strawberry.ID = strawberry.field(resolver=action_id)
    version: int
    reference: str
    wording: str
    stage: Stage
    challenged: bool
    recommendation: Recommendation = strawberry.field(resolver=_recommendation)
    lead_agency: Agency | None = strawberry.field(resolver=living.lead_agency)
    contributing_agencies: list[Agency] = strawberry.field(resolver=living.contributing_agencies)
    lead_officer: str | None
    monitored_by: list[Body] = strawberry.field(resolver=living.monitored_by)
    original_due_on: date | None
    due_on: date | None
    due_on_corrected: bool
    overdue: bool
    days_overdue: int
    overdue_against_original: bool
    awaiting_review: bool
    progress: list[Progress] = strawberry.field(resolver=living.progress)
    evidence: list[Evidence] = strawberry.field(resolver=living.evidence)
    extensions: list[Extension] = strawberry.field(resolver=living.extensions)
    challenges: list[Annotated["Challenge", strawberry.lazy("api.types.challenge")]] = strawberry.field(
        resolver=living.challenges
    )
    closure: Closure | None = strawberry.field(resolver=living.closure)
    impact: ImpactFinding | None = strawberry.field(resolver=living.impact)
    impacts: list[ImpactFinding] = strawberry.field(resolver=living.impacts)
    measure_of_effectiveness: str | None
    history: list[HistoryEntry] = strawberry.field(resolver=living.history)

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, ActionRead)
