"""What leaves the process when something went wrong: refusals named, the unexpected masked and logged with an id."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from uuid import uuid4

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLFormattedError,
    Node,
    ValueNode,
    Visitor,
    value_from_ast_untyped,
    visit,
)
from graphql.language import ArgumentNode, ListValueNode, ObjectFieldNode

from api.monitoring.request_log import note_code, note_error
from domain.shared.refusals import Refusal

logger = logging.getLogger("goldenthread.api")

UNEXPECTED = "An unexpected error occurred"
AWAY = (
    "The register's database is away for the moment. Nothing of this request was recorded as far as has been "
    "acknowledged; send it again, unchanged and with the same idempotencyKey."
)
FULL = (
    "The register has no room left to record anything. Nothing of this request was recorded; queries go on. Its "
    "operator has to make room: send it again later, unchanged and with the same idempotencyKey."
)
ONLY_READ = (
    "The register's database can only be read at the moment. Nothing of this request was recorded; queries go on. Send "
    "it again later, unchanged and with the same idempotencyKey."
)
LATE = (
    "The time of this request was over before it was answered, and its work was stopped. Ask for smaller pages or "
    "fewer fields. Whether a command was recorded is not known: send it again, unchanged and with the same "
    "idempotencyKey."
)


def present(error: GraphQLError) -> GraphQLFormattedError:
    """One error as callers see it.

    A refusal keeps its message, code and field; a GraphQL error stays as it is; anything else is masked, and logged
    with its traceback under the id in `extensions`.
    """
    cause = root_cause(error)
    if isinstance(cause, Refusal):
        return _refused(error, cause)
    if cause is None:
        return _plain(error)
    return _masked(error, cause)


def root_cause(error: GraphQLError) -> Exception | None:
    """The exception below an error that is not itself a GraphQL error, or None."""
    cause = error.original_error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return cause


def mask(cause: BaseException) -> GraphQLFormattedError:
    """An unexpected exception outside any field, logged and shown by its id alone."""
    return _masked(GraphQLError(UNEXPECTED), cause)


def plain(message: str, code: str) -> GraphQLFormattedError:
    """An error of the edge itself."""
    note_code(code)
    return {"message": message, "extensions": {"code": code}}


def refused(refusal: Refusal) -> GraphQLFormattedError:
    """A refusal outside any field."""
    return _refused(GraphQLError(str(refusal)), refusal)


def any_unavailable(errors: Sequence[GraphQLError], unavailable: tuple[type[Exception], ...]) -> bool:
    """Whether a needed service was away, anywhere behind these errors."""
    return any(is_unavailable(error.original_error, unavailable) for error in errors)


def is_unavailable(error: BaseException | None, unavailable: tuple[type[Exception], ...]) -> bool:
    """Whether an exception, or anything that caused it, is one of `unavailable`."""
    return any(isinstance(cause, unavailable) for cause in _causes(error))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        below = error.original_error if isinstance(error, GraphQLError) else None
        error = below or error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _plain(error: GraphQLError) -> GraphQLFormattedError:
    shown = error.formatted
    extensions = shown["extensions"] = {"code": "INVALID", **(error.extensions or {})}
    note_code(str(extensions["code"]))
    return shown


def _refused(error: GraphQLError, refusal: Refusal) -> GraphQLFormattedError:
    note_code(refusal.code)
    shown = error.formatted
    shown["message"] = str(refusal)
    shown["extensions"] = {"code": refusal.code, "field": list(refusal.field)}
    return shown


def _masked(error: GraphQLError, cause: BaseException) -> GraphQLFormattedError:
    identity = str(uuid4())
    note_code("UNEXPECTED")
    note_error(identity)
    logger.error("unexpected error %s at %s", identity, error.path, exc_info=cause)
    shown = error.formatted
    shown["message"] = UNEXPECTED
    shown["extensions"] = {"code": "UNEXPECTED", "id": identity}
    return shown


# Errors about values that stand in the text of a query, with the argument that each was given to.


def literal(parse: Callable[[object], Any]) -> Callable[..., Any]:
    """A scalar's reading of a value in the text, whose error says where it stands."""

    def read(node: ValueNode, variables: dict[str, Any] | None = None) -> Any:
        try:
            return parse(value_from_ast_untyped(node, variables))
        except GraphQLError as error:
            raise GraphQLError(error.message, node) from None

    return read


class _Arguments(Visitor):
    """By the value: the names on the way to it, from the argument inwards, and its place in each list."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[int, tuple[str, ...]] = {}

    def enter(self, node: Node, _key: Any, parent: Any, path: Sequence[Any], ancestors: Sequence[Any]) -> None:
        if isinstance(node, ValueNode):
            self.found[id(node)] = tuple(_steps((*ancestors, parent), path))


def _steps(above: Sequence[Any], keys: Sequence[Any]) -> Iterator[str]:
    """`keys` lead from each of the nodes and lists `above` to the next."""
    for before, each, key in zip((None, *above), above, keys, strict=False):
        if isinstance(each, ArgumentNode | ObjectFieldNode):
            yield each.name.value
        elif isinstance(before, ListValueNode):
            yield str(key)


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
