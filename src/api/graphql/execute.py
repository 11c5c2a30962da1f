"""The one path of every mutation: input, command, register, and the thing as it is afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson
import strawberry
from pydantic import ValidationError
from strawberry import UNSET
from strawberry.utils.str_converters import to_camel_case

from api.context import Context
from api.graphql.credentials.queries import one as credential
from api.graphql.node import event_id
from api.graphql.payloads import UserError, payload
from api.loaders.records import load_many, load_one
from api.monitoring.request_log import note_code
from api.relay import global_id
from api.relay.corrected_ids import as_kept
from domain.catalogue import Entry
from domain.challenge.commands import IssueChallenge
from domain.correction.commands import Correct
from domain.lifecycle.commands import LifecycleCommand
from domain.register import IdempotencyKey, Outcome
from domain.returns.commands import RaiseImprovements
from domain.review.commands import ConfirmLearning
from domain.shared.commands import Command
from domain.shared.identifiers import programme_of
from domain.shared.refusals import NotFound, ReadOnly, Refusal, UnknownAttachment
from domain.shared.texts import as_a_sentence
from domain.shared.vocabulary import Kind, Role

SUBJECTS = (Kind.REVIEW.value, Kind.RECOMMENDATION.value, Kind.ACTION.value, Kind.RETURN.value)
KINDS_OF_IDS: Mapping[str, tuple[str, ...]] = {
    "review_id": ("review",),
    "recommendation_id": ("recommendation",),
    "follows_up": ("review",),
    "referral_id": ("review",),
    "evidence_id": ("evidence",),
    "duty_id": ("duty",),
    "duty_ids": ("duty",),
    "learning_id": ("learning",),
    "event_id": ("fact",),
    "learning": ("learning",),
    "checks": ("recommendation",),
    "evidenced_by": ("review",),
    "returns": ("return",),
    "planned_audit": ("audit",),
    "audit_id": ("audit",),
    "subjects": SUBJECTS,
    "arisen_from": (Kind.REVIEW.value, Kind.RETURN.value),
}


OF_SEVERAL_KINDS = frozenset({"subjects", "arisen_from"})


@dataclass(frozen=True, slots=True)
class Request:
    """A command with its key, and the things that the caller must be able to see to send it."""

    command: Command
    key: IdempotencyKey
    named: tuple[tuple[Kind, UUID], ...]


def to_command(entry: Entry, input: object) -> Request:
    """Raises a refusal for an id of nothing, and pydantic's ValidationError for values that no command may have."""
    plain_input = plain(input)
    kind, command = entry.kind, entry.command
    digest = sha256(
        (entry.mutation or "").encode() + b"\0" + orjson.dumps(plain_input, option=orjson.OPT_SORT_KEYS)
    ).digest()
    key = IdempotencyKey(plain_input.pop("idempotency_key"), digest)
    attachments = [_upload(id, nth) for nth, id in enumerate(plain_input.pop("attachments", ()))]
    values = _with_ids(plain_input, _ids_of(kind)) | ({"attachments": attachments} if attachments else {})
    if "event_id" in values:
        values["given_in"], values["event_id"] = values["event_id"]
    if command is IssueChallenge:
        values = _with_duties_and_clocks(values)
    if command is Correct:
        values["field"], values["new_value"] = as_kept(values["field"], values.get("new_value"))
    shared = {"kind": kind} if issubclass(command, LifecycleCommand | Correct) else {}
    return Request(command.model_validate(values | shared), key, _named_subjects(values, kind))


def _upload(id: str, nth: int) -> UUID:
    """Raises `UnknownAttachment` for what is no id of an upload, as for one that is nobody's."""
    try:
        return global_id.decode(id, "attachment").uuid
    except NotFound as unknown:
        raise UnknownAttachment("No upload has this id.", "attachments", str(nth)) from unknown


def _with_duties_and_clocks(values: dict[str, Any]) -> dict[str, Any]:
    """They are subjects as well, each within the review or return that it belongs to."""
    subjects = [*values["subjects"]]
    subjects += [each["arisen_from"] | {"duty": each["duty_id"]} for each in values.get("duties", ())]
    subjects += [
        {"kind": Kind.REVIEW, "id": each["review_id"], "clock": each["clock"]} for each in values.get("clocks", ())
    ]
    rest = {name: value for name, value in values.items() if name not in {"duties", "clocks"}}
    return rest | {"subjects": subjects}


def as_asked(input: object, place: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """Where the input has what a command has in this place: duties and clocks are among the subjects of a challenge."""
    match place:
        case ("subjects", int(nth), *rest):
            for name in ("subjects", "duties", "clocks"):
                listed = getattr(input, name, None) or ()
                if nth < len(listed):
                    return (name, nth, *rest)
                nth -= len(listed)
    return place


def plain(value: Any) -> Any:
    """Dictionaries, lists and values; what is null or left out is not there."""
    match value:
        case str() | int() | date() | UUID() | None if not isinstance(value, Enum):
            return value
        case Enum():
            return value.value
        case list():
            return [plain(each) for each in value]
    return {name: plain(each) for name, each in vars(value).items() if each is not None and each is not UNSET}


def _ids_of(kind: Kind) -> Mapping[str, tuple[str, ...]]:
    return {**KINDS_OF_IDS, "id": (kind.value,)}


def _with_ids(values: Mapping[str, Any], ids: Mapping[str, tuple[str, ...]], *path: str) -> dict[str, Any]:
    """With every id decoded, also those in lists of inputs below."""
    return {
        name: _decoded(name, value, ids[name], *path, to_camel_case(name))
        if name in ids
        else _below(value, ids, *path, to_camel_case(name))
        for name, value in values.items()
    }


def _below(value: Any, ids: Mapping[str, tuple[str, ...]], *path: str) -> Any:
    match value:
        case dict():
            return _with_ids(value, ids, *path)
        case list():
            return [_below(each, ids, *path, str(nth)) for nth, each in enumerate(value)]
    return value


def _decoded(name: str, value: Any, kinds: tuple[str, ...], *field: str) -> Any:
    if name == "event_id":
        return global_id.decode(value, *kinds, field=field).place
    if isinstance(value, list):
        return [
            _named(name, global_id.decode(each, *kinds, field=(*field, str(nth)))) for nth, each in enumerate(value)
        ]
    return _named(name, global_id.decode(value, *kinds, field=field))


def _named(name: str, found: global_id.GlobalId) -> Any:
    """What may be of several kinds is named with its kind."""
    return {"kind": found.kind, "id": found.uuid} if name in OF_SEVERAL_KINDS else found.uuid


def _named_subjects(values: Mapping[str, Any], kind: Kind) -> tuple[tuple[Kind, UUID], ...]:
    reviews = (values.get(name) for name in ("review_id", "follows_up", "referral_id"))
    named = [(kind, values.get("id")), *((Kind.REVIEW, id) for id in reviews)]
    named.append((Kind.RECOMMENDATION, values.get("recommendation_id")))
    if kind is Kind.PROGRAMME and "year" in values:
        named.append((kind, programme_of(values["year"])))
    return tuple((kind, id) for kind, id in named if id is not None)


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
    row = _as_it_is(context, done.outcome) if done.outcome else None
    return payload(kind, row, done.errors, done.event_ids(context))


def _as_it_is(context: Context, outcome: Outcome) -> Any:
    if outcome.kind is Kind.CREDENTIAL:
        return credential(context.now(), outcome.id)
    return load_one(context.now(), outcome.kind, outcome.id)


def answers(context: Context, kind: Kind, all_done: list[Done]) -> list[Any]:
    """The payloads of several commands, each recorded or refused by itself."""
    named = load_many(context.now(), kind, {done.outcome.id for done in all_done if done.outcome})
    return [
        payload(kind, named.get(done.outcome.id) if done.outcome else None, done.errors, done.event_ids(context))
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
    things = ((kind, id) for kind, id in request.named if kind is not Kind.CREDENTIAL)
    hidden = any(load_one(context.now(), kind, id) is None for kind, id in things)
    return NotFound("There is no such thing, or you may not see it.", "id") if hidden else refusal


def _unchanged(request: Request) -> Outcome | None:
    """A command that says nothing new records nothing, and answers with the thing as it is."""
    return next((Outcome(kind, id, ()) for kind, id in request.named), None)


def _user_error(refusal: Refusal) -> UserError:
    note_code(refusal.code)
    return UserError(code=refusal.code, message=str(refusal), field=list(refusal.field) or None)


def _user_errors(invalid: ValidationError, input: object) -> list[UserError]:
    note_code("INVALID")
    return [
        UserError(
            code="INVALID",
            message=as_a_sentence(error),
            field=[to_camel_case(str(part)) for part in as_asked(input, error["loc"])],
        )
        for error in invalid.errors(include_url=False, include_input=False)
    ]
