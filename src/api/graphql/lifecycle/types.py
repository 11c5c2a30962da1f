"""What recommendations and actions share: progress, extensions, how they ended and whether it made a difference."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import strawberry

from api.graphql.agencies.types import Actor, Agency
from api.graphql.descriptions import documented
from api.graphql.enums import ExtensionAnswer
from api.graphql.event_json import EventJson
from domain.shared.vocabulary import ClosureOutcome, Impact, Rag

if TYPE_CHECKING:
    from api.graphql.reviews.types import Review


# What is listed under a recommendation or an action: progress and extensions.


@documented
@strawberry.type
class Progress:
    """A report of how far the work has come."""

    happened_on: date
    """The day of the report."""
    recorded_at: datetime
    """The instant at which the register learned of it."""
    by: Actor
    """Who recorded it."""
    agency: Agency | None
    """
    Whose it is; `by` is who recorded it, which on paper is the business unit. Null only in what says it of nobody.
    """
    received_from: str | None
    """Whom it came from, where the business unit recorded it on paper."""
    narrative: str | None
    """What was done, in the agency's words."""
    rag: Rag | None
    """Confidence that it will be done in time: red, amber or green."""
    percent_complete: int | None
    """How much of it is done by the agency's own judgement, 0 to 100."""
    rag_reason: str | None
    """Why it is red, amber or green."""

    @classmethod
    def of(cls, event: EventJson) -> "Progress":
        return cls(
            happened_on=event.happened_on,
            recorded_at=event.noted_at,
            by=event.by,
            agency=event.agency(),
            received_from=event.text("received_from"),
            narrative=event.text("narrative"),
            rag=event.word("rag", Rag),
            percent_complete=event.number("percent_complete"),
            rag_reason=event.text("rag_reason"),
        )


@documented
@strawberry.type
class Extension:
    """A request for more time, and its answer."""

    id: strawberry.ID
    """Names the request."""
    requested_on: date
    """The day of the request."""
    requested_by: Actor
    """Who asked for it."""
    requested_until: date
    """The due day that was asked for."""
    reason: str
    """Why more time is needed."""
    answer: ExtensionAnswer | None
    """Granted or refused; null while it is pending or where it has lapsed."""
    answered_on: date | None
    """The day of the answer; an extension takes effect on it and erases no lateness before it."""
    answered_by: Actor | None
    """Who answered."""
    answer_reason: str | None
    """Why it was answered so."""
    granted_until: date | None
    """The due day that was granted; it may be another than was asked for."""
    lapsed_on: date | None
    """It was closed, assigned to another agency or transferred from this day on, before anybody had answered."""

    @classmethod
    def of(cls, event: EventJson) -> "Extension":
        return cls(
            id=event.id("extension"),
            requested_on=event.happened_on,
            requested_by=event.by,
            requested_until=event.given_day("until"),
            reason=event.given_text("reason"),
            answer=event.word("answer", ExtensionAnswer),
            answered_on=event.day("answered_on"),
            answered_by=event.actor("answered_by", "answered_on"),
            answer_reason=event.text("answer_reason"),
            granted_until=event.day("granted_until"),
            lapsed_on=event.day("lapsed_on"),
        )


# How a recommendation or an action ended, and whether it made a difference.


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
    def of(cls, event: EventJson) -> "Closure":
        return cls(
            outcome=ClosureOutcome(event.given_text("outcome")),
            reason=event.text("reason"),
            closed_on=event.happened_on,
            by=event.by,
            completed_on=event.day("completed_on"),
            impact_due_on=event.day("impact_due_on"),
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
    evidenced_by: Annotated["Review", strawberry.lazy("api.graphql.reviews.types")] | None = strawberry.field(
        resolver=_evidenced_by
    )
    """The review that gave the evidence, where the finding names one that you may see."""

    @classmethod
    def of(cls, event: EventJson, reviews: Callable[[], Mapping[UUID, Any]]) -> "ImpactFinding":
        """`reviews` are those that the finding and its siblings name, read when first asked for."""
        return cls(
            review=event.text("evidenced_by"),
            reviews=reviews,
            finding=Impact(event.given_text("finding")),
            measure=event.given_text("measure"),
            narrative=event.text("narrative"),
            verified_on=event.happened_on,
            by=event.by,
        )
