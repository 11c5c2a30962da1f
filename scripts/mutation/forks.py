"""A mutant is judged in a child process of its own, which tells in one line what became of it."""

import os
import resource
import select
import signal
from collections.abc import Callable

MEMORY = 4 * 2**30
PATIENCE = 3600
FAULT = "fault: "


def in_a_child(work: Callable[[], str]) -> str | None:
    """What `work` gave in a forked child; "" where it crashed or its time ran out, None where nothing was heard."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _and_exit(work, writing)
    os.close(writing)
    try:
        ready, _, _ = select.select([reading], [], [], PATIENCE)
        said = os.read(reading, 4096) if ready else None
    finally:
        os.close(reading)
        if not ready:
            os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
    if said is None or os.WTERMSIG(status) == signal.SIGKILL:  # from outside, be it for want of memory: no verdict
        return None
    if said.startswith(FAULT.encode()):
        raise RuntimeError(said.decode())
    return said.decode()


def _and_exit(work: Callable[[], str], writing: int) -> None:
    try:
        _quietly()
        said = work()
    except BaseException as error:  # noqa: BLE001 - told to the parent, which stops
        said = f"{FAULT}{error!r}"
    finally:
        os.write(writing, said.encode()[:4096])
        os._exit(0)


def _quietly() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
