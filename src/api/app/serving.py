"""The application that serves every partnership of an installation."""

from collections.abc import Callable, Mapping
from functools import cache

import strawberry
from fastapi import FastAPI
from starlette.requests import Request

from api.app.installation import Installation
from api.context import Context
from api.credentials import Credentials, Holder
from api.gate import Gate
from api.health import health_router
from api.http import graphql_router
from api.schema import build
from api.settings import Settings
from storage.database import UNAVAILABLE
from storage.migrate import partnership_schemas, pending


def create_app(installation: Installation, settings: Settings | None = None) -> FastAPI:
    """The application; who opened the installation closes it."""
    limits = (settings or Settings()).limits
    credentials = Credentials(installation.signer, installation.credential)
    schema = _schema()
    app = FastAPI(title="Golden Thread", docs_url=None, redoc_url=None, openapi_url=None)
    gate = Gate(schema._schema, limits)  # noqa: SLF001 - strawberry has no public name for it
    context = _context_for(installation)
    app.include_router(graphql_router(schema, gate, credentials.holder, context, limits, UNAVAILABLE))
    app.include_router(health_router(lambda: ready(installation)))
    return app


def ready(installation: Installation) -> Mapping[str, str | None]:
    """What is missing of each part that must be ready."""
    try:
        lacking = {schema for schema in partnership_schemas(installation.conninfo) if _lacks(installation, schema)}
    except UNAVAILABLE:
        return {"database": "it cannot be reached", "migrations": "unknown while the database is away"}
    return {"database": None, "migrations": f"missing in {len(lacking)}" if lacking else None}


def _lacks(installation: Installation, schema: str) -> bool:
    return bool(pending(installation.conninfo, schema))


def _context_for(installation: Installation) -> Callable[[Request, Holder], Context]:
    def context_for(_: Request, holder: Holder) -> Context:
        return Context(holder.caller, installation.served(holder.partnership))

    return context_for


@cache
def _schema() -> strawberry.Schema:
    return build()
