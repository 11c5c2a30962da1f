"""Queries that ask for every field that can be reached below the register, made from the schema."""

from collections.abc import Iterator

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from api.app.serving import _schema

SCHEMA = _schema()._schema
ROWS = 3
Field = tuple[str, str]


def root_fields() -> dict[str, GraphQLField]:
    return _fields(_object("Register"))


def query(root: str, arguments: str, moment: str, deep: int) -> str:
    """One field of the register with everything in it, so many objects deep."""
    field = root_fields()[root]
    return f"{{ register({moment}) {{ {root}{arguments} {selected(field, deep)} }} }}"


def selected(field: GraphQLField, deep: int) -> str:
    kind = get_named_type(field.type)
    return "" if is_leaf_type(kind) else f"{{ __typename {' '.join(_selections(kind, deep - 1))} }}"


def _selections(kind: GraphQLNamedType, deep: int) -> Iterator[str]:
    """Pages and their rows count as no deeper; the edges of a page tell no more than its rows."""
    page = kind.name.endswith("Connection")
    for name, field in _fields(kind).items():
        if page and name == "edges":
            yield "edges { __typename cursor }"
        elif _is_asked(field, deep):
            rows = f"(first: {ROWS})" if "first" in field.args else ""
            on = get_named_type(field.type).name.endswith("Connection") or page
            yield f"{name}{rows} {selected(field, deep + on)}"
    for each in () if isinstance(kind, GraphQLObjectType) else _possible(kind):
        told = "id" if "id" in each.fields else "__typename"
        yield f"... on {each.name} {{ {told} }}"


def _is_asked(field: GraphQLField, deep: int) -> bool:
    needless = not any(map(is_required_argument, field.args.values()))
    return needless and (deep > 0 or is_leaf_type(get_named_type(field.type)))


def reachable() -> set[Field]:
    """Every field of every type that is found below the register."""
    found: set[Field] = set()
    waiting: list[GraphQLNamedType] = [_object("Register")]
    seen = {"Register"}
    while waiting:
        kind = waiting.pop()
        for below in _fields(kind):
            found |= {(kind.name, name) for name in _fields(kind)}
            of = get_named_type(_fields(kind)[below].type)
            for each in _possible(of):
                if each.name not in seen:
                    seen.add(each.name)
                    waiting.append(each)
    return found


def _fields(kind: GraphQLNamedType) -> dict[str, GraphQLField]:
    return kind.fields if isinstance(kind, GraphQLObjectType) else {}


def _possible(kind: GraphQLNamedType) -> list[GraphQLObjectType]:
    if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType):
        return list(SCHEMA.get_possible_types(kind))
    return [kind] if isinstance(kind, GraphQLObjectType) else []


def _object(name: str) -> GraphQLObjectType:
    kind = SCHEMA.type_map[name]
    assert isinstance(kind, GraphQLObjectType)
    return kind


def fields_of(answer: object, kind: str) -> set[Field]:
    """Which fields of which types an answer holds; `__typename` says of which type each part is."""
    if isinstance(answer, list):
        return set[Field]().union(*(fields_of(each, kind) for each in answer))
    if not isinstance(answer, dict):
        return set()
    of = str(answer.get("__typename", kind))
    below = (fields_of(value, "") for value in answer.values())
    return {(of, name) for name in answer if name != "__typename"}.union(*below)
