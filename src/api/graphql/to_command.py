"""From an input to the domain's command: plain values, decoded ids, the kind of thing, an idempotency key."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson
from strawberry import UNSET

from api.graphql.arguments import camel_case
from api.relay import global_id
from api.relay.corrected_ids import as_kept
from domain.catalogue import Entry
from domain.challenge.commands import IssueChallenge
from domain.correction.commands import Correct
from domain.lifecycle.commands import LifecycleCommand
from domain.register import IdempotencyKey
from domain.shared.commands import Command
from domain.shared.identifiers import programme_of
from domain.shared.refusals import UnknownAttachment
from domain.shared.vocabulary import Kind

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
    things: tuple[tuple[Kind, UUID], ...]


def to_command(entry: Entry, input: object) -> Request:
    """Raises a refusal for an id of nothing, and pydantic's ValidationError for values that no command may have."""
    said = plain(input)
    kind, command = entry.kind, entry.command
    digest = sha256((entry.mutation or "").encode() + b"\0" + orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).digest()
    key = IdempotencyKey(said.pop("idempotency_key"), digest)
    if said.pop("attachments", None):
        raise UnknownAttachment("No upload has this id.", "attachments", "0")
    values = _with_ids(said, _ids_of(kind))
    if "event_id" in values:
        values["given_in"], values["event_id"] = values["event_id"]
    if command is IssueChallenge:
        values = _with_duties_and_clocks(values)
    if command is Correct:
        values["field"], values["new_value"] = as_kept(values["field"], values.get("new_value"))
    shared = {"kind": kind} if issubclass(command, LifecycleCommand | Correct) else {}
    return Request(command.model_validate(values | shared), key, _things(values, kind))


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


def _with_ids(said: Mapping[str, Any], ids: Mapping[str, tuple[str, ...]], *path: str) -> dict[str, Any]:
    """With every id decoded, also those in lists of inputs below."""
    return {
        name: _decoded(name, value, ids[name], *path, camel_case(name))
        if name in ids
        else _below(value, ids, *path, camel_case(name))
        for name, value in said.items()
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


def _things(values: Mapping[str, Any], kind: Kind) -> tuple[tuple[Kind, UUID], ...]:
    reviews = (values.get(name) for name in ("review_id", "follows_up", "referral_id"))
    named = [(kind, values.get("id")), *((Kind.REVIEW, id) for id in reviews)]
    named.append((Kind.RECOMMENDATION, values.get("recommendation_id")))
    if kind is Kind.PROGRAMME and "year" in values:
        named.append((kind, programme_of(values["year"])))
    return tuple((kind, id) for kind, id in named if id is not None)
