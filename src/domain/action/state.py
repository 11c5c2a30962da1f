"""An action as its own rules read it."""

from dataclasses import dataclass, field
from uuid import UUID

from domain.action.events import Raised
from domain.lifecycle.events import BodiesSucceeded
from domain.lifecycle.evolve import evolve as evolve_life
from domain.lifecycle.reporting_bodies import Reported, Reporting, succeeded
from domain.lifecycle.state import Lifecycle
from domain.shared.facts import Recorded, fast_replace
from domain.shared.vocabulary import Kind

NOWHERE = UUID(int=0)


@dataclass(frozen=True)
class Action:
    life: Lifecycle = field(default_factory=lambda: Lifecycle(Kind.ACTION))
    recommendation_id: UUID = NOWHERE
    review_id: UUID = NOWHERE
    reference: str = ""
    follows: UUID | None = None
    reported: Reported = ()

    @property
    def version(self) -> int:
        return self.life.version

    @property
    def reporting(self) -> Reporting:
        return self.reported[-1]


def evolve(action: Action, recorded: Recorded) -> Action:
    fact, life = recorded.fact, evolve_life(action.life, recorded)
    if isinstance(fact, BodiesSucceeded):
        return fast_replace(action, life=life, reported=(*action.reported, succeeded(fact)))
    if not isinstance(fact, Raised):
        return fast_replace(action, life=life)
    return fast_replace(
        action,
        life=fast_replace(life, raised_on=fact.happened_on),
        recommendation_id=fact.recommendation_id,
        review_id=fact.review_id,
        reference=fact.reference,
        follows=fact.follows,
        reported=(Reporting(fact.happened_on, fact.framework, fact.monitored_by), *action.reported),
    )
