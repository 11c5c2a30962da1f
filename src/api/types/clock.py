"""A clock of a review: one run of a deadline."""

from datetime import date

import strawberry

from api.types.telling import Told
from domain.review.clocks import overdue


@strawberry.type
class Clock:
    name: str
    started_on: date
    due_on: date
    stopped_on: date | None
    working_days: bool
    overdue: bool

    @classmethod
    def of(cls, told: Told) -> "Clock":
        due_on, stopped_on = told.given_day("due_on"), told.day("stopped_on")
        return cls(
            name=told.given_text("clock"),
            started_on=told.given_day("started_on"),
            due_on=due_on,
            stopped_on=stopped_on,
            working_days=told.flag("working_days"),
            overdue=overdue(due_on, stopped_on, told.reading.effective_on),
        )
