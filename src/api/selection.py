"""Looking ahead: whether the caller asked for a field below this one."""

from collections.abc import Iterator

import strawberry
from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLResolveInfo,
    GraphQLSkipDirective,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    get_directive_values,
)


def selects(info: strawberry.Info, name: str) -> bool:
    """Whether `name` is selected directly below the field being resolved, through whatever fragments and aliases."""
    raw = info._raw_info  # noqa: SLF001 - strawberry's own view of it resolves every argument of the whole subtree
    return any(field.name.value == name for node in raw.field_nodes for field in _below(node.selection_set, raw))


def _below(selections: SelectionSetNode | None, info: GraphQLResolveInfo) -> Iterator[FieldNode]:
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


def _included(node: SelectionNode, info: GraphQLResolveInfo) -> bool:
    skip = get_directive_values(GraphQLSkipDirective, node, info.variable_values)
    include = get_directive_values(GraphQLIncludeDirective, node, info.variable_values)
    return not (skip and skip["if"]) and not (include and not include["if"])
