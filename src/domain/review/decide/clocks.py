"""Starting and stopping a review's clocks; what they say takes effect on the day they name."""

from datetime import date
from typing import TYPE_CHECKING

from domain.review import events
from domain.review.clocks import deadline_of, falls_due, run_by_themselves
from domain.review.commands import StartClock, StopClock
from domain.review.rules import clocks as rules
from domain.review.state import Review
from domain.shared.dates import later
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Fact
from domain.shared.vocabulary import DeadlineUnit

if TYPE_CHECKING:
    from domain.frameworks import Deadline


def start(review: Review, command: StartClock, context: DecisionContext) -> list[Fact]:
    rules.the_day_has_come(context, command.started_on, "startedOn")
    if _has_started_by_itself(review, command):
        return []
    rules.the_clock_does_not_run(review, command.clock)
    rules.a_clock_starts_after_it_stopped(review, command.clock, command.started_on)
    due_on, working_days = _due(command, context)
    deadline = deadline_of(context.framework, command.clock)
    return [
        events.ClockStarted(
            happened_on=_in_its_life(review, command.started_on),
            by=context.by,
            clock_id=context.new_id,
            clock=command.clock,
            started_on=command.started_on,
            due_on=due_on,
            working_days=working_days,
            stopped_by=deadline and deadline.stopped_by,
            due_stated=command.due_on is not None,
        )
    ]


def stop(review: Review, command: StopClock, context: DecisionContext) -> list[Fact]:
    running = rules.the_clock_runs(review, command.clock)
    rules.the_day_has_come(context, command.stopped_on, "stoppedOn")
    rules.a_clock_stops_after_it_started(running, command.stopped_on)
    return [
        events.ClockStopped(
            happened_on=_in_its_life(review, command.stopped_on),
            by=context.by,
            clock_id=running.id,
            clock=command.clock,
            stopped_on=command.stopped_on,
            clocks=_run_from_what_it_states(review, command, context),
        )
    ]


def _has_started_by_itself(review: Review, command: StartClock) -> bool:
    """On the very day that is stated now."""
    last = review.clocks.get(command.clock)
    if last is None or last.runs_from is None or not last.runs:
        return False
    return (command.started_on, command.due_on or last.due_on) == (last.started_on, last.due_on)


def _run_from_what_it_states(
    review: Review, command: StopClock, context: DecisionContext
) -> tuple[events.ClockRule, ...]:
    """That something was notified, say, is stated by stopping the clock of the notification."""
    deadline = deadline_of(context.framework, command.clock)
    if deadline is None or deadline.stopping_is is None or context.imported:
        return ()
    facts = {deadline.stopping_is}
    return run_by_themselves(context.framework, command.review_id, facts, review.kind or None, review.clocks)


def _due(command: StartClock, context: DecisionContext) -> tuple[date, bool]:
    """The day as printed, or by the framework's length; and whether working days were counted."""
    if command.due_on is not None:
        rules.a_clock_is_due_after_its_start(command.started_on, command.due_on)
        return command.due_on, False
    deadline: Deadline = rules.the_framework_gives_its_length(context, command.clock)
    return falls_due(deadline, command.started_on), deadline.unit is DeadlineUnit.WORKING_DAYS


def _in_its_life(review: Review, day: date) -> date:
    return later(review.began_on, day)
