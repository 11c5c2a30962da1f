"""All mutants of a module. What is left out, and why, is written in docs/decisions/0018."""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from types import CodeType
from typing import Any, TypeAlias

from mutation.expressions import EXPRESSIONS
from mutation.left_out import left_out_of
from mutation.statements import STATEMENTS, Change

Function: TypeAlias = ast.FunctionDef | ast.Lambda


@dataclass(frozen=True)
class Around:
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
        left_out = set(map(id, left_out_of(self.tree)))
        for place, around in _places(self.tree, Around(), left_out):
            for what, other in [] if _goes_without_saying(place) else _changes(place.node):
                function = ".".join(around.names)
                times[function, what] += 1
                nth = times[function, what]
                yield Mutant(self.file, function, _line(place), what, place, other, around.functions, self.digest, nth)

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


def _goes_without_saying(place: Place) -> bool:
    """Where all that a condition guards is one refusal, leaving that out is what "always False" does."""
    return isinstance(place.node, ast.Raise) and isinstance(place.holder, ast.If) and len(place.holder.body) == 1


def _line(place: Place) -> int:
    node = place.node.pattern if isinstance(place.node, ast.match_case) else place.node
    return int(getattr(node, "lineno", 0) or getattr(place.holder, "lineno", 0))


def _changes(node: ast.AST) -> Iterator[Change]:
    change = STATEMENTS.get(type(node)) or EXPRESSIONS.get(type(node))
    return change(node) if change else iter(())


def _places(node: ast.AST, around: Around, left_out: set[int]) -> Iterator[tuple[Place, Around]]:
    for field, value in ast.iter_fields(node):
        for index, each in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(each, ast.AST) and id(each) not in left_out:
                inside = _inside(node, field, around)
                if isinstance(each, ast.Call) or not inside.annotation:
                    yield Place(node, field, index), inside
                yield from _places(each, inside, left_out)


def _inside(parent: ast.AST, field: str, around: Around) -> Around:
    """A default or a decorator belongs to what stands around the function; an annotation's calls are its limits."""
    if field in {"annotation", "returns"}:
        return replace(around, annotation=True)
    if isinstance(parent, ast.Call):
        return replace(around, annotation=False)
    if field == "body" and isinstance(parent, ast.ClassDef):
        return replace(around, names=(*around.names, parent.name))
    if field == "body" and isinstance(parent, ast.FunctionDef):
        return replace(around, names=(*around.names, parent.name), functions=(*around.functions, parent))
    if field == "body" and isinstance(parent, ast.Lambda):
        return replace(around, functions=(*around.functions, parent))
    return around
