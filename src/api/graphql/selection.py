"""Looking ahead: whether the caller asked for a field below this one."""

from collections.abc import Iterator
from typing import Any

import strawberry
from graphql import (
    BooleanValueNode,
    DirectiveNode,
    FieldNode,
    FragmentSpreadNode,
    GraphQLResolveInfo,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
)


def selects(info: strawberry.Info, name: str) -> bool:
    """Whether `name` is selected directly below the field being resolved, through whatever fragments and aliases."""
    raw = info._raw_info  # noqa: SLF001 - strawberry's own view of it resolves every argument of the whole subtree
    return any(field.name.value == name for node in raw.field_nodes for field in _below(node.selection_set, raw))


def _below(selections: SelectionSetNode | None, info: GraphQLResolveInfo[Any]) -> Iterator[FieldNode]:
    for node in selections.selections if selections else ():
        if not _included(node, info):
            continue
        match node:
            case FieldNode():
                yield node
            case InlineFragmentNode():
                yield from _below(node.selection_set, info)
            case FragmentSpreadNode():
                yield from _below(info.fragments[node.name.value].selection_set, info)


def _included(node: SelectionNode, info: GraphQLResolveInfo[Any]) -> bool:
    wanted = {"skip": False, "include": True}
    return all(_given(each, info) is wanted.get(each.name.value, _given(each, info)) for each in node.directives or ())


def _given(directive: DirectiveNode, info: GraphQLResolveInfo[Any]) -> bool | None:
    """What `if` says: a literal, or a variable's coerced value."""
    value = next((each.value for each in directive.arguments or () if each.name.value == "if"), None)
    if isinstance(value, VariableNode):
        values: Any = getattr(info.variable_values, "coerced", info.variable_values)
        return bool(values.get(value.name.value))
    return value.value if isinstance(value, BooleanValueNode) else None
