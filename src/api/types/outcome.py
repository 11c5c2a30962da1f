"""How a recommendation or an action ended, and whether it made a difference."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import strawberry

from api.documented import documented
from api.types.actor import Actor
from api.types.telling import Told
from domain.words import ClosureOutcome, Impact

if TYPE_CHECKING:
    from api.types.review import Review


@documented
@strawberry.type
class Closure:
    """How a recommendation or an action was closed."""

    outcome: ClosureOutcome
    """Implemented, superseded, or not implemented."""
    reason: str | None
    """Why; needed for everything but implemented."""
    closed_on: date
    """The day of the closing."""
    by: Actor
    """Who closed it, and in which role."""
    completed_on: date | None
    """The day on which the work was complete, by the evidence that was accepted; null where none says it."""
    impact_due_on: date | None
    """By when it is to be verified whether it made a difference."""

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


def _evidenced_by(root: strawberry.Parent["ImpactFinding"]) -> Any:
    return root.reviews().get(UUID(root.review)) if root.review else None


@documented
@strawberry.type
class ImpactFinding:
    """Whether closed work made a difference: a fact of its own, beside that it was done."""

    review: strawberry.Private[str | None]
    reviews: strawberry.Private[Callable[[], Mapping[UUID, Any]]]
    finding: Impact
    """Embedded, partly embedded or not embedded."""
    measure: str
    """By which measure it was found."""
    narrative: str | None
    """What was seen."""
    verified_on: date
    """The day of the finding."""
    by: Actor
    """Who verified it, and in which role."""
    evidenced_by: Annotated["Review", strawberry.lazy("api.types.review")] | None = strawberry.field(
        resolver=_evidenced_by
    )
    """The review that gave the evidence, where the finding names one that you may see."""

    @classmethod
    def of(cls, told: Told, reviews: Callable[[], Mapping[UUID, Any]]) -> "ImpactFinding":
        """`reviews` are those that the finding and its siblings name, read when first asked for."""
        return cls(
            review=told.text("evidenced_by"),
            reviews=reviews,
            finding=Impact(told.given_text("finding")),
            measure=told.given_text("measure"),
            narrative=told.text("narrative"),
            verified_on=told.happened_on,
            by=told.by,
        )
