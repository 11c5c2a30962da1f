"""The measure of a query, taken once per fragment: a query costs what its text costs, however its fragments nest."""

from collections.abc import Iterator
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    get_named_type,
)

from api.limits import Limits
from api.pages_asked import field_of, is_page_list, page_size, rows_of


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


class Ruler:
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
