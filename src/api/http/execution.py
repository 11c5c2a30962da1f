"""One GraphQL operation, executed synchronously on an admitted document."""

from typing import Any, cast

import strawberry
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    execute_root_selection_set,
    get_operation_ast,
)
from graphql.execution.execute import assume_not_async_iterable, assume_not_awaitable

from api.http.body import GraphQLRequest, RequestRefused
from api.http.executor import Executor
from api.http.gate import QueryRefused
from api.http.row_budget import Size
from api.monitoring.request_log import note_operation


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
