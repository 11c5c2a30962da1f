"""A clock: one run of a deadline, of a review, or for an answer to a recommendation or a challenge."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import strawberry

from api.documented import documented
from api.types.agency import Agency
from api.types.telling import Told
from domain.clocks import met, overdue
from domain.words import RunsFrom

if TYPE_CHECKING:
    from api.reading import Reading

RESPONSE = "response"


@documented
@strawberry.type
class Clock:
    """A time limit that runs for a review, an answer or a challenge."""

    name: str
    """The deadline's key in the framework, or what it was called when it was started."""
    started_on: date
    """The day from which it runs."""
    due_on: date
    """The last day on which it is met."""
    stopped_on: date | None
    """The day on which it was stopped; null while it runs."""
    working_days: bool
    """Whether its length counts working days: no weekends, no bank holidays in England."""
    overdue: bool
    """Running, and past its due day on the day asked about."""
    met: bool | None
    """
    Whether it was stopped, by whatever stopped it, on or before its due day: false of one that was missed, null while
    it runs, also past its due day, which `overdue` tells. As on `effectiveOn`.
    """
    runs_from: RunsFrom | None
    """The fact that started it by itself, from whose day it runs; null where somebody stated its start."""
    agency: Agency | None
    """Whose answer is awaited; null for the clocks of a review."""

    @classmethod
    def of(cls, told: Told, name: str | None = None, agency: str | None = None) -> "Clock":
        due_on, stopped_on = told.given_day("due_on"), told.day("stopped_on")
        return cls(
            name=name or told.given_text("clock"),
            started_on=told.given_day("started_on"),
            due_on=due_on,
            stopped_on=stopped_on,
            working_days=told.flag("working_days"),
            overdue=overdue(due_on, stopped_on, told.reading.effective_on),
            met=met(due_on, stopped_on, told.reading.effective_on),
            runs_from=told.word("runs_from", RunsFrom),
            agency=told.reading.agencies.named(agency),
        )

    @classmethod
    def of_a_response(cls, detail: Mapping[str, Any], reading: "Reading") -> "Clock":
        return cls.of(Told(detail, reading), RESPONSE, detail["agency"])
