"""The field of a form for one thing that a recorded fact says, by the type that the domain gives it."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, get_args

from domain.correction.fields import FIELDS
from domain.correction.values import Parts, as_partners_say
from domain.event_names import CLASSES
from web.forms.fields import LONG, Field, Kind, Option
from web.forms.labels import label_of
from web.words import in_words

YES_OR_NO = [Option("true", "Yes"), Option("false", "No")]


def correctable_field(fact: str, name: str, value: str | None, options: Mapping[str, Sequence[Option]]) -> Field:
    """Of a fact by its stored name, what `HistoryEntry.correctable` names and what it says now.

    What can be chosen of it is chosen; the rest is written.
    """
    kind, label, last = _type_and_label(fact, name, options)
    types = set(_types(kind))
    required, chosen = type(None) not in types, _chosen(types, last, options)
    if chosen is not None:
        several = tuple in types
        offered = [*chosen, *(Option(each, each) for each in _split(value, several) if each not in _values(chosen))]
        return Field(name, Kind.SOME if several else Kind.ONE, label, required=required, options=offered)
    if date in types:
        return Field(name, Kind.DAY, label, required=required)
    if int in types:
        return Field(name, Kind.NUMBER, label, required=required)
    hint = "With commas between." if tuple in types else ""
    return Field(name, Kind.TEXT if last in LONG else Kind.LINE, label, hint, required)


def written(field: Field, value: str | None) -> list[str]:
    """A value as the field holds it."""
    return _split(value, field.kind is Kind.SOME)


def _chosen(types: set[Any], last: str, options: Mapping[str, Sequence[Option]]) -> Sequence[Option] | None:
    if bool in types:
        return YES_OR_NO
    words = next((each for each in types if isinstance(each, type) and issubclass(each, StrEnum)), None)
    if words is not None:
        return [Option(each.value, in_words(each.value)) for each in words]
    return options.get(last) or None


def _type_and_label(fact: str, name: str, options: Mapping[str, Sequence[Option]]) -> tuple[Any, str, str]:
    head, _, part = name.partition(".")
    kinds = FIELDS[CLASSES[fact][1]]
    kind = next(kind for attribute, kind in kinds.items() if as_partners_say(attribute) == head)
    if not isinstance(kind, Parts):
        return kind, label_of("Corrected", head), head
    key, _, last = part.rpartition(".") if len(kind.values) > 1 else (part, "", next(iter(kind.values)))
    about = next((each.text for each in options.get(head, ()) if each.value == key), in_words(key))
    value = next(value for each, value in kind.values.items() if as_partners_say(each) == as_partners_say(last))
    said = f": {label_of('Corrected', last)}" if len(kind.values) > 1 else ""
    return value, f"{about}{said}", last


def _types(kind: Any) -> list[Any]:
    """All types of which a kind is made, without what annotates them."""
    inner = [each for arg in get_args(kind) for each in _types(arg) if not isinstance(arg, str)]
    return [kind.__origin__ if hasattr(kind, "__origin__") else kind, *inner]


def _split(value: str | None, several: bool) -> list[str]:
    if value is None:
        return []
    return [each.strip() for each in value.split(",")] if several else [value.replace("\r\n", "\n").strip()]


def _values(options: Sequence[Option]) -> set[str]:
    return {each.value for each in options}
