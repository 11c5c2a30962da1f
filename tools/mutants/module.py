"""All mutants of a module. What is left out, and why, is written in docs/decisions/0018."""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from types import CodeType
from typing import Any, TypeAlias

from tools.mutants.exclusions import excluded_nodes
from tools.mutants.expressions import EXPRESSIONS
from tools.mutants.statements import STATEMENTS, Change

Function: TypeAlias = ast.FunctionDef | ast.Lambda


@dataclass(frozen=True)
class Scope:
    """Where a node stands: the names of its classes and functions, and the functions whose code holds it."""

    names: tuple[str, ...] = ()
    functions: tuple[Function, ...] = ()
    annotation: bool = False


@dataclass(frozen=True)
class Place:
    """A node's own place in its parent, where another can be put."""

    holder: ast.AST
    field: str
    index: int | None

    @property
    def node(self) -> Any:
        value = getattr(self.holder, self.field)
        return value if self.index is None else value[self.index]

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.holder, self.field, node)
        else:
            getattr(self.holder, self.field)[self.index] = node


@dataclass(frozen=True)
class Mutant:
    """`what` says in words what is changed; with file and function it is the mutant's name; `text`: of its module."""

    file: str
    function: str
    line: int
    what: str
    place: Place
    other: ast.AST
    functions: tuple[Function, ...]
    text: str
    nth: int = 1

    @property
    def name(self) -> str:
        again = f" ({self.nth})" if self.nth > 1 else ""
        return f"{self.file} · {self.function or 'module'} · {self.what}{again}"


class Module:
    """A module's text, and its mutants."""

    def __init__(self, source: Path, file: str) -> None:
        self.path = source
        self.file = file
        text = source.read_text(encoding="utf-8")
        self.tree = ast.parse(text, str(source))
        self.digest = sha256(text.encode()).hexdigest()[:16]

    def mutants(self) -> Iterator[Mutant]:
        """In the order of the text; what is changed alike twice in one function is told apart by a number."""
        times: Counter[tuple[str, str]] = Counter()
        excluded = set(map(id, excluded_nodes(self.tree)))
        for place, scope in _places(self.tree, Scope(), excluded):
            for what, other in [] if _is_the_only_refusal_of_a_condition(place) else _changes(place.node):
                function = ".".join(scope.names)
                times[function, what] += 1
                nth = times[function, what]
                yield Mutant(self.file, function, _line(place), what, place, other, scope.functions, self.digest, nth)

    def code(self, mutant: Mutant | None = None) -> CodeType:
        """The module compiled as it is, or as a mutant has it. Raises what compiling raises."""
        if mutant is None:
            return compile(self.tree, str(self.path), "exec")
        was = mutant.place.node
        if not hasattr(mutant.other, "lineno"):
            ast.copy_location(mutant.other, was)
        try:
            mutant.place.put(ast.fix_missing_locations(mutant.other))
            return compile(self.tree, str(self.path), "exec")
        finally:
            mutant.place.put(was)


def _is_the_only_refusal_of_a_condition(place: Place) -> bool:
    """Where all that a condition guards is one refusal, leaving that out is what "always False" does."""
    return isinstance(place.node, ast.Raise) and isinstance(place.holder, ast.If) and len(place.holder.body) == 1


def _line(place: Place) -> int:
    node = place.node.pattern if isinstance(place.node, ast.match_case) else place.node
    return int(getattr(node, "lineno", 0) or getattr(place.holder, "lineno", 0))


def _changes(node: ast.AST) -> Iterator[Change]:
    change = STATEMENTS.get(type(node)) or EXPRESSIONS.get(type(node))
    return change(node) if change else iter(())


def _places(node: ast.AST, scope: Scope, excluded: set[int]) -> Iterator[tuple[Place, Scope]]:
    for field, value in ast.iter_fields(node):
        for index, each in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(each, ast.AST) and id(each) not in excluded:
                inner = _scope_inside(node, field, scope)
                if isinstance(each, ast.Call) or not inner.annotation:
                    yield Place(node, field, index), inner
                yield from _places(each, inner, excluded)


def _scope_inside(parent: ast.AST, field: str, scope: Scope) -> Scope:
    """A default or a decorator belongs to what stands scope the function; an annotation's calls are its limits."""
    if field in {"annotation", "returns"}:
        return replace(scope, annotation=True)
    if isinstance(parent, ast.Call):
        return replace(scope, annotation=False)
    if field == "body" and isinstance(parent, ast.ClassDef):
        return replace(scope, names=(*scope.names, parent.name))
    if field == "body" and isinstance(parent, ast.FunctionDef):
        return replace(scope, names=(*scope.names, parent.name), functions=(*scope.functions, parent))
    if field == "body" and isinstance(parent, ast.Lambda):
        return replace(scope, functions=(*scope.functions, parent))
    return scope
