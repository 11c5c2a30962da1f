"""What every command answers: the thing as it is now, why it was refused, and which facts were recorded."""

from typing import Any, TypeAlias

import strawberry

from api.graphql.actions.types import Action
from api.graphql.challenges.types import Challenge
from api.graphql.credentials.types import Credential
from api.graphql.descriptions import documented
from api.graphql.programme.types import AuditProgramme
from api.graphql.recommendations.types import Recommendation
from api.graphql.returns.types import YearlyReturn
from api.graphql.reviews.types import Review
from domain.shared.refusals import Refusal
from domain.shared.vocabulary import Kind

CODES = (
    f"One of {', '.join(sorted(refusal.code for refusal in Refusal.__subclasses__()))}. Codes are added, never renamed."
)


@documented
@strawberry.type
class UserError:
    """A refusal: its code, a sentence, and the path to what is wrong in the input."""

    code: str = strawberry.field(description=CODES)
    message: str
    """What is wrong and what was expected, in a sentence."""
    field: list[str] | None
    """The path in the input, as `["dueOn"]` or `["sections", "1", "text"]`; null where nothing single is wrong."""


@documented
@strawberry.type
class ReviewPayload:
    """What came of a command about a review."""

    review: Review | None
    """The review as it is now; null where the command was refused."""
    user_errors: list[UserError]
    """Why it was refused; empty where it was taken."""
    event_ids: list[strawberry.ID]
    """The facts that were recorded; those of the first time where it was sent before."""


@documented
@strawberry.type
class RecommendationPayload:
    """What came of a command about a recommendation."""

    recommendation: Recommendation | None
    """The recommendation as it is now; null where the command was refused."""
    user_errors: list[UserError]
    """Why it was refused; empty where it was taken."""
    event_ids: list[strawberry.ID]
    """The facts that were recorded; those of the first time where it was sent before."""


@documented
@strawberry.type
class ActionPayload:
    """What came of a command about an action."""

    action: Action | None
    """The action as it is now; null where the command was refused."""
    user_errors: list[UserError]
    """Why it was refused; empty where it was taken."""
    event_ids: list[strawberry.ID]
    """The facts that were recorded; those of the first time where it was sent before."""


@documented
@strawberry.type
class ActionBatchPayload:
    """What came of each command of a batch."""

    results: list[ActionPayload]
    """One for each that was sent, in the order of sending."""


@documented
@strawberry.type
class ChallengePayload:
    """What came of a command about a formal challenge."""

    challenge: Challenge | None
    """The challenge as it is now; null where the command was refused."""
    user_errors: list[UserError]
    """Why it was refused; empty where it was taken."""
    event_ids: list[strawberry.ID]
    """The facts that were recorded; those of the first time where it was sent before."""


@documented
@strawberry.type
class ReturnPayload:
    """What came of a command about a return."""

    yearly_return: YearlyReturn | None
    """The return as it is now; null where the command was refused."""
    user_errors: list[UserError]
    """Why it was refused; empty where it was taken."""
    event_ids: list[strawberry.ID]
    """The facts that were recorded; those of the first time where it was sent before."""


@documented
@strawberry.type
class ReturnsPayload:
    """What came of a command about several returns."""

    yearly_returns: list[YearlyReturn]
    """The returns as they are now; none where the command was refused."""
    user_errors: list[UserError]
    """Why it was refused; empty where it was taken."""
    event_ids: list[strawberry.ID]
    """The facts that were recorded; those of the first time where it was sent before."""


@documented
@strawberry.type
class AuditProgrammePayload:
    """What came of a command about an audit programme."""

    audit_programme: AuditProgramme | None
    """The programme as it is now; null where the command was refused."""
    user_errors: list[UserError]
    """Why it was refused; empty where it was taken."""
    event_ids: list[strawberry.ID]
    """The facts that were recorded; those of the first time where it was sent before."""


@documented
@strawberry.type
class CredentialPayload:
    """What came of a command about a credential."""

    credential: Credential | None
    """The credential as it is now; null where the command was refused."""
    user_errors: list[UserError]
    """Why it was refused; empty where it was taken."""
    event_ids: list[strawberry.ID]
    """The facts that were recorded; those of the first time where it was sent before."""


Payload: TypeAlias = (
    type[ReviewPayload]
    | type[RecommendationPayload]
    | type[ActionPayload]
    | type[ChallengePayload]
    | type[ReturnPayload]
    | type[AuditProgrammePayload]
    | type[CredentialPayload]
)
PAYLOADS: dict[Kind, Payload] = {
    Kind.REVIEW: ReviewPayload,
    Kind.RECOMMENDATION: RecommendationPayload,
    Kind.ACTION: ActionPayload,
    Kind.CHALLENGE: ChallengePayload,
    Kind.RETURN: ReturnPayload,
    Kind.PROGRAMME: AuditProgrammePayload,
    Kind.CREDENTIAL: CredentialPayload,
}
SHOWN: dict[Kind, str] = {kind: kind.value for kind in PAYLOADS} | {
    Kind.RETURN: "yearly_return",
    Kind.PROGRAMME: "audit_programme",
}
"""Where the thing stands in the payload."""


def payload(kind: Kind, row: Any, errors: list[UserError], event_ids: list[strawberry.ID]) -> Any:
    """The payload of a mutation about this kind of thing."""
    fields: dict[str, Any] = {SHOWN[kind]: row, "user_errors": errors, "event_ids": event_ids}
    return PAYLOADS[kind](**fields)
