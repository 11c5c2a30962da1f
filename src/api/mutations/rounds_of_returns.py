"""Rounds of returns: one command, and as many things as there are agencies."""

from typing import TYPE_CHECKING

from strawberry import UNSET

from api import global_id
from api.context import Context
from api.mutations.execute import execute
from api.mutations.payloads import ReturnsPayload
from api.things import found
from api.types.dissemination import together
from domain.catalogue import BY_MUTATION
from domain.words import Kind
from projections.returns.view import of_year

if TYPE_CHECKING:
    from api.mutations.inputs_of_returns import ReturnsCallInput, ReturnsJudgeInput


def call_returns(context: Context, input: "ReturnsCallInput") -> ReturnsPayload:
    done = execute(context, BY_MUTATION["returnsCall"], input)
    reading = context.now()
    agencies = input.agencies if input.agencies is not UNSET else None
    rows = [] if done.errors else together(reading, of_year(reading.asking, input.year, agencies or None))
    wanted = [row for row in rows if row.period == (input.period or 1)]
    return ReturnsPayload(yearly_returns=wanted, user_errors=done.errors, event_ids=done.event_ids(context))


def judge_returns(context: Context, input: "ReturnsJudgeInput") -> ReturnsPayload:
    """The returns in the order of their verdicts."""
    done = execute(context, BY_MUTATION["returnsJudge"], input)
    ids = [] if done.errors else [global_id.decode(each.id, Kind.RETURN).uuid for each in input.verdicts]
    rows = found(context.now(), Kind.RETURN, ids)
    return ReturnsPayload(
        yearly_returns=[rows[id] for id in ids if id in rows],
        user_errors=done.errors,
        event_ids=done.event_ids(context),
    )
