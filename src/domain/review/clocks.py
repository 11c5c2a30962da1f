"""The clocks of a review: a deadline runs from a start until it is stopped."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, assert_never
from uuid import UUID

from domain.calendar import add_working_days
from domain.dates import add_months
from domain.words import DeadlineUnit

if TYPE_CHECKING:
    from domain.frameworks import Deadline, ResponseTime


@dataclass(frozen=True)
class Clock:
    """One run of a clock; without `stopped_on` it runs still."""

    id: UUID
    started_on: date
    stopped_on: date | None = None


Clocks = Mapping[str, Clock]
"""The latest run of each, by the clock's name."""


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
