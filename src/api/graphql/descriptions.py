"""The schema's descriptions are docstrings: that of the class, and the string beneath each of its attributes."""

import ast
import inspect
import sys
from collections import ChainMap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypeVar, cast

from strawberry.types.base import StrawberryObjectDefinition, has_strawberry_definition
from strawberry.types.enum import StrawberryEnumDefinition

Class = TypeVar("Class", bound=type)
OURS = {"api", "domain"}


def documented(cls: Class) -> Class:
    """
    A decorator above strawberry's own, for types, inputs, interfaces and enums: gives a description to everything in
    the class that has none yet. What is inherited keeps its description.
    """
    if not has_strawberry_definition(cls):
        raise TypeError(f"{cls.__name__} is no type of the schema: `@documented` stands above `@strawberry.type`.")
    definition = cls.__strawberry_definition__
    lineage = [_docstrings(base.__module__).get(base.__qualname__, NOTHING) for base in cls.__mro__]
    definition.description = definition.description or next((each.of_class for each in lineage if each.of_class), None)
    of_attributes = ChainMap(*(each.of_attributes for each in lineage))
    match definition:
        case StrawberryObjectDefinition():
            for field in definition.fields:
                field.description = field.description or of_attributes.get(field.python_name)
        case StrawberryEnumDefinition():
            for value in definition.values:
                value.description = value.description or of_attributes.get(value.name)
    return cast(Class, cls)


@dataclass(frozen=True)
class Docstrings:
    """What a class says of itself, and of its attributes by name."""

    of_class: str | None
    of_attributes: dict[str, str]


NOTHING = Docstrings(None, {})


@cache
def _docstrings(module: str) -> dict[str, Docstrings]:
    """Of the classes of a module of ours, by name."""
    if module.partition(".")[0] not in OURS:
        return {}
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    return {each.name: Docstrings(_flat(ast.get_docstring(each)), dict(_of_attributes(each))) for each in classes}


def _of_attributes(cls: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for attribute, beneath in zip(cls.body, cls.body[1:], strict=False):
        match attribute, beneath:
            case (
                ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                yield name, " ".join(text.split())
            case _:
                continue
    for method in cls.body:
        if isinstance(method, ast.FunctionDef) and (words := _flat(ast.get_docstring(method))):
            yield method.name, words


def _flat(text: str | None) -> str | None:
    return " ".join(text.split()) if text else None
