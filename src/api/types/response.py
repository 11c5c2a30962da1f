"""Answers: an agency's to a recommendation, and to a formal challenge; what follows where they do not suffice."""

from datetime import date

import strawberry

from api.types.actor import Actor
from api.types.agency import Agency
from api.types.telling import RECEIVED_FROM, Told
from domain.words import Answer

ANSWERED_BY = "Whose answer it is; `by` is who recorded it, which on paper is the business unit."


@strawberry.type
class RecommendationResponse:
    answer: Answer
    reason: str | None
    responded_on: date
    agency: Agency = strawberry.field(description=ANSWERED_BY)
    by: Actor
    received_from: str | None = strawberry.field(description=RECEIVED_FROM)

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


@strawberry.type
class ChallengeResponse:
    responded_on: date
    by: Actor
    agency: Agency = strawberry.field(description=ANSWERED_BY)
    narrative: str
    level: int

    @classmethod
    def of(cls, told: Told) -> "ChallengeResponse":
        return cls(
            responded_on=told.happened_on,
            by=told.by,
            agency=told.reading.agencies[told.text("agency") or told.detail["by"]["agency"]],
            narrative=told.given_text("narrative"),
            level=told.number("level") or 1,
        )


@strawberry.type
class ChallengeEscalation:
    level: int
    reason: str
    escalated_on: date
    response_due_on: date
    by: Actor

    @classmethod
    def of(cls, told: Told) -> "ChallengeEscalation":
        return cls(
            level=told.number("level") or 1,
            reason=told.given_text("reason"),
            escalated_on=told.happened_on,
            response_due_on=told.given_day("response_due_on"),
            by=told.by,
        )
