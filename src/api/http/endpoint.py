"""GraphQL over HTTP: POST and GET on one path, and GraphiQL for browsers."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Generic, Protocol, TypeVar, runtime_checkable

import strawberry
from fastapi import APIRouter
from graphql import ExecutionResult, GraphQLError, OperationType
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from api.auth.tokens import TokenRefused
from api.graphiql.page import asset_response, page_response
from api.http import responses
from api.http.admission import Claimant, Overloaded, Place
from api.http.body import RequestRefused, body_of, from_get, from_post
from api.http.door import Door
from api.http.errors import any_unavailable, is_unavailable, mask, present, refused, root_cause
from api.http.executor import chosen_operation, execute
from api.http.gate import TOO_LARGE, Gate, QueryRefused
from api.http.limits import Limits
from api.http.responses import GRAPHQL, HTML, JSON, preferred
from api.http.row_budget import AnswerTooLarge, Rationed, Size, TooManyRows
from api.http.workers import Workers
from api.monitoring.load import Load
from domain.shared.refusals import Refusal
from storage.work import Stopped, Why, Work

Caller = TypeVar("Caller")

PATH = "/graphql"
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
READ_FOR_ONE_ANSWERED = 4
"""Characters that may be read for each byte that may be answered: rows are read whole."""
NOBODY = 499
"""The status of an answer that nobody was there to read."""


@runtime_checkable
class Hinting(Protocol):
    """A context that may know when what was refused could succeed, in seconds."""

    retry_after: int | None


@dataclass(frozen=True, slots=True)
class Faults:
    """What the database may be up against, by the exceptions that say so; what is `away` may be any of the others too.

    Attributes:
        away: it cannot be reached.
        overdue: a statement took too long.
        full: it has no room for what was to be written.
        only_read: it takes nothing that is written.
    """

    away: tuple[type[Exception], ...] = ()
    overdue: tuple[type[Exception], ...] = ()
    full: tuple[type[Exception], ...] = ()
    only_read: tuple[type[Exception], ...] = ()

    @property
    def all(self) -> tuple[type[Exception], ...]:
        return (*self.away, *self.overdue, *self.full, *self.only_read)


@dataclass(frozen=True)
class Endpoint(Generic[Caller]):
    """All that one GraphQL endpoint needs; built by the composition root.

    Attributes:
        authenticate: a bearer token to its caller; raises TokenRefused. Called in a worker thread.
        context_for: the context of one request, for its caller; one that can be entered is left at the request's end.
            Called in a worker thread.
        claimant: for whom a caller's requests are worked on.
        recognised: the caller of a token that was checked a moment ago, of memory alone; None for any other token.
        door: is told of tokens that are refused again and again.
    """

    schema: strawberry.Schema
    gate: Gate
    authenticate: Callable[[str], Caller]
    context_for: Callable[[Request, Caller], object]
    claimant: Callable[[Caller], Claimant]
    limits: Limits
    load: Load
    workers: Workers
    faults: Faults
    recognised: Callable[[str], Caller | None]
    door: Door

    async def __call__(self, request: Request) -> Response:
        if request.method not in {"GET", "HEAD", "POST"}:
            return responses.failure(405, "Use GET or POST.", "METHOD_NOT_ALLOWED", headers={"Allow": "GET, POST"})
        browsing = request.method != "POST" and "query" not in request.query_params
        media = preferred(request.headers.get("accept"), (JSON, GRAPHQL, *([HTML] if browsing else [])))
        if media is None:
            return responses.failure(406, f"Accept {GRAPHQL} or {JSON}.", "NOT_ACCEPTABLE")
        if media == HTML:
            return page_response()
        try:
            return await self._serve(request, media)
        except Stopped as stopped:
            return self._stopped(stopped.why, media)
        except Exception as error:  # noqa: BLE001 - masked and logged, never swallowed
            return self._failed(error, media)

    async def _serve(self, request: Request, media: str) -> Response:
        """The token is checked first: of nobody unknown is more taken in than the head of a request."""
        token = bearer_token(request.headers.get("authorization"))
        if token is None:
            return responses.unauthenticated("Send a bearer token.", media, given=False)
        work = Work(self.limits.request_seconds)
        caller = await self._caller(token, work)
        place = self._place(caller, token)
        try:
            body = await body_of(request, self.limits.body_bytes) if request.method == "POST" else None
            answer = partial(self._answered, request, caller, body, media, work)
            return await self.workers.do(place, work, gone(request), answer)
        except ClientDisconnect:
            work.why = Why.GONE
            raise
        finally:
            self.workers.leave(place, work)

    async def _caller(self, token: str, work: Work) -> Caller:
        try:
            caller = self.recognised(token)
            return await self.workers.check(work, partial(self.authenticate, token)) if caller is None else caller
        except TokenRefused:
            self.door.note_unknown(token)
            raise

    def _place(self, caller: Caller, token: str) -> Place:
        try:
            return self.workers.take_in(self.claimant(caller))
        except Overloaded as refused:
            if refused.persistent:
                self.door.shut(token)
            raise

    def _answered(self, request: Request, caller: Caller, body: bytes | None, media: str, work: Work) -> Response:
        """In a worker thread. Raises `Stopped` for work that was stopped."""
        try:
            answered = self._executed(request, caller, body, media, work)
        except AnswerTooLarge as large:
            answered = responses.request_error([present(GraphQLError(str(large), extensions=TOO_LARGE))], media)
        except Exception as error:
            if work.why:
                raise Stopped(work.why) from error
            answered = self._failed(error, media)
        return responses.compressed(answered, request.headers.get("accept-encoding"))

    def _executed(self, request: Request, caller: Caller, body: bytes | None, media: str, work: Work) -> Response:
        requested = from_get(request) if body is None else from_post(body)
        document, rows = self.gate.admit(requested.query)
        work.records = chosen_operation(document, requested).operation is OperationType.MUTATION
        context, size = self.context_for(request, caller), Size(self.limits.cost, self.limits.answer_bytes)
        if isinstance(context, Rationed):
            context.ration(rows, READ_FOR_ONE_ANSWERED * self.limits.answer_bytes)
        with context if isinstance(context, AbstractContextManager) else nullcontext():
            result = execute(self.schema, document, requested, context, size)
        for error in result.errors or ():
            self._raise_what_ends_all(error)
        answered = responses.answer(_formatted(result), media, headers=_hint(context))
        size.check(answered.body)
        return answered

    def _raise_what_ends_all(self, error: GraphQLError) -> None:
        """Errors of one field that leave nothing worth answering."""
        cause = root_cause(error)
        if isinstance(cause, TooManyRows):
            raise QueryRefused((GraphQLError(str(cause), extensions=TOO_LARGE),))
        if cause is not None and any_unavailable([error], self.faults.all):
            raise cause

    def _failed(self, error: Exception, media: str) -> Response:
        match error:
            case TokenRefused():
                return responses.unauthenticated(error.reason, media, given=True)
            case RequestRefused():
                return responses.failure(error.status, error.message, error.code, media, error.headers)
            case Overloaded():
                self.load.notices.notice(f"a request was refused: {error}")
                return responses.overloaded(media, own=error.own)
            case ClientDisconnect():
                return self._stopped(Why.GONE, media)
            case QueryRefused():
                return responses.request_error([present(each) for each in error.errors], media)
            case Refusal():
                return responses.request_error([refused(error)], media)
        if is_unavailable(error, self.faults.overdue):
            return self._stopped(Why.TIME, media)
        if is_unavailable(error, self.faults.full):
            self.load.notices.notice("nothing can be recorded: the disk of the database is full")
            return responses.storage_full(media)
        if is_unavailable(error, self.faults.only_read):
            self.load.notices.notice("nothing can be recorded: the database can only be read")
            return responses.only_read(media)
        if is_unavailable(error, self.faults.away):
            self.load.away += 1
            self.load.notices.notice("the database is away")
            return responses.database_away(media)
        return responses.answer({"errors": [mask(error)]}, media, 500)

    def _stopped(self, why: Why, media: str) -> Response:
        if why is Why.GONE:
            self.load.cancelled += 1
            return Response(status_code=NOBODY)
        self.load.timed_out += 1
        self.load.notices.notice("the time of a request was over before it was answered")
        return responses.late(media)


def _nobody(_: str) -> None:
    """Every token is checked each time."""


def graphql_router(
    schema: strawberry.Schema,
    gate: Gate,
    authenticate: Callable[[str], Caller],
    context_for: Callable[[Request, Caller], object],
    claimant: Callable[[Caller], Claimant],
    limits: Limits,
    load: Load,
    faults: Faults,
    recognised: Callable[[str], Caller | None] = _nobody,
    door: Door | None = None,
    workers: Workers | None = None,
) -> APIRouter:
    """A router with `/graphql` and GraphiQL's own assets below it."""
    endpoint = Endpoint(
        schema,
        gate,
        authenticate,
        context_for,
        claimant,
        limits,
        load,
        workers or Workers(limits, load),
        faults,
        recognised,
        door or Door(),
    )

    async def graphql(request: Request) -> Response:
        return await endpoint(request)

    async def asset(request: Request) -> Response:
        return asset_response(request.path_params["name"], request.headers.get("accept-encoding", ""))

    router = APIRouter()
    router.add_route(PATH, graphql, methods=METHODS, include_in_schema=False)
    router.add_route(PATH + "/assets/{name}", asset, methods=["GET"], include_in_schema=False)
    return router


def bearer_token(authorization: str | None) -> str | None:
    """The token of an Authorization header of scheme Bearer; None when there is none."""
    scheme, _, token = (authorization or "").strip().partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


async def gone(request: Request) -> None:
    """Ends when the caller has left; its body has been read."""
    while (await request.receive())["type"] != "http.disconnect":
        continue


def _hint(context: object) -> dict[str, str]:
    seconds = context.retry_after if isinstance(context, Hinting) else None
    return {} if seconds is None else {"Retry-After": str(seconds)}


def _formatted(result: ExecutionResult) -> dict[str, object]:
    if not result.errors:
        return {"data": result.data}
    return {"data": result.data, "errors": [present(error) for error in result.errors]}
