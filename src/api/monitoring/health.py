"""Whether the process is alive, and whether all that it needs is ready."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Thread
from time import monotonic

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

logger = logging.getLogger("goldenthread.health")

FRESH, OLD = 0.05, 10.0
"""Seconds for which an answer is given again without looking, and for which it may be given while a look takes long."""
HURRY, PATIENCE = 0.05, 1.5
"""Seconds for which a look is waited for: where there is an answer that is not old, and where there is none."""
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


@dataclass(frozen=True, slots=True)
class Health:
    """Of each part that must be ready None when it is, and otherwise a few words on what is missing.

    `maintenance`: why nothing is recorded at the moment, on purpose; `durability`: why what is acknowledged may be
    lost. Queries are answered, so that this is ready too.
    """

    parts: Mapping[str, str | None]
    maintenance: str | None = None
    durability: str | None = None

    @property
    def ready(self) -> bool:
        return all(missing is None for missing in self.parts.values())

    @property
    def shown(self) -> dict[str, object]:
        parts = {part: missing or "ready" for part, missing in self.parts.items()}
        beside = {"maintenance": self.maintenance, "durability": self.durability} if self.ready else {}
        return {"ready": self.ready, "parts": parts, **{name: why for name, why in beside.items() if why}}


class Latest:
    """What was found last, looked for anew whenever somebody asks, in a thread of its own: one look at a time.

    However many ask, and whatever the look waits for, each is answered within moments.
    """

    def __init__(self, check: Callable[[], Health]) -> None:
        self._check = check
        self._found: tuple[float, Health] | None = None
        self._looking: tuple[float, Future[Health]] | None = None

    async def health(self) -> Health:
        known = self._known(FRESH)
        if known is not None:
            return known
        began, looking = self._look()
        known = self._known(OLD)
        patience = HURRY if known else max(0.0, began + PATIENCE - monotonic())
        await asyncio.wait([asyncio.wrap_future(looking)], timeout=patience)
        if looking.done():
            return looking.result()
        return known or Health({"database": f"it has not answered for {monotonic() - began:.1f} seconds"})

    def _known(self, age: float) -> Health | None:
        return self._found[1] if self._found and monotonic() - self._found[0] <= age else None

    def _look(self) -> tuple[float, Future[Health]]:
        """In an event loop, so that nobody else begins one meanwhile."""
        if self._looking is None or self._looking[1].done():
            self._looking = monotonic(), Future()
            Thread(target=self._run, args=(self._looking[1],), name="readiness", daemon=True).start()
        return self._looking

    def _run(self, looking: Future[Health]) -> None:
        try:
            health = self._check()
        except Exception:
            logger.exception("the readiness check failed")
            health = Health({"check": "the readiness check failed; see the log"})
        if self._found is None or self._found[1].parts != health.parts:
            _tell(health, first=self._found is None)
        if self._found is not None and self._found[1].durability != health.durability and health.ready:
            tell_durability(health)
        self._found = monotonic(), health
        looking.set_result(health)


def _tell(health: Health, *, first: bool) -> None:
    """A line whenever it becomes something else."""
    if not health.ready:
        lacking = (f"{part}: {missing}" for part, missing in health.parts.items() if missing is not None)
        logger.warning("not ready; %s", "; ".join(lacking))
    elif not first:
        logger.warning("ready again")


def tell_durability(health: Health) -> None:
    """A line at the start where it is wanting, and whenever it becomes something else."""
    logger.warning("%s", health.durability or "the database keeps again what is acknowledged")


def health_router(check: Callable[[], Health], clock: Callable[[], str | None] = lambda: None) -> APIRouter:
    """`/health/live` answers while the process lives; `/health/ready` is 503 naming the part that is not ready.

    `clock` says what is wrong with the clock: queries are answered, so that this is ready too.
    """
    latest = Latest(check)

    async def live(_: Request) -> Response:
        return JSONResponse({"live": True}, headers=HEADERS)

    async def ready(_: Request) -> Response:
        health = await latest.health()
        wrong = clock()
        body = health.shown | ({"clock": wrong} if wrong else {})
        return JSONResponse(body, 200 if health.ready else 503, headers=HEADERS)

    router = APIRouter()
    router.add_route("/health/live", live, methods=["GET"], include_in_schema=False)
    router.add_route("/health/ready", ready, methods=["GET"], include_in_schema=False)
    return router
