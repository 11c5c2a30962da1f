"""When a life was open and when it was closed: spells, each from a day up to the day on which the next begins."""

from collections.abc import Iterator
from datetime import date

from domain.lifecycle.state import Closure, Life


def closed_spells(life: Life) -> tuple[tuple[Closure, date], ...]:
    """Every closure there was, and up to which day it stood."""
    standing = () if life.closure is None else ((life.closure, date.max),)
    return (*life.ended_closures, *standing)


def open_spells(life: Life) -> Iterator[tuple[date, date]]:
    if life.raised_on is None:
        return
    began = (life.raised_on, *(reopened_on for _, reopened_on in life.ended_closures))
    ended = (*(closure.closed_on for closure, _ in closed_spells(life)), date.max)
    yield from zip(began, ended, strict=False)
