"""Reading and amending one thing that a fact says, under the name that partners know."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from domain.correction.fields import FIELDS, FOLLOWING
from domain.correction.values import Parts, as_partners_say, as_text
from domain.shared.facts import Fact


@dataclass(frozen=True, slots=True)
class Correctable:
    """One thing that a fact says, with what reads it from text: a field, or one value of a part of it."""

    name: str
    reads: TypeAdapter[Any]
    parts: Parts | None = None
    key: Any = None
    value: str = ""

    def of(self, fact: Fact) -> Any:
        """What the fact says; None of a part that it has not."""
        original = getattr(fact, self.name)
        if self.parts is None:
            return original
        return next((getattr(each, self.value) for each in original if getattr(each, self.parts.key) == self.key), None)

    def text_of(self, fact: Fact) -> str | None:
        return as_text(self.of(fact))

    def put(self, fact: Fact, text: str | None, before: Fact) -> Fact:
        """The fact with another value. `before`: the fact as it was recorded, whose parts keep their places.

        Raises pydantic's ValidationError where it cannot have it.
        """
        value = self.reads.validate_python(text)
        if self.parts is not None:
            value = _placed(self._with_part(self.parts, getattr(fact, self.name), value), self.parts, before, self.name)
        elif value is None:
            value = type(fact).model_fields[self.name].get_default()
        return fact.model_copy(update={self.name: value})

    def _with_part(self, parts: Parts, original: tuple[BaseModel, ...], value: Any) -> tuple[BaseModel, ...]:
        had = next((each for each in original if getattr(each, parts.key) == self.key), None)
        if value is None and len(parts.values) == 1:
            return tuple(each for each in original if each is not had)
        part_fields = {parts.key: self.key} if had is None else had.model_dump()
        part = parts.of.model_validate(part_fields | {self.value: value})
        return (*original, part) if had is None else tuple(part if each is had else each for each in original)


def _placed(original: tuple[BaseModel, ...], parts: Parts, before: Fact, name: str) -> tuple[BaseModel, ...]:
    """In the places that they had, those that came by corrections after them."""
    places = {getattr(each, parts.key): nth for nth, each in enumerate(getattr(before, name))}
    return tuple(sorted(original, key=lambda each: places.get(getattr(each, parts.key), len(places))))


@lru_cache(maxsize=2_000)
def correctable(fact: type[Fact], field: str) -> Correctable | None:
    """What partners know by this name, where they may correct it."""
    return _named(FIELDS.get(fact, {}), field)


@lru_cache(maxsize=2_000)
def amendable(fact: type[Fact], field: str) -> Correctable | None:
    """The same, with what only follows from the correction of another fact."""
    return _named({**FIELDS.get(fact, {}), **FOLLOWING.get(fact, {})}, field)


def names(fact: type[Fact]) -> tuple[str, ...]:
    """What can be corrected, as partners name it; of parts `sections.KEY`."""
    return tuple(name for field, kind in FIELDS.get(fact, {}).items() for name in _names(as_partners_say(field), kind))


def _names(name: str, kind: Any) -> tuple[str, ...]:
    if not isinstance(kind, Parts):
        return (name,)
    part = f"{name}.{kind.key.removesuffix('_id').upper()}"
    return (part,) if len(kind.values) == 1 else tuple(f"{part}.{as_partners_say(value)}" for value in kind.values)


def _named(fields: Mapping[str, Any], field: str) -> Correctable | None:
    name, _, part = field.partition(".")
    attribute: str | None = next((each for each in fields if as_partners_say(each) == name), None)
    kind: Any = fields.get(attribute or "")
    if attribute is None or isinstance(kind, Parts) is not bool(part):
        return None
    return _part_named(attribute, kind, part) if isinstance(kind, Parts) else Correctable(attribute, TypeAdapter(kind))


def _part_named(attribute: str, parts: Parts, name: str) -> Correctable | None:
    """`judgement`, or `KEY.compliance` where a part has several values; keys may hold dots."""
    key, value = name, next(iter(parts.values))
    if len(parts.values) > 1:
        key, _, last = name.rpartition(".")
        value = next((each for each in parts.values if as_partners_say(each) == last), "")
    try:
        kind: Any = parts.of.model_fields[parts.key].annotation
        found = TypeAdapter(kind).validate_python(key)
    except ValidationError:
        return None
    return Correctable(attribute, TypeAdapter(parts.values[value]), parts, found, value) if value and key else None
