"""A clock: one run of a deadline, of a review, or for an answer to a recommendation or a challenge."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import strawberry

from api.graphql.agencies.types import Agency
from api.graphql.descriptions import documented
from api.graphql.event_json import EventJson
from domain.shared.dates import met, overdue
from domain.shared.vocabulary import RunsFrom

if TYPE_CHECKING:
    from api.context import Reading

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
    def of(cls, event: EventJson, name: str | None = None, agency: str | None = None) -> "Clock":
        due_on, stopped_on = event.given_day("due_on"), event.day("stopped_on")
        return cls(
            name=name or event.given_text("clock"),
            started_on=event.given_day("started_on"),
            due_on=due_on,
            stopped_on=stopped_on,
            working_days=event.flag("working_days"),
            overdue=overdue(due_on, stopped_on, event.reading.effective_on),
            met=met(due_on, stopped_on, event.reading.effective_on),
            runs_from=event.word("runs_from", RunsFrom),
            agency=event.reading.agencies.named(agency),
        )

    @classmethod
    def of_a_response(cls, detail: Mapping[str, Any], reading: "Reading") -> "Clock":
        return cls.of(EventJson(detail, reading), RESPONSE, detail["agency"])
