"""A recommendation as its own rules read it."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.changing import changed
from domain.facts import Recorded
from domain.lifecycle.events import BodiesSucceeded
from domain.lifecycle.evolve import evolve as evolve_life
from domain.lifecycle.reporting import Reported, Reporting, succeeded
from domain.lifecycle.state import Life
from domain.recommendation.events import ActionPlanned, Raised, Responded
from domain.words import Kind

NOWHERE = UUID(int=0)


@dataclass(frozen=True)
class Recommendation:
    life: Life = field(default_factory=lambda: Life(Kind.RECOMMENDATION))
    review_id: UUID = NOWHERE
    reference: str = ""
    themes: tuple[str, ...] = ()
    reported: Reported = ()
    response_due_on: date | None = None
    actions: tuple[UUID, ...] = ()
    references: frozenset[str] = frozenset()

    @property
    def version(self) -> int:
        return self.life.version

    @property
    def reporting(self) -> Reporting:
        return self.reported[-1]

    @property
    def may_answer(self) -> tuple[str, ...]:
        """Who is asked for a response: whom it is addressed to, and its lead."""
        return self.life.addressed_to if self.life.lead is None else (*self.life.addressed_to, self.life.lead)


def evolve(recommendation: Recommendation, recorded: Recorded) -> Recommendation:
    fact, life = recorded.fact, evolve_life(recommendation.life, recorded)
    if isinstance(fact, Raised):
        return _raised(recommendation, fact, life)
    if isinstance(fact, Responded):
        responses = {**life.responses, fact.agency: fact.answer}
        return changed(recommendation, life=changed(life, responses=responses))
    if isinstance(fact, BodiesSucceeded):
        return changed(recommendation, life=life, reported=(*recommendation.reported, succeeded(fact)))
    if isinstance(fact, ActionPlanned):
        return changed(
            recommendation,
            life=life,
            actions=(*recommendation.actions, fact.action_id),
            references=recommendation.references | {fact.reference},
        )
    return changed(recommendation, life=life)


def _raised(recommendation: Recommendation, fact: Raised, life: Life) -> Recommendation:
    return changed(
        recommendation,
        life=changed(life, raised_on=fact.happened_on, addressed_to=fact.addressed_to),
        review_id=fact.review_id,
        reference=fact.reference,
        themes=fact.themes,
        reported=(Reporting(fact.happened_on, fact.framework, fact.monitored_by), *recommendation.reported),
        response_due_on=fact.response_due_on,
    )
