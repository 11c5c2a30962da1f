"""A schema of the edge's own tests: enough to page, to fail in every way, and to change something."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import anyio
import strawberry
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response
from starlette.requests import Request

from api.auth.tokens import TokenRefused
from api.http.admission import Claimant
from api.http.endpoint import Faults, graphql_router
from api.http.gate import Gate
from api.http.limits import Limits
from api.monitoring.load import Load
from api.relay.connection import Connection, Page, PageRequest, UncountedConnection, connect, connect_uncounted
from api.relay.scalars import configuration
from domain.shared.refusals import NotFound

GOOD = {"Authorization": "Bearer good"}


class DatabaseAway(Exception):
    """What a driver raises when its server is gone."""


class TookTooLong(DatabaseAway):
    """What it raises when a statement was cancelled."""


FAULTS = Faults(away=(DatabaseAway,), overdue=(TookTooLong,))


@strawberry.type
class Action:
    number: int

    @strawberry.field
    def wording(self) -> str:
        return f"Action {self.number}"

    @strawberry.field
    def actions(self, first: int | None = strawberry.UNSET) -> Connection["Action"]:
        return page_of_actions(first)


@strawberry.type
class Change(Action):
    """Something recorded."""


def page_of_actions(first: int | None) -> Connection[Action]:
    asked = PageRequest.parse(first, None, None, None, "number", "")
    rows = list(range(1, asked.fetch + 1))
    return connect(Page.of(rows, asked, total=500), asked, lambda n: (n,), lambda n: Action(number=n))


@dataclass
class Written:
    """The context: who asks, and what was written for them."""

    caller: str
    written: list[str] = field(default_factory=list)


@strawberry.type
class Query:
    @strawberry.field
    def hello(self, name: str = "world") -> str:
        return f"Hello, {name}"

    @strawberry.field
    def caller(self, info: strawberry.Info[Written]) -> str:
        return info.context.caller

    @strawberry.field
    def actions(self, first: int | None = strawberry.UNSET) -> Connection[Action]:
        return page_of_actions(first)

    @strawberry.field
    def changes(self) -> UncountedConnection[Change]:
        asked = PageRequest.parse(None, None, None, None, "position", "")
        return connect_uncounted(Page.of([1, 2], asked), asked, lambda n: (n,), lambda n: Change(number=n))

    @strawberry.field
    def instant(self, at: datetime) -> datetime:
        return at

    @strawberry.field
    def day(self, on: date) -> date:
        return on

    @strawberry.field
    def same(self, key: UUID) -> UUID:
        return key

    @strawberry.field
    def missing(self) -> str | None:
        raise NotFound("There is no such action.", "id")

    @strawberry.field
    def broken(self) -> str | None:
        raise RuntimeError("SELECT secret FROM events")

    @strawberry.field
    def away(self) -> str | None:
        raise RuntimeError("the pool gave up") from DatabaseAway("connection refused")


@strawberry.type
class Mutation:
    @strawberry.mutation
    def write(self, info: strawberry.Info[Written], text: str) -> str:
        info.context.written.append(text)
        return text


SCHEMA = strawberry.Schema(Query, Mutation, config=configuration())


def authenticate(token: str) -> str:
    if token == "away":
        raise DatabaseAway("connection refused")
    if token != "good":
        raise TokenRefused("The token has been revoked.")
    return "officer"


def claimant(caller: str) -> Claimant:
    return Claimant("partnership", caller)


def context_for(_: Request, caller: str) -> Written:
    return Written(caller)


def application(limits: Limits, context: Callable[[Request, str], object]) -> FastAPI:
    app = FastAPI()
    gate = Gate(SCHEMA._schema, limits)
    load = app.state.load = Load()
    app.include_router(graphql_router(SCHEMA, gate, authenticate, context, claimant, limits, load, FAULTS))
    return app


def send(
    method: str = "POST",
    path: str = "/graphql",
    *,
    limits: Limits | None = None,
    context: Callable[[Request, str], object] = context_for,
    headers: Mapping[str, str] | None = None,
    **request: Any,
) -> Response:
    """One request, with a good token unless the headers bring another, to an application of the small schema."""

    async def exchange() -> Response:
        transport = ASGITransport(application(limits or Limits(), context))
        async with AsyncClient(transport=transport, base_url="http://register.test") as client:
            return await client.request(method, path, headers={**GOOD, **(headers or {})}, **request)

    return anyio.run(exchange)


def ask(query: str, **more: Any) -> Response:
    """One query by POST, reading `application/graphql-response+json`."""
    return send(json={"query": query, **more}, headers={"Accept": "application/graphql-response+json"})
