"""The one path of every mutation: input, command, register, and the thing as it is afterwards."""

from dataclasses import dataclass, replace
from typing import Any

import strawberry
from pydantic import ValidationError

from api.context import Context
from api.graphql.arguments import camel_case
from api.graphql.node import event_id
from api.graphql.payloads import UserError, payload
from api.graphql.to_command import Request, as_asked, to_command
from api.loaders.records import load_many, load_one
from api.monitoring.request_log import note_code
from domain.catalogue import Entry
from domain.register import Outcome
from domain.returns.commands import RaiseImprovements
from domain.review.commands import ConfirmLearning
from domain.shared.refusals import NotFound, ReadOnly, Refusal
from domain.shared.texts import as_a_sentence
from domain.shared.vocabulary import Kind, Role


@dataclass(frozen=True, slots=True)
class Done:
    """What a command did, or why it was refused."""

    outcome: Outcome | None
    errors: list[UserError]

    def event_ids(self, context: Context) -> list[strawberry.ID]:
        """Those of the facts that were recorded; of a replay, of those that were."""
        positions = self.outcome.positions if self.outcome else ()
        return [event_id(context.head.epoch, position) for position in positions]


def execute(context: Context, entry: Entry, input: object) -> Done:
    """One command, once; a refusal changes nothing."""
    context.release()
    try:
        request = to_command(entry, input)
    except Refusal as refusal:
        return Done(None, [_user_error(refusal)])
    except ValidationError as invalid:
        return Done(None, _user_errors(invalid, input))
    try:
        outcome = context.served.register.handle(request.command, context.caller, request.key)
    except ReadOnly as closed:
        context.retry_after = closed.retry_after
        return Done(None, [_user_error(closed)])
    except Refusal as refusal:
        return Done(None, [_user_error(_as_seen(context, request, refusal))])
    return Done(_about(request, outcome) if outcome else _unchanged(request), [])


def answer(context: Context, kind: Kind, done: Done) -> Any:
    """The payload of one command: the thing as it is now, as the caller sees it."""
    thing = load_one(context.now(), done.outcome.kind, done.outcome.id) if done.outcome else None
    return payload(kind, thing, done.errors, done.event_ids(context))


def answers(context: Context, kind: Kind, all_done: list[Done]) -> list[Any]:
    """The payloads of several commands, each recorded or refused by itself."""
    things = load_many(context.now(), kind, {done.outcome.id for done in all_done if done.outcome})
    return [
        payload(kind, things.get(done.outcome.id) if done.outcome else None, done.errors, done.event_ids(context))
        for done in all_done
    ]


def _about(request: Request, outcome: Outcome) -> Outcome:
    """What was confirmed is shown on the review that was named, wherever its learning was joined to another's.

    What became of improvement points is shown on the review in which they were raised.
    """
    match request.command:
        case ConfirmLearning() as command:
            return replace(outcome, id=command.review_id)
        case RaiseImprovements() as command:
            return replace(outcome, kind=Kind.REVIEW, id=command.id)
    return outcome


def _as_seen(context: Context, request: Request, refusal: Refusal) -> Refusal:
    """An agency learns nothing about what it may not see, not even why a command on it is refused."""
    if context.caller.role is not Role.AGENCY:
        return refusal
    hidden = any(load_one(context.now(), kind, id) is None for kind, id in request.things)
    return NotFound("There is no such thing, or you may not see it.", "id") if hidden else refusal


def _unchanged(request: Request) -> Outcome | None:
    """A command that says nothing new records nothing, and answers with the thing as it is."""
    return next((Outcome(kind, id, ()) for kind, id in request.things), None)


def _user_error(refusal: Refusal) -> UserError:
    note_code(refusal.code)
    return UserError(code=refusal.code, message=str(refusal), field=list(refusal.field) or None)


def _user_errors(invalid: ValidationError, input: object) -> list[UserError]:
    note_code("INVALID")
    return [
        UserError(
            code="INVALID",
            message=as_a_sentence(error),
            field=[camel_case(str(part)) for part in as_asked(input, error["loc"])],
        )
        for error in invalid.errors(include_url=False, include_input=False)
    ]
