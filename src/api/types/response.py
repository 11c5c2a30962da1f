"""Answers: an agency's to a recommendation, and to a formal challenge; what follows where they do not suffice."""

from datetime import date

import strawberry

from api.documented import documented
from api.types.actor import Actor
from api.types.agency import Agency
from api.types.telling import Told
from domain.words import Answer


@documented
@strawberry.type
class RecommendationResponse:
    """An agency's answer to a recommendation that is addressed to it."""

    answer: Answer
    """Accepted, accepted in principle or not accepted."""
    reason: str | None
    """Why; needed where it is not accepted."""
    responded_on: date
    """The day of the answer."""
    agency: Agency
    """Whose answer it is; `by` is who recorded it, which on paper is the business unit."""
    by: Actor
    """Who recorded it."""
    received_from: str | None
    """Whom it came from, where the business unit recorded it on paper."""

    @classmethod
    def of(cls, told: Told) -> "RecommendationResponse":
        return cls(
            answer=Answer(told.given_text("answer")),
            reason=told.text("reason"),
            responded_on=told.happened_on,
            agency=told.reading.agencies[told.given_text("agency")],
            by=told.by,
            received_from=told.text("received_from"),
        )


@documented
@strawberry.type
class ChallengeResponse:
    """An agency's answer to a formal challenge."""

    responded_on: date
    """The day of the answer."""
    by: Actor
    """Who recorded it."""
    agency: Agency
    """Whose answer it is; `by` is who recorded it, which on paper is the business unit."""
    narrative: str
    """What the agency answers."""
    level: int
    """The level at which it answered."""

    @classmethod
    def of(cls, told: Told) -> "ChallengeResponse":
        return cls(
            responded_on=told.happened_on,
            by=told.by,
            agency=told.reading.agencies[told.text("agency") or told.detail["by"]["agency"]],
            narrative=told.given_text("narrative"),
            level=told.number("level") or 1,
        )


@documented
@strawberry.type
class ChallengeEscalation:
    """A formal challenge taken to the next level of the route."""

    level: int
    """The level that it reached."""
    reason: str
    """Why it was escalated."""
    escalated_on: date
    """The day of the escalation."""
    response_due_on: date
    """The day by which the agency is to answer at that level."""
    by: Actor
    """Who escalated it."""

    @classmethod
    def of(cls, told: Told) -> "ChallengeEscalation":
        return cls(
            level=told.number("level") or 1,
            reason=told.given_text("reason"),
            escalated_on=told.happened_on,
            response_due_on=told.given_day("response_due_on"),
            by=told.by,
        )
