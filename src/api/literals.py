"""Errors about values that stand in the text of a query, with the argument that each was given to."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from graphql import DocumentNode, GraphQLError, Node, ValueNode, Visitor, value_from_ast_untyped, visit
from graphql.language import ArgumentNode, ObjectFieldNode


def literal(parse: Callable[[object], Any]) -> Callable[..., Any]:
    """A scalar's reading of a value in the text, whose error says where it stands."""

    def read(node: ValueNode, variables: dict[str, Any] | None = None) -> Any:
        try:
            return parse(value_from_ast_untyped(node, variables))
        except GraphQLError as error:
            raise GraphQLError(error.message, node) from None

    return read


class _Arguments(Visitor):
    """By the value: the names on the way to it, from the argument inwards."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[int, tuple[str, ...]] = {}

    def enter(self, node: Node, _key: Any, parent: Any, _path: Any, ancestors: Sequence[Any]) -> None:
        if isinstance(node, ValueNode):
            within = (each for each in (*ancestors, parent) if isinstance(each, ArgumentNode | ObjectFieldNode))
            self.found[id(node)] = tuple(each.name.value for each in within)


def naming_arguments(document: DocumentNode, errors: Iterable[GraphQLError]) -> tuple[GraphQLError, ...]:
    """The errors; one about a value says which argument it was given to, as a refusal names its field."""
    arguments = _Arguments()
    visit(document, arguments)
    return tuple(_named(error, arguments.found) for error in errors)


def _named(error: GraphQLError, arguments: dict[int, tuple[str, ...]]) -> GraphQLError:
    names = next((arguments.get(id(node)) for node in error.nodes or ()), None)
    if not names:
        return error
    told = f"{'.'.join(names)}: {error.message}"
    return GraphQLError(told, error.nodes, extensions={**(error.extensions or {}), "field": list(names)})
