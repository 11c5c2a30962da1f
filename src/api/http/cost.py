"""What a query costs, taken once per fragment: it costs what its text costs, however its fragments nest."""

from collections.abc import Iterator
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    NullValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    get_named_type,
    is_list_type,
    is_non_null_type,
)

from api.http.limits import Limits

# How many rows a field asks for: a page by `first` or `last`, a list without pages by an assumed size.
PAGE_ARGUMENTS = ("first", "last")


def field_of(schema: GraphQLSchema, parent: GraphQLNamedType | None, name: str) -> GraphQLField | None:
    """The definition of a field, introspection included; None when the parent has no such field."""
    if not isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
        return None
    return schema.get_field(parent, name)


def page_size(node: FieldNode, definition: GraphQLField | None, limits: Limits) -> int:
    """Rows of the page that this field opens: the literal, the default, or the maximum for a variable."""
    requested = [a.value for a in node.arguments or () if a.name.value in PAGE_ARGUMENTS]
    sizes = [_literal(value, limits) for value in requested if not isinstance(value, NullValueNode)]
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


# The measure of a query, taken once per fragment: a query costs what its text costs, however its fragments nest.


@dataclass(frozen=True, slots=True)
class Measure:
    """Totals of one selection set: `cost` once, `per_row` again for each row of the page above it.

    `selected` counts every field once, whatever lists it stands in: no row of an answer holds more values.
    """

    depth: int = 0
    aliases: int = 0
    directives: int = 0
    fields: int = 0
    cost: int = 0
    per_row: int = 0
    selected: int = 0

    def beside(self, other: "Measure") -> "Measure":
        return Measure(
            max(self.depth, other.depth),
            self.aliases + other.aliases,
            self.directives + other.directives,
            self.fields + other.fields,
            self.cost + other.cost,
            self.per_row + other.per_row,
            self.selected + other.selected,
        )

    def of_page(self, rows: int) -> int:
        return self.cost + rows * self.per_row


NOTHING = Measure()


class CostEstimator:
    """Measures the operations of one document; every fragment is measured once and remembered."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, limits: Limits) -> None:
        self._schema = schema
        self._limits = limits
        self._fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
        self._measured: dict[str, Measure] = {}
        for name in _inner_first(self._fragments):
            self._measured[name] = self._fragment(self._fragments[name])

    def operation(self, operation: OperationDefinitionNode) -> Measure:
        """Depth, counts and cost of one operation with all that it spreads."""
        root = self._schema.get_root_type(operation.operation)
        found = self._selections(operation.selection_set, root)
        return found.beside(Measure(directives=len(operation.directives or ())))

    def _fragment(self, fragment: FragmentDefinitionNode) -> Measure:
        on = self._schema.get_type(fragment.type_condition.name.value)
        return self._selections(fragment.selection_set, on).beside(Measure(directives=len(fragment.directives or ())))

    def _selections(self, selections: SelectionSetNode | None, parent: GraphQLNamedType | None) -> Measure:
        total = NOTHING
        for selection in selections.selections if selections else ():
            total = total.beside(self._selection(selection, parent))
        return total

    def _selection(self, selection: SelectionNode, parent: GraphQLNamedType | None) -> Measure:
        own = Measure(directives=len(selection.directives or ()))
        match selection:
            case FieldNode():
                return own.beside(self._field(selection, parent))
            case FragmentSpreadNode():
                return own.beside(self._measured.get(selection.name.value, NOTHING))  # a cycle: validation names it
            case InlineFragmentNode():
                on = self._schema.get_type(selection.type_condition.name.value) if selection.type_condition else parent
                return own.beside(self._selections(selection.selection_set, on))
        return own

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None) -> Measure:
        definition = field_of(self._schema, parent, node.name.value)
        inner = self._selections(node.selection_set, get_named_type(definition.type) if definition else None)
        if node.name.value.startswith("__"):
            inner = Measure(inner.depth, inner.aliases, inner.directives)  # the schema is small and known
        weight = 1 + inner.of_page(page_size(node, definition, self._limits))
        rows = rows_of(definition, self._limits)
        paged = definition is not None and is_page_list(parent, definition)
        return Measure(
            depth=1 + inner.depth,
            aliases=inner.aliases + (1 if node.alias else 0),
            directives=inner.directives,
            fields=1,
            cost=0 if paged else weight * rows,
            per_row=weight if paged else 0,
            selected=1 + inner.selected,
        )


def _inner_first(fragments: dict[str, FragmentDefinitionNode]) -> Iterator[str]:
    """Names so that what a fragment spreads comes before it; without recursion, so a long chain is harmless."""
    seen: set[str] = set()
    pending = [(name, False) for name in fragments]
    while pending:
        name, ready = pending.pop()
        if ready:
            yield name
        elif name not in seen:
            seen.add(name)
            pending.append((name, True))
            pending.extend((inner, False) for inner in _spreads(fragments[name]) if inner in fragments)


def _spreads(fragment: FragmentDefinitionNode) -> Iterator[str]:
    pending: list[SelectionNode] = list(fragment.selection_set.selections)
    while pending:
        node = pending.pop()
        if isinstance(node, FragmentSpreadNode):
            yield node.name.value
        elif isinstance(node, FieldNode | InlineFragmentNode) and node.selection_set:
            pending.extend(node.selection_set.selections)
