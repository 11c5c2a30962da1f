"""How many rows a field asks for: a page by `first` or `last`, a list without pages by an assumed size."""

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    IntValueNode,
    NullValueNode,
    ValueNode,
    is_list_type,
    is_non_null_type,
)

from api.limits import Limits

PAGE_ARGUMENTS = ("first", "last")


def field_of(schema: GraphQLSchema, parent: GraphQLNamedType | None, name: str) -> GraphQLField | None:
    """The definition of a field, introspection included; None when the parent has no such field."""
    if not isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
        return None
    return schema.get_field(parent, name)


def page_size(node: FieldNode, definition: GraphQLField | None, limits: Limits) -> int:
    """Rows of the page that this field opens: the literal, the default, or the maximum for a variable."""
    asked = [a.value for a in node.arguments or () if a.name.value in PAGE_ARGUMENTS]
    sizes = [_literal(value, limits) for value in asked if not isinstance(value, NullValueNode)]
    return max(sizes) if sizes else _default(definition, limits)


def is_page_list(parent: GraphQLNamedType | None, definition: GraphQLField) -> bool:
    """Whether the field lists the rows of a connection (`nodes`, `edges`), so that the page's size multiplies it."""
    return isinstance(parent, GraphQLObjectType) and "pageInfo" in parent.fields and is_list(definition.type)


def rows_of(definition: GraphQLField | None, limits: Limits) -> int:
    """Rows that a field without pages is taken to hold."""
    return limits.list_size if definition is not None and is_list(definition.type) else 1


def is_list(type_: GraphQLOutputType) -> bool:
    return is_list_type(type_.of_type if is_non_null_type(type_) else type_)


def _literal(value: ValueNode, limits: Limits) -> int:
    if not isinstance(value, IntValueNode) or len(value.value) > len(str(limits.page_maximum)):
        return limits.page_maximum
    return min(abs(int(value.value)), limits.page_maximum)  # outside 1 to 100 the resolver refuses


def _default(definition: GraphQLField | None, limits: Limits) -> int:
    first = definition.args.get("first") if definition else None
    declared = first.default_value if first else None
    return declared if isinstance(declared, int) else limits.page_default
