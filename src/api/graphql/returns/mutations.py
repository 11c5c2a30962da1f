"""Rounds of returns: one command, and as many things as there are agencies."""

from typing import TYPE_CHECKING

from strawberry import UNSET

from api.context import Context
from api.graphql.dissemination.types import together
from api.graphql.execute import execute
from api.graphql.payloads import ReturnsPayload
from api.loaders.records import load_many
from api.relay import global_id
from domain.catalogue import BY_MUTATION
from domain.shared.vocabulary import Kind
from projections.queries.returns.query import of_year

if TYPE_CHECKING:
    from api.graphql.returns.inputs import ReturnsCallInput, ReturnsJudgeInput


def call_returns(context: Context, input: "ReturnsCallInput") -> ReturnsPayload:
    done = execute(context, BY_MUTATION["returnsCall"], input)
    reading = context.now()
    agencies = input.agencies if input.agencies is not UNSET else None
    rows = [] if done.errors else together(reading, of_year(reading.query_context, input.year, agencies or None))
    wanted = [row for row in rows if row.period == (input.period or 1)]
    return ReturnsPayload(yearly_returns=wanted, user_errors=done.errors, event_ids=done.event_ids(context))


def judge_returns(context: Context, input: "ReturnsJudgeInput") -> ReturnsPayload:
    """The returns in the order of their verdicts."""
    done = execute(context, BY_MUTATION["returnsJudge"], input)
    ids = [] if done.errors else [global_id.decode(each.id, Kind.RETURN).uuid for each in input.verdicts]
    rows = load_many(context.now(), Kind.RETURN, ids)
    return ReturnsPayload(
        yearly_returns=[rows[id] for id in ids if id in rows],
        user_errors=done.errors,
        event_ids=done.event_ids(context),
    )
