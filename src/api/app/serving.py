"""The application that serves every partnership of an installation."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import strawberry
from fastapi import FastAPI
from starlette.requests import Request

from api.app.installation import Installation
from api.app.settings import Settings
from api.app.watching import Watch, metrics_of
from api.attachments.routes import Caller, Routes, attachments_router
from api.attachments.scanner import Scanner
from api.attachments.service import Attachments, Bounds
from api.auth.credentials import Credentials, Holder
from api.context import Context
from api.graphql.schema import build
from api.http.admission import Claimant
from api.http.door import Door
from api.http.endpoint import Faults, graphql_router
from api.http.gate import Gate
from api.http.limits import Limits
from api.http.workers import Workers
from api.monitoring.health import health_router
from api.monitoring.load import Load
from api.monitoring.metrics import metrics_router
from api.monitoring.request_log import RequestLog, note_caller
from storage.database import FULL, ONLY_READ, TOOK_TOO_LONG, UNAVAILABLE
from storage.files.store import FileStore

FAULTS = Faults(away=UNAVAILABLE, overdue=TOOK_TOO_LONG, full=FULL, only_read=ONLY_READ)


@dataclass(frozen=True, slots=True)
class Edge:
    """What else is served beside GraphQL works with, so that all of it together keeps within the limits."""

    schema: strawberry.Schema
    credentials: Credentials
    workers: Workers
    limits: Limits


def create_app(installation: Installation, settings: Settings | None = None) -> FastAPI:
    """The application, with its `Load`, its `Door` and its `Edge` as `state`; who opened the installation closes it."""
    settings = settings or Settings()
    limits = settings.limits
    credentials = Credentials(installation.signer, installation.credential)
    schema = _schema()
    app = FastAPI(title="Golden Thread", docs_url=None, redoc_url=None, redirect_slashes=False)
    load = app.state.load = Load()
    door = app.state.door = Door(credentials.signed)
    workers = Workers(limits, load)
    app.state.edge = Edge(schema, credentials, workers, limits)
    gate = Gate(schema._schema, limits)  # noqa: SLF001 - strawberry has no public name for it
    context = _context_for(installation)
    graphql = graphql_router(
        schema,
        gate,
        _noting(credentials.holder),
        context,
        claimant,
        limits,
        load,
        FAULTS,
        _noting(credentials.recognised),
        door,
        workers,
    )
    app.include_router(graphql)
    _add_attachments(app, installation, settings, credentials, workers)
    app.include_router(health_router(installation.readiness, installation.clock))
    _watch(app, installation, settings, load)
    return app


def attachments_of(installation: Installation, settings: Settings) -> Attachments:
    """The files of an installation, as it is set."""
    return Attachments(
        installation.database,
        FileStore(settings.files),
        Bounds(settings.attachment_bytes, settings.attachments_waiting),
        Scanner(settings.scanner) if settings.scanner else None,
    )


def _add_attachments(
    app: FastAPI, installation: Installation, settings: Settings, credentials: Credentials, workers: Workers
) -> None:
    """With what answers them as `attachments`, and who asks for them as `caller`, in the application's state."""
    attachments = app.state.attachments = attachments_of(installation, settings)
    caller = app.state.caller = Caller(
        _noting(credentials.holder), app.state.door, workers, settings.limits.request_seconds
    )
    app.include_router(attachments_router(Routes(attachments, caller, installation.served, claimant, workers), FAULTS))


def claimant(holder: Holder) -> Claimant:
    """A caller is whoever has the same subject, role and agency, with however many tokens."""
    caller = holder.caller
    return Claimant(holder.partnership, (holder.partnership, caller.subject, caller.role, caller.agency))


Found = TypeVar("Found", Holder, Holder | None)


def _noting(authenticate: Callable[[str], Found]) -> Callable[[str], Found]:
    """The log of requests knows the partnership and the role, and not the subject."""

    def noted(token: str) -> Found:
        holder = authenticate(token)
        if holder is not None:
            note_caller(holder.partnership, holder.caller.role.value)
        return holder

    return noted


def _watch(app: FastAPI, installation: Installation, settings: Settings, load: Load) -> None:
    watch = Watch(installation.conninfo, installation.database, settings.data)
    metrics = metrics_of(watch, load)
    token = settings.metrics_token.get_secret_value() if settings.metrics_token else None
    app.include_router(metrics_router(metrics, watch.refresh, token))
    app.add_middleware(RequestLog, observer=metrics)


def _context_for(installation: Installation) -> Callable[[Request, Holder], Context]:
    def context_for(_: Request, holder: Holder) -> Context:
        return Context(holder.caller, installation.served(holder.partnership))

    return context_for


@cache
def _schema() -> strawberry.Schema:
    return build()
