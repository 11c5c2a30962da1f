"""The GraphQL documents of pages: checked in beside their templates, validated once, executed as whoever asks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import strawberry
from graphql import DocumentNode, FragmentDefinitionNode, GraphQLError, parse, print_ast, validate

from api.context import Context
from api.http.body import GraphQLRequest
from api.http.errors import root_cause
from api.http.executor import execute
from api.http.limits import Limits
from api.http.row_budget import Size

SPREAD = re.compile(r"\.\.\.\s*(?!on\b)(\w+)")


class FieldNotRead(Exception):
    """A template shows a field that its document does not ask for."""


class Fields(dict[str, Any]):
    """An object of an answer. A template that names a field which was not asked for fails, rather than show nothing."""

    def __missing__(self, name: str) -> Any:
        raise FieldNotRead(name)


@dataclass(frozen=True)
class Document:
    """`text` is the whole document with the fragments that it uses."""

    name: str
    text: str

    @classmethod
    def of(cls, package: str, name: str) -> "Document":
        """A file of a package, with those of the shared fragments (`web.fragments`) that it uses."""
        text = files(package).joinpath(name).read_text(encoding="utf-8")
        return cls(f"{package}/{name}", "\n".join([text, *_used(text)]))


def _used(text: str) -> list[str]:
    """Also those that fragments use."""
    used: dict[str, str] = {}
    wanted = SPREAD.findall(text)
    while wanted:
        name = wanted.pop()
        if name not in used and name in _shared():
            used[name] = _shared()[name]
            wanted += SPREAD.findall(used[name])
    return list(used.values())


@cache
def _shared() -> dict[str, str]:
    """The shared fragments by their names."""
    found = (file for file in files("web.fragments").iterdir() if file.name.endswith(".graphql"))
    parsed = (each for file in found for each in parse(file.read_text(encoding="utf-8")).definitions)
    return {each.name.value: print_ast(each) for each in parsed if isinstance(each, FragmentDefinitionNode)}


class Executor:
    """Executes documents of pages; what they may read and answer is bounded as for any caller."""

    def __init__(self, schema: strawberry.Schema, limits: Limits) -> None:
        self._schema = schema
        self._limits = limits
        self._admitted = cache(self._parsed)

    def answer(self, document: Document, context: Context, variables: Mapping[str, Any]) -> Fields:
        """The data. Raises what a field was refused with, or failed with."""
        requested = GraphQLRequest(document.text, dict(variables), None, read_only=False)
        size = Size(self._limits.cost, self._limits.answer_bytes)
        result = execute(self._schema, self._admitted(document), requested, context, size)
        for error in result.errors or ():
            raise root_cause(error) or error
        found: Fields = _fields(result.data)
        return found

    def _parsed(self, document: Document) -> DocumentNode:
        parsed = parse(document.text)
        errors = validate(self._schema._schema, parsed)  # noqa: SLF001 - strawberry has no public name for it
        if errors:
            raise GraphQLError(f"{document.name}: {errors[0].message}")
        return parsed


def _fields(value: Any) -> Any:
    if isinstance(value, dict):
        return Fields((name, _fields(each)) for name, each in value.items())
    if isinstance(value, list):
        return [_fields(each) for each in value]
    return value
