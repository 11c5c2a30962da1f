"""The gate: every query text is parsed, measured against the limits and validated once, then remembered."""

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from threading import Lock
from typing import Generic, NamedTuple, TypeVar

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    Node,
    OperationDefinitionNode,
    OperationType,
    StringValueNode,
    Visitor,
    parse,
    validate,
    visit,
)
from graphql.validation.rules import overlapping_fields_can_be_merged

from api.http.cost import CostEstimator, Measure
from api.http.errors import naming_arguments
from api.http.limits import Limits

# One bounded memory of query texts, least recently used first out; safe between threads.
Verdict = TypeVar("Verdict")


class QueryCache(Generic[Verdict]):
    """Remembers one verdict per query text, at most `entries` of them and `size` bytes of text."""

    def __init__(self, entries: int, size: int) -> None:
        self._entries = entries
        self._size = size
        self._held = 0
        self._verdicts: OrderedDict[str, Verdict] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._verdicts)

    @property
    def held_bytes(self) -> int:
        """UTF-8 bytes of the query texts remembered now."""
        return self._held

    def get(self, query: str) -> Verdict | None:
        with self._lock:
            verdict = self._verdicts.get(query)
            if verdict is not None:
                self._verdicts.move_to_end(query)
            return verdict

    def put(self, query: str, verdict: Verdict) -> None:
        with self._lock:
            if query not in self._verdicts:
                self._held += weight(query)
            self._verdicts[query] = verdict
            self._verdicts.move_to_end(query)
            while len(self._verdicts) > self._entries or self._held > self._size:
                oldest, _ = self._verdicts.popitem(last=False)
                self._held -= weight(oldest)


def weight(query: str) -> int:
    """Bytes of a query text; a lone surrogate, which no decoder lets in, still weighs something."""
    return len(query.encode("utf-8", "surrogatepass"))


TOO_LARGE = {"code": "TOO_LARGE"}
TOKENS_PASSED = "tokens. Parsing aborted"  # graphql-core has no type for it
COUNTABLE = 1_000_000_000

COMPARISONS = 30_000
"""Units of work in which fields of one name are compared with each other: a tenth of a second, where the library's own
bound lets a short text cost seconds."""
COMPARED = "Validation aborted."  # graphql-core has a type for it, and no public name for the type
overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = COMPARISONS

TOKEN = re.compile(
    r'"""(?:[^"\\]|\\"""|\\|"(?!""))*"""|"(?:[^"\\\n\r]|\\.)*"|#[^\n\r]*|[^\s,\ufeff"#!$&()\[\]{}:=@|]+|[^\s,\ufeff]'
)
"""What GraphQL's lexer takes for one in a text that it took: strings, comments, names and numbers, punctuators."""


class QueryRefused(Exception):
    """A query that is not executed, with every reason.

    Attributes:
        errors: GraphQL errors to hand back, most often with locations in the query text.
    """

    def __init__(self, errors: tuple[GraphQLError, ...]) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = errors


class Admitted(NamedTuple):
    """A query that may be executed.

    Attributes:
        rows: how many rows may be read for it; None where no more than its cost can be found anyhow.
    """

    document: DocumentNode
    rows: int | None = None


class _Known(NamedTuple):
    """What is found of a text, wherever it stands in it: errors without a place, or how many rows may be read."""

    wrong: tuple[GraphQLError, ...]
    rows: int | None


class Gate:
    """Admits queries to one schema within limits; may be shared by all threads."""

    def __init__(self, schema: GraphQLSchema, limits: Limits) -> None:
        self._schema = schema
        self._limits = limits
        self._verdicts: QueryCache[Admitted | tuple[GraphQLError, ...]] = QueryCache(
            limits.cache_entries, limits.cache_bytes
        )
        self._known: QueryCache[_Known] = QueryCache(limits.cache_entries, limits.cache_bytes)

    def admit(self, query: str) -> Admitted:
        """The parsed, measured and valid document of a query text, with the rows that it may find.

        Raises:
            QueryRefused: too large, too deep, too costly, not GraphQL, or not valid for this schema.
        """
        if weight(query) > self._limits.query_bytes:
            raise QueryRefused((_too_large("bytes", weight(query), self._limits.query_bytes),))
        verdict = self._verdicts.get(query)
        if verdict is None:
            verdict = self._judge(query)
            self._verdicts.put(query, verdict)
        if not isinstance(verdict, Admitted):
            raise QueryRefused(verdict)
        return verdict

    def _judge(self, query: str) -> Admitted | tuple[GraphQLError, ...]:
        try:
            document = parse(query, max_tokens=self._limits.query_tokens)
            found = self._measured(document)
            errors = tuple(self._beyond_limits(found)) or tuple(_nul_characters(query, document))
        except GraphQLSyntaxError as error:
            if TOKENS_PASSED in error.message:
                return (_too_large("tokens", None, self._limits.query_tokens),)
            return (error.with_traceback(None),)
        except RecursionError:
            return (GraphQLError("The query is nested too deeply.", extensions=TOO_LARGE),)
        return errors or self._validated(query, document, found.values())

    def _validated(
        self, query: str, document: DocumentNode, found: Iterable[Measure]
    ) -> Admitted | tuple[GraphQLError, ...]:
        """A text that differs from a known one in comments and spaces alone is as that is; its places are its own.

        What is wrong at some place of a text is not known of another; it costs little to find again.
        """
        tokens = same_tokens(query)
        known = self._known.get(tokens)
        if known is None:
            wrong = validate(self._schema, document, max_errors=self._limits.errors)
            overlapping = _overlapping(wrong)
            if wrong and not overlapping:
                return naming_arguments(document, wrong)
            known = _Known(overlapping, None if wrong else self._rows(found))
            self._known.put(tokens, known)
        return known.wrong or Admitted(document, known.rows)

    def _rows(self, found: Iterable[Measure]) -> int | None:
        """So many that what they hold costs no more than is allowed; of several operations, for whichever is chosen."""
        most = self._limits.cost
        costly = [each for each in found if each.of_page(self._limits.page_default) > most]
        return min((most // max(each.selected, 1) for each in costly), default=None)

    def _measured(self, document: DocumentNode) -> dict[OperationDefinitionNode, Measure]:
        ruler = CostEstimator(self._schema, document, self._limits)
        operations = (each for each in document.definitions if isinstance(each, OperationDefinitionNode))
        return {operation: ruler.operation(operation) for operation in operations}

    def _beyond_limits(self, found: dict[OperationDefinitionNode, Measure]) -> Iterator[GraphQLError]:
        for operation, measure in found.items():
            yield from self._passed(measure, operation)

    def _passed(self, found: Measure, operation: OperationDefinitionNode) -> Iterator[GraphQLError]:
        limits = self._limits
        # What a command has recorded is answered whatever is found: it may ask for no more than fits.
        thinness = limits.thinness if operation.operation is OperationType.QUERY else 1
        measured = (
            ("levels", found.depth, limits.query_depth),
            ("aliases", found.aliases, limits.aliases),
            ("directives", found.directives, limits.directives),
            ("fields at its root", found.fields, limits.root_fields),
            ("values at most (its cost)", found.of_page(limits.page_default), limits.cost * thinness),
        )
        return (_too_large(what, has, most, operation) for what, has, most in measured if has > most)


def same_tokens(query: str) -> str:
    """One text for all that a parser reads alike, whatever comments, spaces and commas stand in it."""
    return " ".join(token for token in TOKEN.findall(query) if not token.startswith("#"))


def _overlapping(wrong: Iterable[GraphQLError]) -> tuple[GraphQLError, ...]:
    """The one error of a text that validation gave up."""
    if not any(error.message == COMPARED for error in wrong):
        return ()
    told = "The query names the same fields too many times side by side; name each once, or give it an alias."
    return (GraphQLError(told, extensions=TOO_LARGE),)


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
