"""The root of writing: every mutation is a line that says what it takes and what it is about."""

from typing import Annotated, Any

import strawberry
from strawberry.tools import create_type
from strawberry.types.field import StrawberryField

from api.context import Context
from api.graphql.actions import inputs as action
from api.graphql.arguments import INPUT
from api.graphql.challenges import inputs as challenge
from api.graphql.credentials import inputs as credential
from api.graphql.execute import answer, answers, execute
from api.graphql.inputs import CorrectInput
from api.graphql.payloads import PAYLOADS, ActionBatchPayload, ReturnsPayload
from api.graphql.programme import inputs as programme
from api.graphql.recommendations import inputs as recommendation
from api.graphql.returns import inputs as returns
from api.graphql.returns.mutations import call_returns, judge_returns
from api.graphql.reviews import inputs as review
from domain.catalogue import BY_MUTATION, Entry
from domain.outcomes import possible_outcomes
from domain.shared.refusals import (
    IdempotencyKeyReused,
    Invalid,
    NotFound,
    NotPermitted,
    Refusal,
    TooLarge,
    UnknownAttachment,
    VersionConflict,
)
from domain.shared.vocabulary import Kind, Role

MUTATION = (
    "All that can be recorded. Each takes one input and is recorded whole or not at all; sent again under the same "
    "idempotency key it is recorded once, and answers with the facts of the first time."
)
BATCH = "actionSubmitEvidenceBatch"
LARGEST_BATCH = 100
BATCH_SAYS = "Evidence on up to 100 actions; each is recorded or refused by itself, under its own idempotency key."

CALL = "returnsCall"
CALL_SAYS = "Agencies are called to account for their standing duties; answers with their returns as they are then."

JUDGE = "returnsJudge"
JUDGE_SAYS = "The body that judges returns, or the chair, judges some of them, together or not at all."

OF_EVERY_COMMAND = {each.code for each in (Invalid, NotFound, NotPermitted, VersionConflict, IdempotencyKeyReused)}

ABOUT: dict[Kind, Any] = {
    Kind.REVIEW: review,
    Kind.RECOMMENDATION: recommendation,
    Kind.ACTION: action,
    Kind.CHALLENGE: challenge,
    Kind.RETURN: returns,
    Kind.PROGRAMME: programme,
    Kind.CREDENTIAL: credential,
}


def _field(entry: Entry, name: str) -> StrawberryField:
    def resolve(info: strawberry.Info[Context], input: Any) -> Any:
        return answer(info.context, entry.kind, execute(info.context, entry, input))

    resolve.__annotations__ |= {"input": Annotated[_input(name), INPUT], "return": PAYLOADS[entry.kind]}
    return _named(name, resolve)


def _input(name: str) -> Any:
    if name.endswith("Correct"):
        return CorrectInput
    return getattr(ABOUT[BY_MUTATION[name].kind], f"{name[0].upper()}{name[1:]}Input")


def _submit_evidence_batch(
    info: strawberry.Info[Context], input: Annotated[list[action.ActionSubmitEvidenceInput], INPUT]
) -> Any:
    if len(input) > LARGEST_BATCH:
        raise TooLarge(f"At most {LARGEST_BATCH} at once; {len(input)} were sent.", "input")
    all_done = [execute(info.context, BY_MUTATION[BATCH], each) for each in input]
    return ActionBatchPayload(results=answers(info.context, Kind.ACTION, all_done))


_submit_evidence_batch.__annotations__["return"] = ActionBatchPayload


def _call_returns(info: strawberry.Info[Context], input: Annotated[returns.ReturnsCallInput, INPUT]) -> Any:
    return call_returns(info.context, input)


def _judge_returns(info: strawberry.Info[Context], input: Annotated[returns.ReturnsJudgeInput, INPUT]) -> Any:
    return judge_returns(info.context, input)


_call_returns.__annotations__["return"] = ReturnsPayload
_judge_returns.__annotations__["return"] = ReturnsPayload
SPECIAL = {
    BATCH: (_submit_evidence_batch, BATCH_SAYS),
    CALL: (_call_returns, CALL_SAYS),
    JUDGE: (_judge_returns, JUDGE_SAYS),
}
"""What is about several things at once."""


def _named(name: str, resolve: Any, description: str | None = None) -> StrawberryField:
    words = f"{description or _input(name).__strawberry_definition__.description} {_sent_by_and_refused_with(name)}"
    field: StrawberryField = strawberry.mutation(resolver=resolve, name=name, description=words)
    field.python_name = name
    return field


def _sent_by_and_refused_with(name: str) -> str:
    """The roles that may send it, and the codes of what it may be refused with, as its decision has them."""
    entry = BY_MUTATION[name]
    command = entry.command
    roles = ", ".join(role.value for role in Role if role in entry.roles)
    codes = {each.code for each in possible_outcomes(command) if issubclass(each, Refusal) and each is not Refusal}
    if "attachments" in command.model_fields:
        codes.add(UnknownAttachment.code)
    return f"Sent by {roles}. Refused with {', '.join(sorted(codes | OF_EVERY_COMMAND))}."


def mutation_type() -> type:
    """All that the domain takes, in the contract's order."""
    fields = [
        _named(name, *SPECIAL[name]) if name in SPECIAL else _field(entry, name) for name, entry in BY_MUTATION.items()
    ]
    return create_type("Mutation", fields, description=MUTATION)
