"""GraphQL over HTTP: POST and GET on one path, and GraphiQL for browsers."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import strawberry
from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter
from graphql import ExecutionResult, GraphQLError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from api import responses
from api.errors import any_unavailable, is_unavailable, mask, present, refused, root_cause
from api.execution import chosen_operation, execute
from api.gate import TOO_LARGE, Gate, QueryRefused
from api.graphiql.page import asset_response, page_response
from api.limits import Limits
from api.negotiation import GRAPHQL, HTML, JSON, preferred
from api.ration import Rationed, TooManyRows
from api.request_body import GraphQLRequest, RequestRefused, from_get, from_post
from api.tokens import TokenRefused
from domain.refusals import Refusal

Caller = TypeVar("Caller")

PATH = "/graphql"
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


@dataclass(frozen=True)
class Endpoint(Generic[Caller]):
    """All that one GraphQL endpoint needs; built by the composition root.

    Attributes:
        authenticate: a bearer token to its caller; raises TokenRefused. Called in a worker thread.
        context_for: the context of one request, for its caller; one that can be entered is left at the request's end.
            Called in a worker thread.
        unavailable: exceptions that mean the database is away.
    """

    schema: strawberry.Schema
    gate: Gate
    authenticate: Callable[[str], Caller]
    context_for: Callable[[Request, Caller], object]
    limits: Limits
    unavailable: tuple[type[Exception], ...] = ()
    workers: CapacityLimiter = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "workers", CapacityLimiter(self.limits.workers))

    async def __call__(self, request: Request) -> Response:
        if request.method not in {"GET", "HEAD", "POST"}:
            return responses.failure(405, "Use GET or POST.", "METHOD_NOT_ALLOWED", headers={"Allow": "GET, POST"})
        browsing = request.method != "POST" and "query" not in request.query_params
        media = preferred(request.headers.get("accept"), (JSON, GRAPHQL, *([HTML] if browsing else [])))
        if media is None:
            return responses.failure(406, f"Accept {GRAPHQL} or {JSON}.", "NOT_ACCEPTABLE")
        if media == HTML:
            return page_response()
        return await self._serve(request, media)

    async def _serve(self, request: Request, media: str) -> Response:
        token = bearer_token(request.headers.get("authorization"))
        if token is None:
            return responses.unauthenticated("Send a bearer token.", media, given=False)
        try:
            asked = await from_post(request, self.limits.body_bytes) if request.method == "POST" else from_get(request)
        except RequestRefused as refusal:
            return _refusal(refusal, media)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is there to read it
        return await to_thread.run_sync(self._answered, request, token, asked, media, limiter=self.workers)

    def _answered(self, request: Request, token: str, asked: GraphQLRequest, media: str) -> Response:
        answered = self._answer_or_failure(request, token, asked, media)
        return responses.compressed(answered, request.headers.get("accept-encoding"))

    def _answer_or_failure(self, request: Request, token: str, asked: GraphQLRequest, media: str) -> Response:
        try:
            return self._executed(request, token, asked, media)
        except TokenRefused as refusal:
            return responses.unauthenticated(refusal.reason, media, given=True)
        except RequestRefused as refusal:
            return _refusal(refusal, media)
        except QueryRefused as refusal:
            return responses.request_error([present(error) for error in refusal.errors], media)
        except Refusal as refusal:
            return responses.request_error([refused(refusal)], media)
        except Exception as error:  # noqa: BLE001 - masked and logged, never swallowed
            if is_unavailable(error, self.unavailable):
                return responses.database_away(media)
            return responses.answer({"errors": [mask(error)]}, media, 500)

    def _executed(self, request: Request, token: str, asked: GraphQLRequest, media: str) -> Response:
        caller = self.authenticate(token)
        document, rows = self.gate.admit(asked.query)
        chosen_operation(document, asked)
        context = self.context_for(request, caller)
        if rows is not None and isinstance(context, Rationed):
            context.ration(rows)
        with context if isinstance(context, AbstractContextManager) else nullcontext():
            result = execute(self.schema, document, asked, context)
        if result.errors and any_unavailable(result.errors, self.unavailable):
            return responses.database_away(media)
        if too_many := [error for error in result.errors or () if isinstance(root_cause(error), TooManyRows)]:
            raise QueryRefused((GraphQLError(str(root_cause(too_many[0])), extensions=TOO_LARGE),))
        return responses.answer(_formatted(result), media)


def graphql_router(
    schema: strawberry.Schema,
    gate: Gate,
    authenticate: Callable[[str], Caller],
    context_for: Callable[[Request, Caller], object],
    limits: Limits,
    unavailable: tuple[type[Exception], ...] = (),
) -> APIRouter:
    """A router with `/graphql` and GraphiQL's own assets below it; `/` leads there."""
    endpoint = Endpoint(schema, gate, authenticate, context_for, limits, unavailable)

    async def graphql(request: Request) -> Response:
        return await endpoint(request)

    async def asset(request: Request) -> Response:
        return asset_response(request.path_params["name"], request.headers.get("accept-encoding", ""))

    async def door(_: Request) -> Response:
        return RedirectResponse(PATH)

    router = APIRouter()
    router.add_route("/", door, methods=["GET"], include_in_schema=False)
    router.add_route(PATH, graphql, methods=METHODS, include_in_schema=False)
    router.add_route(PATH + "/assets/{name}", asset, methods=["GET"], include_in_schema=False)
    return router


def bearer_token(authorization: str | None) -> str | None:
    """The token of an Authorization header of scheme Bearer; None when there is none."""
    scheme, _, token = (authorization or "").strip().partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


def _refusal(refusal: RequestRefused, media: str) -> Response:
    return responses.failure(refusal.status, refusal.message, refusal.code, media, refusal.headers)


def _formatted(result: ExecutionResult) -> dict[str, object]:
    if not result.errors:
        return {"data": result.data}
    return {"data": result.data, "errors": [present(error) for error in result.errors]}
