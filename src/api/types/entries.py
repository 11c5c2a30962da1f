"""What is listed under a recommendation or an action: progress and extensions."""

from datetime import date, datetime

import strawberry

from api.types.actor import Actor
from api.types.agency import Agency
from api.types.enums import ExtensionAnswer
from api.types.telling import RECEIVED_FROM, WHOSE, Told
from domain.words import Rag


@strawberry.type
class Progress:
    happened_on: date
    recorded_at: datetime
    by: Actor
    agency: Agency | None = strawberry.field(description=WHOSE)
    received_from: str | None = strawberry.field(description=RECEIVED_FROM)
    narrative: str | None
    rag: Rag | None
    percent_complete: int | None
    rag_reason: str | None

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


LAPSED = "It was closed, assigned to another agency or transferred from this day on, before anybody had answered."


@strawberry.type
class Extension:
    id: strawberry.ID
    requested_on: date
    requested_by: Actor
    requested_until: date
    reason: str
    answer: ExtensionAnswer | None
    answered_on: date | None
    answered_by: Actor | None
    answer_reason: str | None
    granted_until: date | None
    lapsed_on: date | None = strawberry.field(description=LAPSED)

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
