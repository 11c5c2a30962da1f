"""Every argument of every field that reads, each asked by itself, made from the schema."""

from collections import deque
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
    is_list_type,
    is_required_argument,
)
from graphql.type import get_nullable_type

from support.every_field_queries import SCHEMA

Known = Mapping[str, str]
"""A value, as GraphQL writes it, by the name of the argument or of the filter's field."""
PLAIN = {"Boolean": "true", "Int": "1", "Date": '"2024-01-20"', "DateTime": '"2024-01-20T12:00:00Z"'}
Path = tuple[str, ...]
CURSORS = frozenset({"after", "before"})
BY_ID = ("review", "recommendation", "action", "challenge")
ONE_OF = {"annualReport": "year"} | dict.fromkeys(BY_ID, "id")
"""Fields that need one of several arguments, with the one that is given where another is not asked."""
INSTEAD = frozenset({"since", "until"})


class Question(NamedTuple):
    """One field below `register` or at the root, with one argument beyond those that it needs."""

    root: str
    above: tuple[str, ...]
    field: str
    arguments: str
    selection: str

    @property
    def path(self) -> tuple[str, ...]:
        return (*self.above, self.field)

    def text(self, alias: str) -> str:
        inner = f"{self.field}{self.arguments} {self.selection}"
        for name in reversed(self.above):
            inner = f"{name} {{ {inner} }}"
        return f"{alias}: {inner}"


def questions(known: Known, cursors: Mapping[Path, str]) -> Iterator[Question]:
    """`cursors`: by a field's path the cursor of its first row."""
    for root in ("Query", "Register"):
        for path, field in _with_arguments(root, known):
            needed = _needed(path[-1], field, known)
            for name, argument in field.args.items():
                for value in _values(name, argument, known, cursors.get(path)):
                    given = _beside(path[-1], name, needed | {name: value})
                    yield Question(root, path[:-1], path[-1], _said(given), _selection(field))


def _beside(asked: str, name: str, given: dict[str, str]) -> dict[str, str]:
    """With what an argument is asked only together with."""
    if asked in BY_ID and name == "reference":
        return {name: given[name]}
    if asked in ONE_OF and name in INSTEAD:
        return dict.fromkeys(sorted(INSTEAD), PLAIN["Date"])
    return given | {"after": {"first": "1"}, "before": {"last": "1"}}.get(name, {})


def _with_arguments(root: str, known: Known) -> Iterator[tuple[Path, GraphQLField]]:
    """Each field that takes arguments, once, by the shortest way that needs none but known ones."""
    seen = {root}
    waiting: deque[tuple[Path, GraphQLNamedType]] = deque([((), SCHEMA.type_map[root])])
    asked: set[tuple[str, str]] = set()
    while waiting:
        path, kind = waiting.popleft()
        for name, field in kind.fields.items() if isinstance(kind, GraphQLObjectType) else ():
            if field.args and (kind.name, name) not in asked:
                asked.add((kind.name, name))
                yield (*path, name), field
            below = get_named_type(field.type)
            if below.name not in seen and below.name != "Register":
                seen.add(below.name)
                waiting.append(((*path, name + _said(_needed(name, field, known))), below))


def _needed(asked: str, field: GraphQLField, known: Known) -> dict[str, str]:
    """The arguments without which a field is not answered; an id is one of the kind that the field is named after."""
    needed = {name: a for name, a in field.args.items() if is_required_argument(a) or ONE_OF.get(asked) == name}
    return {name: _value(asked if name == "id" else name, a.type, known) for name, a in needed.items()}


def _said(arguments: Mapping[str, str]) -> str:
    return f"({', '.join(f'{name}: {value}' for name, value in arguments.items())})" if arguments else ""


def _values(name: str, argument: GraphQLArgument, known: Known, cursor: str | None) -> Iterator[str]:
    kind = get_named_type(argument.type)
    if isinstance(kind, GraphQLInputObjectType):
        yield "{}"
        for inner, field in kind.fields.items():
            yield from (f"{{ {inner}: {value} }}" for value in _each(inner, field.type, known))
    elif name in CURSORS:
        yield from ([f'"{cursor}"'] if cursor else ())
    else:
        yield from _each(name, argument.type, known)


def _each(name: str, kind: GraphQLInputType, known: Known) -> Iterator[str]:
    of = get_named_type(kind)
    if of.name == "Boolean":
        yield from ("true", "false")
    elif isinstance(of, GraphQLEnumType):
        yield from (f"[{value}]" if is_list_type(get_nullable_type(kind)) else value for value in of.values)
    else:
        yield _value(name, kind, known)


def _value(name: str, kind: GraphQLInputType, known: Known) -> str:
    of = get_named_type(kind)
    if isinstance(of, GraphQLInputObjectType):
        return "{}"
    of_a_year = "year" if of.name == "Int" and name in INSTEAD else name
    value = known.get(of_a_year) or PLAIN.get(of.name, '"nothing"')
    return f"[{value}]" if is_list_type(get_nullable_type(kind)) else value


def _selection(field: GraphQLField) -> str:
    kind = get_named_type(field.type)
    if not isinstance(kind, GraphQLObjectType):
        return "" if is_leaf_type(kind) else "{ __typename }"
    if kind.name.endswith("Connection"):
        total = "totalCount" if "totalCount" in kind.fields else ""
        return f"{{ {total} nodes {{ {_leaves(kind.fields['nodes'])} }} pageInfo {{ endCursor }} }}"
    if kind.name in {"Oversight", "ChallengeLog"}:  # nothing of them is read before a field of theirs is
        below = " ".join(f"{name} {_selection(each)}" for name, each in kind.fields.items())
        return f"{{ {below} }}"
    return f"{{ {_leaves(field)} }}"


def _leaves(field: GraphQLField) -> str:
    kind = get_named_type(field.type)
    fields = kind.fields if isinstance(kind, GraphQLObjectType) else {}
    plain = (name for name, each in fields.items() if is_leaf_type(get_named_type(each.type)) and not each.args)
    return " ".join(("__typename", *plain))
