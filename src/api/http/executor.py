"""graphql-core's executor with two changes: every value is weighed, and a row's own attributes are simply read.

graphql-core takes some five microseconds for each value and four more for each row of a list, whatever they are: three
quarters of what an answer of ten thousand rows of three numbers takes. What is an attribute of its row, and nothing
more, is read and written here; whatever else there is goes the way that it always did, as does any value that cannot be
written, so that its error is graphql-core's own.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple, cast

import strawberry
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLField,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLResolveInfo,
    OperationDefinitionNode,
    OperationType,
    execute_root_selection_set,
    get_operation_ast,
    is_leaf_type,
    is_object_type,
)
from graphql.execution.collect_fields import FieldDetailsList, GroupedFieldSet
from graphql.execution.execute import assume_not_async_iterable, assume_not_awaitable
from graphql.pyutils import Path, Undefined
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.field import StrawberryField

from api.http.body import GraphQLRequest, RequestRefused
from api.http.gate import QueryRefused
from api.http.row_budget import Size
from api.monitoring.request_log import note_operation


class Plain(NamedTuple):
    """A field without a resolver and without arguments: the attribute of this name, as its type writes it."""

    attribute: str
    type: GraphQLLeafType
    nullable: bool


class Selected(NamedTuple):
    """A field that is selected of an object; `plain` where it is no more than an attribute."""

    name: str
    nodes: FieldDetailsList
    plain: Plain | None


class Executor(StrawberryGraphQLCoreExecutionContext):
    """Executes synchronously. What wraps resolvers, the public way, would not see what lists hold."""

    size: Size

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._selections: dict[int, tuple[GroupedFieldSet, list[Selected]]] = {}

    def complete_leaf_value(self, return_type: GraphQLLeafType, result: Any) -> Any:  # type: ignore[override]
        value = super().complete_leaf_value(return_type, result)
        self.size.take(value)
        return value

    def complete_list_value(
        self,
        return_type: GraphQLList[Any],
        field_details_list: FieldDetailsList,
        info: GraphQLResolveInfo[Any],
        path: Path,
        result: Any,
        position_context: Any,
    ) -> Any:
        item_type = return_type.of_type
        row_type = item_type.of_type if isinstance(item_type, GraphQLNonNull) else item_type
        if not isinstance(result, list | tuple) or not is_object_type(row_type):
            return super().complete_list_value(return_type, field_details_list, info, path, result, position_context)
        return self._rows(row_type, item_type, field_details_list, info, path, result)

    def _rows(
        self,
        row_type: GraphQLObjectType,
        item_type: Any,
        nodes: FieldDetailsList,
        info: GraphQLResolveInfo[Any],
        path: Path,
        rows: Sequence[Any],
    ) -> list[Any]:
        """Each as `complete_list_item_value` would complete it."""
        found: list[Any] = []
        fields = self.collect_subfields(row_type, nodes).grouped_field_set
        is_row = row_type.is_type_of
        for index, row in enumerate(rows):
            at = Path(path, index, None)
            try:
                if row is None or row is Undefined or isinstance(row, Exception) or (is_row and not is_row(row, info)):
                    found.append(self.complete_value(item_type, nodes, info, at, row, None))
                else:
                    found.append(self.execute_fields(row_type, row, at, fields, None))
            except Exception as error:  # noqa: BLE001 - as graphql-core handles whatever a field raises
                self.handle_field_error(error, item_type, nodes, at)
                found.append(None)
        return found

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        grouped_field_set: GroupedFieldSet,
        position_context: Any,
    ) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, nodes, plain in self._selected(parent_type, grouped_field_set):
            value = Undefined if plain is None else self._plain(plain, source_value)
            if value is Undefined:
                at = Path(path, name, parent_type.name)
                value = self.execute_field(parent_type, source_value, nodes, at, position_context)
            if value is not Undefined:
                found[name] = value
        return found

    def _selected(self, of: GraphQLObjectType, fields: GroupedFieldSet) -> list[Selected]:
        """The same for all rows of a list, made once; the fields are kept with it, so that no others take their id."""
        kept = self._selections.get(id(fields))
        if kept is None:
            read = [Selected(name, nodes, _plain(of, nodes)) for name, nodes in fields.items()]
            kept = self._selections[id(fields)] = (fields, read)
        return kept[1]

    def _plain(self, plain: Plain, row: Any) -> Any:
        """What is answered; `Undefined` where that is left to graphql-core."""
        try:
            value = getattr(row, plain.attribute)
            return None if value is None and plain.nullable else self.complete_leaf_value(plain.type, value)
        except Exception:  # noqa: BLE001 - raised again, and handled, on the ordinary way
            return Undefined


def _plain(of: GraphQLObjectType, nodes: FieldDetailsList) -> Plain | None:
    field: GraphQLField | None = of.fields.get(nodes[0].node.name.value)
    defined = field and field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    if field is None or field.args or not isinstance(defined, StrawberryField) or not defined.is_basic_field:
        return None
    written = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    return Plain(defined.python_name, written, written is field.type) if is_leaf_type(written) else None


def chosen_operation(document: DocumentNode, request: GraphQLRequest) -> OperationDefinitionNode:
    """The operation to execute.

    Raises:
        QueryRefused: no operation of that name, or a name is needed.
        RequestRefused: 405 for anything but a query over GET, 400 for a subscription.
    """
    operation = get_operation_ast(document, request.operation_name)
    if operation is None:
        raise QueryRefused((GraphQLError(_which(request.operation_name)),))
    if operation.operation is OperationType.SUBSCRIPTION:
        raise RequestRefused(400, "Subscriptions are not served here.")
    if request.read_only and operation.operation is not OperationType.QUERY:
        raise RequestRefused(405, "Only queries may be sent by GET; use POST.", "METHOD_NOT_ALLOWED", {"Allow": "POST"})
    note_operation(document, operation)
    return operation


def execute(
    schema: strawberry.Schema, document: DocumentNode, request: GraphQLRequest, context: object, size: Size
) -> ExecutionResult:
    """The operation's result; every resolver is synchronous.

    Raises:
        QueryRefused: the variables do not fit the operation, so nothing was executed.
        AnswerTooLarge: by `size`.
    """
    executor = Executor.build(
        schema._schema,  # noqa: SLF001 - strawberry has no public name for it
        document,
        context_value=context,
        raw_variable_values=request.variables,
        operation_name=request.operation_name,
        is_awaitable=assume_not_awaitable,
        is_async_iterable=assume_not_async_iterable,
        **_custom_arguments(),
    )
    if isinstance(executor, list):
        raise QueryRefused(tuple(executor))
    cast(Executor, executor).size = size
    return cast("ExecutionResult", execute_root_selection_set(executor))


def _custom_arguments() -> dict[str, Any]:
    return {"operation_extensions": None}  # strawberry's Info expects it beside the standard ones


def _which(name: str | None) -> str:
    if name is None:
        return "Give operationName: the document does not hold exactly one operation."
    return f"The document holds no operation named {name[:80]!r}."
