"""The clocks of a review: a deadline runs from a start until it is stopped."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, assert_never
from uuid import UUID

from domain.calendar import add_working_days, working_days_between
from domain.dates import add_months
from domain.review.events import ClockStarted, ClockStopped
from domain.words import DeadlineUnit, StoppedBy

if TYPE_CHECKING:
    from domain.frameworks import Deadline, Framework, ResponseTime


@dataclass(frozen=True)
class Clock:
    """One run of a clock; without `stopped_on` it runs still."""

    id: UUID
    started_on: date
    stopped_on: date | None = None
    stopped_by: StoppedBy | None = None


Clocks = Mapping[str, Clock]
"""The latest run of each, by the clock's name."""


def started(clocks: Clocks, fact: ClockStarted, public_on: date | None) -> Clocks:
    """`public_on`: since when the review is public; a clock that is told of later has stopped with that."""
    begun = {**clocks, fact.clock: Clock(fact.clock_id, fact.started_on, stopped_by=fact.stopped_by)}
    return begun if public_on is None else made_public(begun, public_on)


def stopped(clocks: Clocks, fact: ClockStopped) -> Clocks:
    last = clocks.get(fact.clock)
    if last is None or last.id != fact.clock_id:
        return clocks
    return {**clocks, fact.clock: _stopped(last, fact.stopped_on)}


def made_public(clocks: Clocks, day: date) -> Clocks:
    """The report was published on that day, or the improvements in its place."""
    return {
        name: _stopped(each, day) if each.stopped_by is StoppedBy.PUBLICATION and each.started_on <= day else each
        for name, each in clocks.items()
    }


def _stopped(clock: Clock, day: date) -> Clock:
    """The first stop stands."""
    return replace(clock, stopped_on=day) if clock.stopped_on is None else clock


def deadline_of(framework: "Framework", clock: str) -> "Deadline | None":
    return next((each for each in framework.deadlines if each.key == clock), None)


def falls_due(deadline: "Deadline | ResponseTime", started_on: date) -> date:
    """The last day on which it is met; the day it starts never counts."""
    match deadline.unit:
        case DeadlineUnit.WORKING_DAYS:
            return add_working_days(started_on, deadline.length)
        case DeadlineUnit.DAYS:
            return started_on + timedelta(days=deadline.length)
        case DeadlineUnit.MONTHS:
            return add_months(started_on, deadline.length)
        case _:
            assert_never(deadline.unit)


def as_long_after(start: date, started_on: date, due_on: date) -> date:
    """The day that follows `start` by as many working days, at least one, as `due_on` follows `started_on`."""
    return add_working_days(start, max(1, working_days_between(started_on, due_on)))
