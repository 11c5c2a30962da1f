"""An action as its own rules read it."""

from dataclasses import dataclass, field
from uuid import UUID

from domain.action.events import Raised
from domain.facts import Recorded
from domain.fast_replace import changed
from domain.lifecycle.events import BodiesSucceeded
from domain.lifecycle.evolve import evolve as evolve_life
from domain.lifecycle.reporting import Reported, Reporting, succeeded
from domain.lifecycle.state import Life
from domain.words import Kind

NOWHERE = UUID(int=0)


@dataclass(frozen=True)
class Action:
    life: Life = field(default_factory=lambda: Life(Kind.ACTION))
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
        return changed(action, life=life, reported=(*action.reported, succeeded(fact)))
    if not isinstance(fact, Raised):
        return changed(action, life=life)
    return changed(
        action,
        life=changed(life, raised_on=fact.happened_on),
        recommendation_id=fact.recommendation_id,
        review_id=fact.review_id,
        reference=fact.reference,
        follows=fact.follows,
        reported=(Reporting(fact.happened_on, fact.framework, fact.monitored_by), *action.reported),
    )
