"""A mutant is judged in a child process of its own, which tells in one line what became of it."""

import os
import resource
import select
import signal
from collections.abc import Callable

MEMORY_LIMIT = 4 * 2**30
TIMEOUT_SECONDS = 3600
FAULT = "fault: "


def run_in_child(work: Callable[[], str]) -> str | None:
    """What `work` gave in a forked child; "" where it crashed or its time ran out, None where nothing was heard."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _run_and_exit(work, writing)
    os.close(writing)
    try:
        ready, _, _ = select.select([reading], [], [], TIMEOUT_SECONDS)
        answer = os.read(reading, 4096) if ready else None
    finally:
        os.close(reading)
        if not ready:
            os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
    if answer is None or os.WTERMSIG(status) == signal.SIGKILL:  # from outside, be it for want of memory: no verdict
        return None
    if answer.startswith(FAULT.encode()):
        raise RuntimeError(answer.decode())
    return answer.decode()


def _run_and_exit(work: Callable[[], str], writing: int) -> None:
    try:
        _silence_and_limit()
        answer = work()
    except BaseException as error:  # noqa: BLE001 - told to the parent, which stops
        answer = f"{FAULT}{error!r}"
    finally:
        os.write(writing, answer.encode()[:4096])
        os._exit(0)


def _silence_and_limit() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
