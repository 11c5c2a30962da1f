"""What narrows a list, from the query of its address: the same names as on its page, none of them passed over."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from graphql import GraphQLEnumType, GraphQLSchema, OperationDefinitionNode, TypeNode, parse
from graphql.language import ListTypeNode, NamedTypeNode, NonNullTypeNode

from domain.shared.refusals import Invalid
from web.documents import Document

OF_PAGES = frozenset({"known-at", "on", "after", "before", "done"})
"""What a page's address says beside what narrows its list."""
OF_EVERY_SHEET = frozenset({"knownAt", "effectiveOn", "after"})
TRUTH = {"true": True, "yes": True, "1": True, "on": True, "false": False, "no": False, "0": False}


def variables_of(
    document: Document,
    schema: GraphQLSchema,
    query: Iterable[tuple[str, str]],
    also: Mapping[str, str],
    given: frozenset[str],
) -> dict[str, Any]:
    """The variables that the query gives; `given`: those that come from elsewhere.

    Raises `Invalid` for a name or a value that the list does not have: of a sheet of everything nobody would see that
    it is not the part that was asked for.
    """
    may = {_kebab(name): (name, *kind) for name, kind in _declared(document).items() if name not in given}
    found: dict[str, Any] = {}
    for asked, value in query:
        if asked in OF_PAGES or not value:
            continue
        if also.get(asked, asked) not in may:
            raise Invalid(f"This list is not narrowed by {asked!r}; it may be by {', '.join(sorted(may))}.", asked)
        name, kind, is_list = may[also.get(asked, asked)]
        read = _read(schema, kind, value, asked)
        if is_list:
            found.setdefault(name, []).append(read)
        elif name in found:
            raise Invalid(f"{asked!r} is given twice.", asked)
        else:
            found[name] = read
    return found


@cache
def _declared(document: Document) -> dict[str, tuple[str, bool]]:
    """The variables of a document: the name of its type, and whether it takes several."""
    operation = next(each for each in parse(document.text).definitions if isinstance(each, OperationDefinitionNode))
    return {
        each.variable.name.value: _kind(each.type)
        for each in operation.variable_definitions or ()
        if each.variable.name.value not in OF_EVERY_SHEET
    }


def _kind(node: TypeNode) -> tuple[str, bool]:
    match node:
        case NonNullTypeNode():
            return _kind(node.type)
        case ListTypeNode():
            return _kind(node.type)[0], True
        case NamedTypeNode():
            return node.name.value, False
    raise TypeError(node)


def _read(schema: GraphQLSchema, kind: str, text: str, asked: str) -> Any:
    known = schema.get_type(kind)
    if isinstance(known, GraphQLEnumType):
        value = text.replace("-", "_").upper()
        if value not in known.values:
            raise Invalid(f"{asked} is one of {', '.join(known.values)}, not {text!r}.", asked)
        return value
    if kind == "Boolean":
        if text.lower() not in TRUTH:
            raise Invalid(f"{asked} is yes or no, not {text!r}.", asked)
        return TRUTH[text.lower()]
    if kind == "Int":
        if not re.fullmatch(r"\d{1,6}", text):
            raise Invalid(f"{asked} is a number, not {text!r}.", asked)
        return int(text)
    return _day(text, asked) if kind == "Date" else text


def _day(text: str, asked: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Invalid(f"{asked} is a day like 2026-01-31, not {text!r}.", asked) from None


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()
