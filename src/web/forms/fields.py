"""The fields of a form, made of a mutation's own input type, so that no form asks for what the API does not take."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias

from graphql import (
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLList,
    get_nullable_type,
    is_required_input_field,
)

from web.forms.labels import hint_of, label_of
from web.words import in_words

MADE_BY_THE_PAGE = frozenset({"idempotencyKey", "expectedVersion", "attachments"})
LONG = frozenset({
    "narrative", "reason", "grounds", "requested", "wording", "need", "assurance", "advice", "words", "text",
    "furtherAction", "improvements", "boardResponse", "whatWasDone", "meansOfImprovement", "measureOfEffectiveness",
    "measure", "how", "whyNot", "ragReason",
})  # fmt: skip
"""What people write more than a line about."""


SELECTING = {"ReturnImprovementInput": "dutyId"}
"""Of the entries of a list, the field that says what an entry is about, where it is not their first."""
WHOLE = "whole"
"""The option of an entry that is about the thing as a whole: nothing is selected."""


class Kind(StrEnum):
    """How a field is asked for; `UNTIL` is a day whose end is meant."""

    TEXT = "text"
    LINE = "line"
    LINES = "lines"
    DAY = "day"
    UNTIL = "until"
    NUMBER = "number"
    YES = "yes"
    ONE = "one"
    SOME = "some"
    GROUP = "group"
    EACH = "each"


class Option(NamedTuple):
    """What can be chosen, and what it is called; `hint` says more of it."""

    value: str
    text: str
    hint: str = ""


Options: TypeAlias = Mapping[str, Sequence[Option]]
"""What can be chosen, by the name of the field."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    Attributes:
        name: in the form; with dots where it stands within another.
        within: of `GROUP` its fields; of `EACH` those of one entry, whose name begins with the option's value.
        selects: of `EACH`, the input's own field that says which option an entry is about.
    """

    name: str
    kind: Kind
    label: str
    hint: str = ""
    required: bool = False
    options: Sequence[Option] = ()
    within: Sequence["Field"] = ()
    selects: str = ""


def fields_of(asked: GraphQLInputObjectType, options: Options, leave_out: frozenset[str] = frozenset()) -> list[Field]:
    """In the order of the input. What the page makes itself is left out, and lists of which nothing can be chosen."""
    return list(_fields(asked, options, leave_out | MADE_BY_THE_PAGE, asked.name))


def _fields(
    asked: GraphQLInputObjectType, options: Options, leave_out: frozenset[str], form: str, above: str = ""
) -> Iterator[Field]:
    for name, field in asked.fields.items():
        if name not in leave_out:
            made = _field(name, f"{above}{name}", field, options, form)
            if made is not None:
                yield made


def _field(name: str, path: str, field: GraphQLInputField, options: Options, form: str) -> Field | None:
    kind = get_nullable_type(field.type)
    label, hint, required = label_of(form, name), hint_of(form, name), is_required_input_field(field)
    offered = options.get(name)
    if isinstance(kind, GraphQLInputObjectType):
        return Field(path, Kind.GROUP, label, hint, within=list(_fields(kind, options, frozenset(), form, f"{path}.")))
    if isinstance(kind, GraphQLList):
        return _list(name, path, kind, options, form, Field(path, Kind.LINES, label, hint, required))
    if isinstance(kind, GraphQLEnumType):
        offered = [Option(each, in_words(each)) for each in kind.values]
    if offered is not None:
        return Field(path, Kind.ONE, label, hint, required, offered) if offered else None
    scalar = {"Date": Kind.DAY, "DateTime": Kind.UNTIL, "Int": Kind.NUMBER, "Boolean": Kind.YES}.get(
        getattr(kind, "name", "")
    )
    if scalar is None and getattr(kind, "name", "") == "ID":
        return None
    return Field(path, scalar or (Kind.TEXT if name in LONG else Kind.LINE), label, hint, required)


def _list(
    name: str,
    path: str,
    kind: GraphQLList[Any],
    options: Options,
    form: str,
    plain: Field,
) -> Field | None:
    of, offered = get_nullable_type(kind.of_type), options.get(name)
    if isinstance(of, GraphQLInputObjectType):
        if not offered:
            return None
        selects = SELECTING.get(of.name) or next(iter(of.fields))
        within = list(_fields(of, options, frozenset({selects}), form))
        return Field(path, Kind.EACH, plain.label, plain.hint, plain.required, offered, within, selects)
    if isinstance(of, GraphQLEnumType):
        offered = [Option(each, in_words(each)) for each in of.values]
    if offered is not None:
        return Field(path, Kind.SOME, plain.label, plain.hint, plain.required, offered) if offered else None
    return None if getattr(of, "name", "") == "ID" else plain
