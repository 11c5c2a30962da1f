"""Whether the process is alive, and whether all that it needs is ready."""

import logging
from collections.abc import Callable, Mapping
from typing import TypeAlias

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

logger = logging.getLogger("goldenthread.health")

Check: TypeAlias = Callable[[], Mapping[str, str | None]]
"""Each part that must be ready, with None when it is and otherwise a few words on what is missing."""

Says: TypeAlias = Callable[[], str | None]

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def health_router(check: Check, maintenance: Says = lambda: None, clock: Says = lambda: None) -> APIRouter:
    """`/health/live` answers while the process lives; `/health/ready` is 503 naming the part that is not ready.

    `maintenance` says why nothing is recorded at the moment, and `clock` what is wrong with the clock: queries are
    answered, so that this is ready too.
    """

    async def live(_: Request) -> Response:
        return JSONResponse({"live": True}, headers=HEADERS)

    async def ready(_: Request) -> Response:
        parts = await run_in_threadpool(_checked, check)
        all_ready = all(missing is None for missing in parts.values())
        shown = {part: missing or "ready" for part, missing in parts.items()}
        closed = await run_in_threadpool(maintenance) if all_ready else None
        said = {"maintenance": closed} if closed else {}
        if wrong := clock():
            said["clock"] = wrong
        return JSONResponse({"ready": all_ready, "parts": shown, **said}, 200 if all_ready else 503, headers=HEADERS)

    router = APIRouter()
    router.add_route("/health/live", live, methods=["GET"], include_in_schema=False)
    router.add_route("/health/ready", ready, methods=["GET"], include_in_schema=False)
    return router


def _checked(check: Check) -> Mapping[str, str | None]:
    try:
        return check()
    except Exception:
        logger.exception("the readiness check failed")
        return {"check": "the readiness check failed; see the log"}
