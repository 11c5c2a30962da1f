"""How a recommendation or an action ended, and whether it made a difference."""

from datetime import date

import strawberry

from api.types.actor import Actor
from api.types.telling import Told
from domain.words import ClosureOutcome, Impact


@strawberry.type
class Closure:
    outcome: ClosureOutcome
    reason: str | None
    closed_on: date
    by: Actor
    completed_on: date | None
    impact_due_on: date | None

    @classmethod
    def of(cls, told: Told) -> "Closure":
        return cls(
            outcome=ClosureOutcome(told.given_text("outcome")),
            reason=told.text("reason"),
            closed_on=told.happened_on,
            by=told.by,
            completed_on=told.day("completed_on"),
            impact_due_on=told.day("impact_due_on"),
        )


@strawberry.type
class ImpactFinding:
    finding: Impact
    measure: str
    narrative: str | None
    verified_on: date
    by: Actor

    @classmethod
    def of(cls, told: Told) -> "ImpactFinding":
        return cls(
            finding=Impact(told.given_text("finding")),
            measure=told.given_text("measure"),
            narrative=told.text("narrative"),
            verified_on=told.happened_on,
            by=told.by,
        )
