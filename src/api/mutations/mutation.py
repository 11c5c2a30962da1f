"""The root of writing: every mutation is a line that says what it takes and what it is about."""

from typing import Any

import strawberry
from strawberry.tools import create_type
from strawberry.types.field import StrawberryField

from api.context import Context
from api.mutations import inputs_of_actions as action
from api.mutations import inputs_of_challenges as challenge
from api.mutations import inputs_of_programmes as programme
from api.mutations import inputs_of_recommendations as recommendation
from api.mutations import inputs_of_returns as returns
from api.mutations import inputs_of_reviews as review
from api.mutations.calling import call_returns, judge_returns
from api.mutations.carrying_out import carry_out, carry_out_each
from api.mutations.inputs import CorrectInput
from api.mutations.payloads import PAYLOADS, ActionBatchPayload, ReturnsPayload
from domain.mutations import MUTATIONS
from domain.refusals import TooLarge
from domain.words import Kind

BATCH = "actionSubmitEvidenceBatch"
LARGEST_BATCH = 100
BATCH_SAYS = "Evidence on up to 100 actions; each is recorded or refused by itself, under its own idempotency key."

CALL = "returnsCall"
CALL_SAYS = "Agencies are called to account for their standing duties; answers with their returns as they are then."

JUDGE = "returnsJudge"
JUDGE_SAYS = "The body that judges returns, or the chair, judges some of them, together or not at all."

ABOUT: dict[Kind, Any] = {
    Kind.REVIEW: review,
    Kind.RECOMMENDATION: recommendation,
    Kind.ACTION: action,
    Kind.CHALLENGE: challenge,
    Kind.RETURN: returns,
    Kind.PROGRAMME: programme,
}
FIRST_WORDS: dict[str, Kind] = {kind.value: kind for kind in ABOUT} | {"auditProgramme": Kind.PROGRAMME}


def kind_of(mutation: str) -> Kind:
    """What a mutation is about, from its first word; learning is a review's."""
    return next((kind for word, kind in FIRST_WORDS.items() if mutation.startswith(word)), Kind.REVIEW)


def _field(name: str) -> StrawberryField:
    kind = kind_of(name)

    def resolve(info: strawberry.Info[Context], input: Any) -> Any:
        return carry_out(info.context, name, kind, input)

    resolve.__annotations__ |= {"input": _input(name), "return": PAYLOADS[kind]}
    return _named(name, resolve)


def _input(name: str) -> Any:
    if name.endswith("Correct"):
        return CorrectInput
    return getattr(ABOUT[kind_of(name)], f"{name[0].upper()}{name[1:]}Input")


def _submit_evidence_batch(info: strawberry.Info[Context], input: list[action.ActionSubmitEvidenceInput]) -> Any:
    if len(input) > LARGEST_BATCH:
        raise TooLarge(f"At most {LARGEST_BATCH} at once; {len(input)} were sent.", "input")
    return ActionBatchPayload(results=carry_out_each(info.context, BATCH, Kind.ACTION, input))


_submit_evidence_batch.__annotations__["return"] = ActionBatchPayload


def _call_returns(info: strawberry.Info[Context], input: returns.ReturnsCallInput) -> Any:
    return call_returns(info.context, input)


def _judge_returns(info: strawberry.Info[Context], input: returns.ReturnsJudgeInput) -> Any:
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
    field: StrawberryField = strawberry.mutation(resolver=resolve, name=name, description=description)
    field.python_name = name
    return field


def mutation_type() -> type:
    """All that the domain takes, in the contract's order."""
    fields = [_named(name, *SPECIAL[name]) if name in SPECIAL else _field(name) for name in MUTATIONS]
    return create_type("Mutation", fields)
