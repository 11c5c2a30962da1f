"""The rules of a review's clocks, one refusal each."""

from datetime import date
from typing import TYPE_CHECKING

from domain.review.clocks import Clock, deadline_of
from domain.review.state import Review
from domain.shared.decision_context import DecisionContext
from domain.shared.refusals import ConditionsNotMet, DateInFuture, DateOutOfOrder, DueDateInPast, Invalid

if TYPE_CHECKING:
    from domain.frameworks import Deadline


def the_day_has_come(context: DecisionContext, day: date, *field: str) -> None:
    if day > context.today:
        raise DateInFuture(f"{day} has not come yet: today is {context.today}.", *field)


def the_clock_does_not_run(review: Review, clock: str) -> None:
    last = review.clocks.get(clock)
    if last is not None and last.stopped_on is None:
        by_itself = f", from {last.runs_from.value.lower()}: correct that day" if last.runs_from else ""
        raise ConditionsNotMet(f"Clock {clock!r} runs already, since {last.started_on}{by_itself}.", "clock")


def the_clock_runs(review: Review, clock: str) -> Clock:
    last = review.clocks.get(clock)
    if last is None or last.stopped_on is not None:
        raise ConditionsNotMet(f"No clock {clock!r} runs.", "clock")
    return last


def a_clock_starts_after_it_stopped(review: Review, clock: str, day: date) -> None:
    last = review.clocks.get(clock)
    if last is not None and last.stopped_on is not None and day < last.stopped_on:
        raise DateOutOfOrder(f"{day} is before {last.stopped_on}, when it stopped.", "startedOn")


def a_clock_stops_after_it_started(running: Clock, day: date) -> None:
    if day < running.started_on:
        raise DateOutOfOrder(f"{day} is before {running.started_on}, when it started.", "stoppedOn")


def a_clock_is_due_after_its_start(started_on: date, due_on: date) -> None:
    if due_on < started_on:
        raise DueDateInPast(f"{due_on} is before {started_on}, when it started.", "dueOn")


def the_framework_gives_its_length(context: DecisionContext, clock: str) -> "Deadline":
    found = deadline_of(context.framework, clock)
    if found is None:
        known = ", ".join(each.key for each in context.framework.deadlines)
        raise Invalid(
            f"{context.framework.key!r} gives no length for {clock!r}, only for {known}: when is it due?", "dueOn"
        )
    return found
