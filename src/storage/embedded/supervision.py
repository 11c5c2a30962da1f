"""The embedded server, started again when it ends by itself, for as long as somebody serves with it."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from storage.embedded.errors import EmbeddedServerError
from storage.embedded.postmaster import Postmaster, postmaster
from storage.embedded.sharing import alone

logger = logging.getLogger("goldenthread.storage")

LOOKED_EVERY_S = 0.25
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 60.0
STEADY_AFTER_S = 60.0
"""A server that ran for so long and then ended is started again at once; one that ended sooner after a pause."""


@contextmanager
def supervised(folder: Path, start: Callable[[], Postmaster], leaving: Event) -> Iterator[None]:
    """Until the end of the block the server of `folder` is started again whenever it is not there.

    Of several processes that supervise one folder whoever holds its gate starts the server; the others find it there.
    `leaving` is set at the end of the block, and ends a `start` that is under way.
    """
    watching = Thread(target=_watch, args=(folder, start, leaving), name="supervision", daemon=True)
    watching.start()
    try:
        yield
    finally:
        leaving.set()
        watching.join()


def _watch(folder: Path, start: Callable[[], Postmaster], leaving: Event) -> None:
    pause, tried_at = 0.0, float("-inf")
    while not leaving.wait(LOOKED_EVERY_S):
        if postmaster(folder) is not None:
            continue
        pause = 0.0 if time.monotonic() > tried_at + STEADY_AFTER_S else _longer(pause)
        if leaving.wait(pause):
            return
        _restart(folder, start, leaving, _longer(pause))
        tried_at = time.monotonic()


def _longer(pause: float) -> float:
    return min(max(2 * pause, FIRST_PAUSE_S), LONGEST_PAUSE_S)


def _restart(folder: Path, start: Callable[[], Postmaster], leaving: Event, next_pause: float) -> None:
    try:
        with alone(folder):
            if leaving.is_set() or postmaster(folder) is not None:
                return  # another process that serves with it was quicker
            logger.error("The embedded PostgreSQL in %s has ended by itself; starting it again", folder)
            begun = time.monotonic()
            running = start()
            logger.warning(
                "The embedded PostgreSQL in %s runs again as process %s after %.1f s; its log says why it had ended",
                folder,
                running.pid,
                time.monotonic() - begun,
            )
    except EmbeddedServerError as error:
        if not leaving.is_set():
            logger.error("%s Trying again in %.0f s", error, next_pause)  # noqa: TRY400 - its sentence says all
    except Exception:
        logger.exception(
            "The embedded PostgreSQL in %s could not be started; trying again in %.0f s", folder, next_pause
        )
