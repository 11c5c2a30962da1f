"""How long a command is decided anew while others save what it was decided on."""

from collections.abc import Iterator
from random import uniform
from time import monotonic, sleep

PATIENCE = 10.0
"""Seconds; then somebody is told to come back, which a partner would otherwise have to find out by a timeout."""
LONGEST_PAUSE = 0.05
FEWEST = 2


def attempts(patience: float = PATIENCE) -> Iterator[int]:
    """Numbers from 0, with ever longer pauses of chance between them, so that those who collided do not do so again.

    There is always a first and a second; no more begin once the time is over.
    """
    until, longest, number = monotonic() + patience, 0.001, 0
    while number < FEWEST or monotonic() < until:
        yield number
        sleep(uniform(0, longest))  # noqa: S311 - nobody gains by guessing it
        longest, number = min(2 * longest, LONGEST_PAUSE), number + 1
