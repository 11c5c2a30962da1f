"""Values of facts as partners write and read them: text."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from urllib.parse import quote, unquote
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, TypeAdapter

from domain.challenge.events import Subject
from domain.shared.commands import Key, Name


@dataclass(frozen=True, slots=True)
class Parts:
    """A field that holds several parts by a key: each value of a part is corrected by itself, `sections.judgement`.

    A part of one value comes and goes with it; of several, with the first of them, which is needed.
    """

    of: type[BaseModel]
    key: str
    values: Mapping[str, Any]


CLOCK = "clock:"
DUTY = "duty:"
_PARTS = TypeAdapter(tuple[Any, ...])


def _given(text: str | None) -> str:
    if text is None:
        raise ValueError("a value is needed")
    return text


def _a_day(text: str | None) -> date:
    """YYYY-MM-DD and nothing else. Raises ValueError."""
    try:
        found: date | None = date.fromisoformat(_given(text))
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise ValueError("a day is expected, written YYYY-MM-DD")
    return found


def _a_flag(text: str | None) -> bool:
    if text not in {"true", "false"}:
        raise ValueError("true or false")
    return text == "true"


def _keys(text: str | None) -> list[str]:
    return _given(text).split(",")


def _ids(text: str | None) -> list[str]:
    return [each.strip() for each in _keys(text)]


def _subjects(text: str | None) -> list[dict[str, str]]:
    """As `as_text` writes them. Raises ValueError."""
    return [] if text is None else [_a_subject(each.strip()) for each in text.split(",")]


def _a_subject(text: str) -> dict[str, str]:
    subject, slash, part = text.partition("/")
    kind, colon, id = subject.partition(":")
    if not colon or (slash and not part.startswith((CLOCK, DUTY))):
        raise ValueError("an id as the register gave it is expected")
    parts = {word.rstrip(":"): unquote(part.removeprefix(word)) for word in (CLOCK, DUTY) if part.startswith(word)}
    return {"kind": kind, "id": id, **parts}


def ids_in(text: str | None) -> tuple[UUID, ...]:
    """The ids that a text names, whatever else stands there."""
    found: list[UUID] = []
    for each in (text or "").split(","):
        with suppress(ValueError):
            found.append(UUID(each.strip()))
    return tuple(found)


def _each_once(keys: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(keys))


Day = Annotated[date, BeforeValidator(_a_day)]
Flag = Annotated[bool, BeforeValidator(_a_flag)]
Several = Annotated[tuple[Key, ...], BeforeValidator(_keys), AfterValidator(_each_once)]
InOrder = Annotated[tuple[Key, ...], BeforeValidator(_keys)]
"""As they stand, be one named twice."""
Ids = Annotated[tuple[UUID, ...], BeforeValidator(_ids), AfterValidator(_each_once)]
Names = Annotated[tuple[Name, ...], BeforeValidator(_keys), AfterValidator(_each_once)]
AsJson = BeforeValidator(lambda text: _PARTS.validate_json(_given(text)))
"""Of several parts that nobody ever types."""
Subjects = Annotated[tuple[Subject, ...], BeforeValidator(_subjects), AfterValidator(_each_once)]


def as_partners_say(name: str) -> str:
    """`due_on` as `dueOn`."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def as_text(value: Any) -> str | None:
    """A fact's value as partners read it: days as YYYY-MM-DD, keys with commas between; null for none."""
    match value:
        case None | ():
            return None
        case bool():
            return "true" if value else "false"
        case (BaseModel(), *_) if not isinstance(value[0], Subject):
            return _PARTS.dump_json(value).decode()
        case tuple():
            return ", ".join(_one(each) for each in value)
    return str(value)


def _one(value: Any) -> str:
    match value:
        case Subject(kind=kind, id=id, duty=None, clock=None):
            return f"{kind}:{id}"
        case Subject(kind=kind, id=id, duty=duty, clock=clock):
            return f"{kind}:{id}/{DUTY}{duty}" if clock is None else f"{kind}:{id}/{CLOCK}{quote(clock, safe=' ')}"
    return str(value)
