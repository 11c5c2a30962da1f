"""What every command answers: the thing as it is now, why it was refused, and which facts were recorded."""

from typing import Any, TypeAlias

import strawberry

from api.types.action import Action
from api.types.challenge import Challenge
from api.types.programme import AuditProgramme
from api.types.recommendation import Recommendation
from api.types.review import Review
from api.types.yearly_return import YearlyReturn
from domain.words import Kind


@strawberry.type
class UserError:
    """A refusal: its code, a sentence, and the path to what is wrong in the input."""

    code: str
    message: str
    field: list[str] | None


@strawberry.type
class ReviewPayload:
    review: Review | None
    user_errors: list[UserError]
    event_ids: list[strawberry.ID]


@strawberry.type
class RecommendationPayload:
    recommendation: Recommendation | None
    user_errors: list[UserError]
    event_ids: list[strawberry.ID]


@strawberry.type
class ActionPayload:
    action: Action | None
    user_errors: list[UserError]
    event_ids: list[strawberry.ID]


@strawberry.type
class ActionBatchPayload:
    results: list[ActionPayload]


@strawberry.type
class ChallengePayload:
    challenge: Challenge | None
    user_errors: list[UserError]
    event_ids: list[strawberry.ID]


@strawberry.type
class ReturnPayload:
    yearly_return: YearlyReturn | None
    user_errors: list[UserError]
    event_ids: list[strawberry.ID]


@strawberry.type
class ReturnsPayload:
    yearly_returns: list[YearlyReturn]
    user_errors: list[UserError]
    event_ids: list[strawberry.ID]


@strawberry.type
class AuditProgrammePayload:
    audit_programme: AuditProgramme | None
    user_errors: list[UserError]
    event_ids: list[strawberry.ID]


Payload: TypeAlias = (
    type[ReviewPayload]
    | type[RecommendationPayload]
    | type[ActionPayload]
    | type[ChallengePayload]
    | type[ReturnPayload]
    | type[AuditProgrammePayload]
)
PAYLOADS: dict[Kind, Payload] = {
    Kind.REVIEW: ReviewPayload,
    Kind.RECOMMENDATION: RecommendationPayload,
    Kind.ACTION: ActionPayload,
    Kind.CHALLENGE: ChallengePayload,
    Kind.RETURN: ReturnPayload,
    Kind.PROGRAMME: AuditProgrammePayload,
}
SHOWN: dict[Kind, str] = {kind: kind.value for kind in PAYLOADS} | {
    Kind.RETURN: "yearly_return",
    Kind.PROGRAMME: "audit_programme",
}
"""Where the thing stands in the payload."""


def payload(kind: Kind, thing: Any, errors: list[UserError], event_ids: list[strawberry.ID]) -> Any:
    """The payload of a mutation about this kind of thing."""
    fields: dict[str, Any] = {SHOWN[kind]: thing, "user_errors": errors, "event_ids": event_ids}
    return PAYLOADS[kind](**fields)
