"""The gate: every query text is parsed, measured against the limits and validated once, then remembered."""

from collections.abc import Iterator

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    Node,
    OperationDefinitionNode,
    StringValueNode,
    Visitor,
    parse,
    validate,
    visit,
)

from api.limits import Limits
from api.measure import Measure, Ruler
from api.query_cache import QueryCache, weight

TOO_LARGE = {"code": "TOO_LARGE"}
TOKENS_PASSED = "tokens. Parsing aborted"  # graphql-core has no type for it
COUNTABLE = 1_000_000_000


class QueryRefused(Exception):
    """A query that is not executed, with every reason.

    Attributes:
        errors: GraphQL errors to hand back, most often with locations in the query text.
    """

    def __init__(self, errors: tuple[GraphQLError, ...]) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = errors


class Gate:
    """Admits queries to one schema within limits; may be shared by all threads."""

    def __init__(self, schema: GraphQLSchema, limits: Limits) -> None:
        self._schema = schema
        self._limits = limits
        self._verdicts: QueryCache[DocumentNode | tuple[GraphQLError, ...]] = QueryCache(
            limits.cache_entries, limits.cache_bytes
        )

    def admit(self, query: str) -> DocumentNode:
        """The parsed, measured and valid document of a query text.

        Raises:
            QueryRefused: too large, too deep, too costly, not GraphQL, or not valid for this schema.
        """
        if weight(query) > self._limits.query_bytes:
            raise QueryRefused((_too_large("bytes", weight(query), self._limits.query_bytes),))
        verdict = self._verdicts.get(query)
        if verdict is None:
            verdict = self._judge(query)
            self._verdicts.put(query, verdict)
        if isinstance(verdict, tuple):
            raise QueryRefused(verdict)
        return verdict

    def _judge(self, query: str) -> DocumentNode | tuple[GraphQLError, ...]:
        try:
            document = parse(query, max_tokens=self._limits.query_tokens)
            errors = tuple(self._beyond_limits(document)) or tuple(_nul_characters(query, document))
        except GraphQLSyntaxError as error:
            if TOKENS_PASSED in error.message:
                return (_too_large("tokens", None, self._limits.query_tokens),)
            return (error.with_traceback(None),)
        except RecursionError:
            return (GraphQLError("The query is nested too deeply.", extensions=TOO_LARGE),)
        return errors or tuple(validate(self._schema, document, max_errors=self._limits.errors)) or document

    def _beyond_limits(self, document: DocumentNode) -> Iterator[GraphQLError]:
        ruler = Ruler(self._schema, document, self._limits)
        for operation in document.definitions:
            if isinstance(operation, OperationDefinitionNode):
                yield from self._passed(ruler.operation(operation), operation)

    def _passed(self, found: Measure, operation: OperationDefinitionNode) -> Iterator[GraphQLError]:
        limits = self._limits
        measured = (
            ("levels", found.depth, limits.query_depth),
            ("aliases", found.aliases, limits.aliases),
            ("directives", found.directives, limits.directives),
            ("fields at its root", found.fields, limits.root_fields),
            ("values at most (its cost)", found.of_page(limits.page_default), limits.cost),
        )
        return (_too_large(what, has, most, operation) for what, has, most in measured if has > most)


def _too_large(what: str, has: int | None, most: int, node: Node | None = None) -> GraphQLError:
    shown = f"{has:,}" if has is not None and has < COUNTABLE else "too many"
    return GraphQLError(f"The query has {shown} {what}; at most {most:,} are allowed.", node, extensions=TOO_LARGE)


def _nul_characters(query: str, document: DocumentNode) -> Iterator[GraphQLError]:
    """A NUL cannot be stored as text; it can reach a query only through an escape."""
    if "\\u" not in query:
        return iter(())
    finder = _NulFinder()
    visit(document, finder)
    return (GraphQLError("A text may not hold the character NUL.", node) for node in finder.found)


class _NulFinder(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[StringValueNode] = []

    def enter_string_value(self, node: StringValueNode, *_: object) -> None:
        if "\0" in node.value:
            self.found.append(node)
