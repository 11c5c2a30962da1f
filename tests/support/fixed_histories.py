"""The same random facts of things, today and in years: drawn by digests from the stored example of every fact."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from types import UnionType
from typing import Any, get_args
from uuid import UUID

from pydantic import ValidationError

from domain.correction.events import Corrected
from domain.duties.events import DutiesConfirmed
from domain.duties.state import duty_id
from domain.event_names import CLASSES, decode
from domain.shared.facts import Fact, Recorded
from domain.shared.vocabulary import Kind
from support.random_histories import AGENCIES, IDS, SPAN, START

STORED: dict[str, dict[str, Any]] = json.loads(
    Path(__file__).parents[1].joinpath("domain").joinpath("stored_facts.json").read_text()
)
CORRECTED = (("voided", "true"), ("happenedOn", "2024-01-20"), ("dueOn", "2024-02-02"), ("leadAgency", "health"))
NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
LONGEST = 14


def drawn(below: int, *about: Any) -> int:
    """A number from 0, the same for the same words wherever and whenever it is drawn."""
    return int.from_bytes(sha256("|".join(map(str, about)).encode()).digest()[:8]) % below


def life(kind: Kind, nth: int) -> list[Recorded]:
    """The facts of one thing in the order of their recording, some in one save; the first brings it into being."""
    names = [name for name, (of, _) in CLASSES.items() if of is kind]
    told = [names[0], *(names[drawn(len(names), kind, nth, turn)] for turn in range(drawn(LONGEST, kind, nth)))]
    thing = UUID(int=drawn(2**60, kind, nth) << 64)
    return [
        Recorded(kind, thing, version, _fact(name, thing, nth, version), _instant(nth, version), version)
        for version, name in enumerate(told, 1)
    ]


def _instant(nth: int, version: int) -> datetime:
    return NOON + timedelta(minutes=version - drawn(2, "a save with the one before", nth, version) * (version > 1))


def _fact(name: str, thing: UUID, nth: int, version: int) -> Fact:
    """The stored example with every field drawn anew that may be."""
    _, fact = decode(name, json.dumps(STORED[name]))
    if isinstance(fact, Corrected):
        field, value = CORRECTED[drawn(len(CORRECTED), nth, version)]
        return _with(fact, corrects=2 + drawn(6, nth, version), field=field, new_value=value)
    for field, value in _fields(fact, thing, nth, version):
        fact = _with(fact, **{field: value})
    return fact


def _fields(fact: Fact, thing: UUID, nth: int, version: int) -> Iterator[tuple[str, Any]]:
    for field, told in type(fact).model_fields.items():
        about = (type(fact).__name__, field, nth, version)
        if not told.is_required() and drawn(3, "left out", *about) == 0:
            yield field, told.get_default(call_default_factory=True)
        elif choices := _choices(fact, field, told.annotation, thing):
            yield field, choices[drawn(len(choices), *about)]


def _choices(fact: Fact, field: str, annotation: Any, thing: UUID) -> list[Any]:
    of = get_args(annotation) if isinstance(annotation, UnionType) else (annotation,)
    match fact, field:
        case DutiesConfirmed(), "duties":
            return [tuple(duties) for duties in zip(*[iter(_every_duty(thing))] * 2, strict=False)]
        case _ if field.endswith("agency"):
            return list(AGENCIES)
    return next((choices for each in of if (choices := _of_type(each))), [])


def _of_type(annotation: Any) -> list[Any]:
    if annotation is bool:
        return [False, True]
    if annotation is UUID:
        return IDS
    if annotation is type(START):
        return [START + timedelta(days=day) for day in range(SPAN)]
    return list(annotation) if isinstance(annotation, type) and issubclass(annotation, StrEnum) else []


def _every_duty(thing: UUID) -> list[UUID]:
    keys = [
        duty["key"]
        for name in ("review.learning_disseminated.v1", "return.called.v1")
        for duty in STORED[name]["duties"]
    ]
    return [duty_id(origin, key, agency) for origin in (*IDS, thing) for key in keys for agency in (*AGENCIES, None)]


def _with(fact: Fact, **fields: Any) -> Fact:
    """What the fact itself refuses stays as it was."""
    try:
        return type(fact).model_validate(dict(fact) | fields)
    except ValidationError:
        return fact
