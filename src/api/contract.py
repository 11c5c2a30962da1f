"""What partners rely on, compared with what the code offers."""

from collections.abc import Iterable, Iterator

from graphql import (
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    is_introspection_type,
    is_specified_scalar_type,
    print_ast,
)
from graphql.utilities import BreakingChangeType, DangerousChangeType, find_breaking_changes, find_dangerous_changes

# What is removed is an element that is missing, and those are counted on their own.
REMOVED = frozenset(
    {
        BreakingChangeType.TYPE_REMOVED,
        BreakingChangeType.TYPE_REMOVED_FROM_UNION,
        BreakingChangeType.VALUE_REMOVED_FROM_ENUM,
        BreakingChangeType.FIELD_REMOVED,
        BreakingChangeType.ARG_REMOVED,
    }
)
REFUSED_DANGERS = frozenset({DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE})


def elements(schema: GraphQLSchema) -> set[str]:
    """Every type, field, argument, enum value, input field and union member, each under one name."""
    named = (each for each in schema.type_map.values() if not is_introspection_type(each))
    return {name for each in named if not is_specified_scalar_type(each) for name in (each.name, *_within(each))}


def missing(contract: GraphQLSchema, offered: GraphQLSchema) -> list[str]:
    """The contract's elements that the code does not offer yet, in order."""
    return sorted(elements(contract) - elements(offered))


def broken(contract: GraphQLSchema, offered: GraphQLSchema) -> list[str]:
    """In what both have: changes that break partners, and defaults that differ."""
    breaking = (each for each in find_breaking_changes(contract, offered) if each.type not in REMOVED)
    dangerous = (each for each in find_dangerous_changes(contract, offered) if each.type in REFUSED_DANGERS)
    changes = [*(each.description for each in breaking), *(each.description for each in dangerous)]
    return changes + list(_changed_defaults(contract, offered))


def undescribed(contract: GraphQLSchema, offered: GraphQLSchema) -> list[str]:
    """What the contract describes and the code does not."""
    described = _descriptions(offered)
    return sorted(name for name, text in _descriptions(contract).items() if text and described.get(name) == "")


def _within(named: GraphQLNamedType) -> Iterator[str]:
    match named:
        case GraphQLObjectType() | GraphQLInterfaceType():
            for name, field in named.fields.items():
                yield f"{named.name}.{name}"
                yield from (f"{named.name}.{name}({argument})" for argument in field.args)
        case GraphQLInputObjectType():
            yield from (f"{named.name}.{name}" for name in named.fields)
        case GraphQLEnumType():
            yield from (f"{named.name}.{value}" for value in named.values)
        case GraphQLUnionType():
            yield from (f"{named.name}.{member.name}" for member in named.types)


def _changed_defaults(contract: GraphQLSchema, offered: GraphQLSchema) -> Iterator[str]:
    """Of input fields, which the library does not compare."""
    for old in _inputs(contract):
        new = offered.type_map.get(old.name)
        if isinstance(new, GraphQLInputObjectType):
            for name in old.fields.keys() & new.fields.keys():
                if _default(old.fields[name]) != _default(new.fields[name]):
                    yield f"{old.name}.{name} has another default."


def _default(field: GraphQLInputField) -> str | None:
    """As the schema's text gives it; both schemas are read from text."""
    written = field.ast_node.default_value if field.ast_node else None
    return print_ast(written) if written else None


def _inputs(schema: GraphQLSchema) -> Iterable[GraphQLInputObjectType]:
    return (each for each in schema.type_map.values() if isinstance(each, GraphQLInputObjectType))


def _descriptions(schema: GraphQLSchema) -> dict[str, str]:
    found: dict[str, str] = {}
    for named in schema.type_map.values():
        found[named.name] = named.description or ""
        if isinstance(named, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            found |= {f"{named.name}.{name}": field.description or "" for name, field in named.fields.items()}
    return found
