"""One line of the log for each request: what was done for whom, how it ended and how long it took, and nobody's words.

What a caller wrote stands in no line: no query, no variable, no token, no path that is not ours, no name of an
operation that the caller chose; neither does whom the token names.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Protocol
from uuid import uuid4

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger("goldenthread.requests")

HEADER = "X-Request-ID"
VALID_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{7,63}")
GONE = 499
"""The status in the log of a request whose caller left before it was answered."""
MOST_FIELDS = 10
UNKNOWN_ROUTE = "other"


@dataclass(slots=True)
class RequestRecord:
    """What is known of one request; filled in while it is answered, by whichever thread does.

    Attributes:
        id: the caller's X-Request-ID where it is a valid one, else made here; the answer carries it.
        route: the path as we serve it, `other` for any that we do not.
        kind: query or mutation; None before one was chosen, and outside GraphQL.
        fields: our own names of what was asked for: fields of the root, and those below `register`.
        codes: of every error and user error of the answer, as often as each.
        error_ids: under which unexpected errors were logged and shown.
        status: of the answer; 499 where nobody was there any more.
        received, sent: bytes of the bodies.
    """

    method: str
    id: str = field(default_factory=lambda: uuid4().hex)
    route: str = UNKNOWN_ROUTE
    kind: str | None = None
    fields: list[str] = field(default_factory=list)
    partnership: str | None = None
    role: str | None = None
    codes: list[str] = field(default_factory=list)
    error_ids: list[str] = field(default_factory=list)
    status: int = GONE
    received: int = 0
    sent: int = 0
    milliseconds: float = 0.0

    @property
    def outcome(self) -> str:
        """One of `OUTCOMES`."""
        if self.status == GONE:
            return "left"
        if "UNEXPECTED" in self.codes or self.status == 500:  # noqa: PLR2004 - HTTP's own number
            return "failed"
        return OUTCOME_OF.get(self.status) or ("refused" if self.codes or self.status >= 400 else "answered")  # noqa: PLR2004

    def as_fields(self) -> dict[str, Any]:
        """As the log shows it; what is not known is left out."""
        shown: dict[str, Any] = {
            "request_id": self.id,
            "method": self.method,
            "route": self.route,
            "kind": self.kind,
            "operation": self.fields[:MOST_FIELDS],
            "partnership": self.partnership,
            "role": self.role,
            "status": self.status,
            "outcome": self.outcome,
            "codes": sorted(set(self.codes)),
            "error_ids": self.error_ids,
            "ms": round(self.milliseconds, 1),
            "received": self.received,
            "sent": self.sent,
        }
        return {name: value for name, value in shown.items() if value not in (None, [])}


OUTCOMES = ("answered", "refused", "unauthenticated", "busy", "unavailable", "failed", "left")
"""Answered in full; refused wholly or in part, with a code; without a good token; told to come later, as its caller
or all callers ask too much (429) or the service is away (503); failed unexpectedly; left by its caller."""
OUTCOME_OF = {401: "unauthenticated", 429: "busy", 503: "unavailable"}

CURRENT: ContextVar[RequestRecord | None] = ContextVar("request", default=None)
"""The request that the running code answers, in worker threads too; None outside requests."""


class Observer(Protocol):
    """Whoever counts requests."""

    def begun(self) -> None: ...

    def ended(self, record: RequestRecord) -> None: ...


def note_code(code: str) -> None:
    """An error or a user error with this code is part of the answer."""
    if record := CURRENT.get():
        record.codes.append(code)


def note_error(identity: str) -> None:
    """An unexpected error was logged, and is shown, under this id."""
    if record := CURRENT.get():
        record.error_ids.append(identity)


def note_caller(partnership: str, role: str) -> None:
    """Whose token it is, as far as a log may say it."""
    if record := CURRENT.get():
        record.partnership, record.role = partnership, role


def note_operation(document: DocumentNode, operation: OperationDefinitionNode) -> None:
    """The operation of an admitted document that is executed; the names are those of our schema."""
    if record := CURRENT.get():
        record.kind = operation.operation.value
        record.fields = list(dict.fromkeys(_named(document, operation)))


def _named(document: DocumentNode, operation: OperationDefinitionNode) -> list[str]:
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    names: list[str] = []
    for root in _fields(operation.selection_set, fragments):
        below = _fields(root.selection_set, fragments) if root.name.value == "register" else []
        names += [f"register.{each.name.value}" for each in below] or [root.name.value]
    return names


def _fields(selected: SelectionSetNode | None, fragments: Mapping[str, FragmentDefinitionNode]) -> Iterator[FieldNode]:
    """Those selected, wherever fragments stand between."""
    for each in selected.selections if selected else ():
        match each:
            case FieldNode():
                yield each
            case InlineFragmentNode():
                yield from _fields(each.selection_set, fragments)
            case FragmentSpreadNode():
                yield from _fields(fragments[each.name.value].selection_set, fragments)


class RequestLog:
    """Around the whole application: gives each request its id and its line, and tells an observer how it ended."""

    def __init__(self, app: ASGIApp, observer: Observer) -> None:
        self.app = app
        self.observer = observer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        record = _begun(scope)
        self.observer.begun()
        began, token = perf_counter(), CURRENT.set(record)
        try:
            await self.app(scope, _counting(record, receive), _answering(record, send))
        except BaseException:
            if record.status == GONE:
                record.status = 500
            raise
        finally:
            CURRENT.reset(token)
            record.milliseconds = (perf_counter() - began) * 1000
            record.route = _route(scope)
            self.observer.ended(record)
            _log(record)


def _begun(scope: Scope) -> RequestRecord:
    record, sent = RequestRecord(scope["method"]), Headers(scope=scope).get(HEADER, "")
    if VALID_ID.fullmatch(sent):
        record.id = sent
    return record


def _route(scope: Scope) -> str:
    """The path without what the caller put into it."""
    if "endpoint" not in scope:
        return UNKNOWN_ROUTE
    path: str = scope["path"]
    for name, value in scope.get("path_params", {}).items():
        path = path.replace(str(value), f"{{{name}}}")
    return path


def _counting(record: RequestRecord, receive: Receive) -> Receive:
    async def counted() -> Message:
        message = await receive()
        record.received += len(message.get("body", b""))
        return message

    return counted


def _answering(record: RequestRecord, send: Send) -> Send:
    async def answered(message: Message) -> None:
        if message["type"] == "http.response.start":
            record.status = message["status"]
            MutableHeaders(scope=message)[HEADER] = record.id
        record.sent += len(message.get("body", b""))
        await send(message)

    return answered


def _log(record: RequestRecord) -> None:
    level = {"failed": logging.ERROR, "unavailable": logging.WARNING}.get(record.outcome, logging.INFO)
    logger.log(level, "request", extra={"fields": record.as_fields()})
