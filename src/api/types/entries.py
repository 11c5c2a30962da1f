"""What is listed under a recommendation or an action: progress and extensions."""

from datetime import date, datetime

import strawberry

from api.documented import documented
from api.types.actor import Actor
from api.types.agency import Agency
from api.types.enums import ExtensionAnswer
from api.types.telling import Told
from domain.words import Rag


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
    def of(cls, told: Told) -> "Progress":
        return cls(
            happened_on=told.happened_on,
            recorded_at=told.noted_at,
            by=told.by,
            agency=told.agency(),
            received_from=told.text("received_from"),
            narrative=told.text("narrative"),
            rag=told.word("rag", Rag),
            percent_complete=told.number("percent_complete"),
            rag_reason=told.text("rag_reason"),
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
    def of(cls, told: Told) -> "Extension":
        return cls(
            id=told.id("extension"),
            requested_on=told.happened_on,
            requested_by=told.by,
            requested_until=told.given_day("until"),
            reason=told.given_text("reason"),
            answer=told.word("answer", ExtensionAnswer),
            answered_on=told.day("answered_on"),
            answered_by=told.actor("answered_by", "answered_on"),
            answer_reason=told.text("answer_reason"),
            granted_until=told.day("granted_until"),
            lapsed_on=told.day("lapsed_on"),
        )
