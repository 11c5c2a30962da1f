"""The embedded server, started again when it ends or freezes, for as long as somebody serves with it."""

import logging
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

import psutil

from storage.embedded.errors import EmbeddedServerError
from storage.embedded.postmaster import Postmaster, answers, postmaster, processes_of
from storage.embedded.sharing import alone

logger = logging.getLogger("goldenthread.storage")

LOOKED_EVERY_S = 0.25
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 60.0
STEADY_AFTER_S = 60.0
"""A server that ran for so long and then ended is started again at once; one that ended sooner after a pause."""
ASKED_EVERY_S = ANSWERED_WITHIN_S = 2.0
UNANSWERED = 15
"""So many times in a row without an answer, and a server is taken to be frozen. Times are counted and not seconds: a
machine or a supervisor that stood still itself finds nothing out about the server."""
GIVEN_TO_END_S, ENDED_WITHIN_S = 1.0, 10.0
"""Seconds for what a frozen postmaster leaves: before it is asked to end, before it is killed, and after that."""


@contextmanager
def supervised(folder: Path, start: Callable[[], Postmaster], leaving: Event) -> Iterator[None]:
    """Until the end of the block the server of `folder` is started again whenever it is not there or does not answer.

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


class _Listener:
    """Asks the server now and then, and counts how often in a row it gave no answer."""

    def __init__(self) -> None:
        self._asked_at = float("-inf")
        self._pid = self._unanswered = 0

    def finds_frozen(self, running: Postmaster) -> bool:
        """One that starts or stops is not asked: whoever starts or stops it has a limit of its own."""
        if running.status != "ready" or time.monotonic() < self._asked_at + ASKED_EVERY_S:
            return False
        answered = answers(running, ANSWERED_WITHIN_S)
        self._unanswered = 0 if answered or running.pid != self._pid else self._unanswered + 1
        self._pid, self._asked_at = running.pid, time.monotonic()
        return self._unanswered >= UNANSWERED


def _watch(folder: Path, start: Callable[[], Postmaster], leaving: Event) -> None:
    pause, tried_at, listener = 0.0, float("-inf"), _Listener()
    while not leaving.wait(LOOKED_EVERY_S):
        frozen = postmaster(folder)
        if frozen is not None and not listener.finds_frozen(frozen):
            continue
        pause = 0.0 if time.monotonic() > tried_at + STEADY_AFTER_S else _longer(pause)
        if leaving.wait(pause):
            return
        _restart(folder, start, leaving, frozen, _longer(pause))
        tried_at = time.monotonic()


def _longer(pause: float) -> float:
    return min(max(2 * pause, FIRST_PAUSE_S), LONGEST_PAUSE_S)


def _restart(
    folder: Path, start: Callable[[], Postmaster], leaving: Event, frozen: Postmaster | None, next_pause: float
) -> None:
    try:
        with alone(folder):
            if leaving.is_set() or not _is_needed(folder, frozen):
                return  # another process that serves with it was quicker
            if frozen is None:
                logger.error("The embedded PostgreSQL in %s has ended by itself; starting it again", folder)
            else:
                _end_frozen(folder, frozen)
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


def _is_needed(folder: Path, frozen: Postmaster | None) -> bool:
    running = postmaster(folder)
    if running is None or frozen is None:
        return running is None
    return running.pid == frozen.pid and not answers(running, ANSWERED_WITHIN_S)


def _end_frozen(folder: Path, frozen: Postmaster) -> None:
    """End every process of the server, as a crash does; what was committed is on disk. Raises `EmbeddedServerError`.

    The postmaster first, so that it makes no more: what was stopped by a signal can be killed and cannot be asked to
    end. The others see that it is gone and end by themselves, but for those that are in the middle of something.
    """
    logger.error(
        "The embedded PostgreSQL in %s, process %s (%s), has not answered for %.0f s: ending it and starting it again",
        folder,
        frozen.pid,
        _state(frozen.pid),
        UNANSWERED * ASKED_EVERY_S,
    )
    with suppress(psutil.NoSuchProcess):
        psutil.Process(frozen.pid).kill()
    for end in (signal.SIGQUIT, signal.SIGKILL):
        if not _ended(folder, GIVEN_TO_END_S):
            for pid in processes_of(folder):
                with suppress(psutil.NoSuchProcess):
                    psutil.Process(pid).send_signal(end)
    if not _ended(folder, ENDED_WITHIN_S):
        remaining = processes_of(folder)
        raise EmbeddedServerError(
            f"The embedded PostgreSQL in {folder} does not answer and cannot be ended: processes "
            f"{' '.join(map(str, remaining))} wait for the kernel, perhaps for a disk."
        )


def _state(pid: int) -> str:
    """In the kernel's words: stopped by a signal, waiting for a disk, running."""
    try:
        return str(psutil.Process(pid).status())
    except psutil.NoSuchProcess:
        return "gone"


def _ended(folder: Path, patience: float) -> bool:
    until = time.monotonic() + patience
    while processes_of(folder):
        if time.monotonic() > until:
            return False
        time.sleep(LOOKED_EVERY_S)
    return True
