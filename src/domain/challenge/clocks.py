"""The clocks of a formal challenge: each level of its route gives its own time for the answer."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from domain.challenge.events import Escalated, Issued, Resolved, Responded, Withdrawn
from domain.shared.facts import Recorded


@dataclass(frozen=True)
class LevelClock:
    """
    Stopped by the answer, by the escalation to the next level, or by the end; with `working_days` the route gave it.
    """

    level: int
    started_on: date
    due_on: date
    stopped_on: date | None = None
    working_days: bool = False


Clocks: TypeAlias = tuple[LevelClock, ...]


def clocks_after(clocks: Clocks, recorded: Recorded, ended: bool) -> Clocks:
    """The clocks once more has happened; what comes after the end starts and stops none."""
    match recorded.fact:
        case Issued():
            return (_started(recorded.fact, recorded),)
        case _ if ended or not clocks:
            return clocks
        case Escalated():
            return (*_stopped(clocks, recorded.fact.happened_on), _started(recorded.fact, recorded))
        case Responded() | Resolved() | Withdrawn():
            return _stopped(clocks, recorded.fact.happened_on)
    return clocks


def _started(fact: Issued | Escalated, recorded: Recorded) -> LevelClock:
    by_the_route = fact.working_days is not None and "responseDueOn" not in recorded.corrected
    return LevelClock(fact.level, fact.happened_on, fact.response_due_on, working_days=by_the_route)


def _stopped(clocks: Clocks, day: date) -> Clocks:
    *earlier, last = clocks
    return (*earlier, last if last.stopped_on else replace(last, stopped_on=day))
