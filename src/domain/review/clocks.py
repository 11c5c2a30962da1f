"""The clocks of a review: a deadline runs from a start until it is stopped."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, assert_never
from uuid import UUID, uuid5

from domain.review.events import ClockRule, ClockStarted, ClockStopped
from domain.shared.dates import add_months, add_working_days, working_days_between
from domain.shared.vocabulary import DeadlineUnit, RunsFrom, StoppedBy

if TYPE_CHECKING:
    from domain.frameworks import Deadline, Framework, ResponseTime


@dataclass(frozen=True)
class Clock:
    """One run of a clock; without `stopped_on` it runs still. `runs_from`: the fact that started it by itself."""

    id: UUID
    started_on: date
    due_on: date
    stopped_on: date | None = None
    stopped_by: StoppedBy | None = None
    working_days: bool = False
    runs_from: RunsFrom | None = None

    @property
    def runs(self) -> bool:
        return self.stopped_on is None


Clocks = Mapping[str, Clock]
"""The latest run of each, by the clock's name."""


def started(clocks: Clocks, fact: ClockStarted, public_on: date | None) -> Clocks:
    """`public_on`: since when the review is public; a clock that is told of later has stopped with that."""
    clock = Clock(
        fact.clock_id, fact.started_on, fact.due_on, stopped_by=fact.stopped_by, working_days=fact.working_days
    )
    begun = {**clocks, fact.clock: clock}
    return begun if public_on is None else made_public(begun, public_on)


def begun(clocks: Clocks, rules: Iterable[ClockRule], runs_from: RunsFrom, day: date | None) -> Clocks:
    """What runs from a fact has started on its day. One that runs already goes on, from another day of awareness if
    that is stated anew."""
    if day is None:
        return clocks
    return {**clocks, **{each.clock: _begun(clocks, each, day) for each in rules if each.runs_from is runs_from}}


def _begun(clocks: Clocks, rule: ClockRule, day: date) -> Clock:
    last = clocks.get(rule.clock)
    if last is None or (last.id != rule.clock_id and not last.runs):
        return _by_itself(rule, day)
    return replace(_by_itself(rule, day), stopped_on=last.stopped_on) if last.id == rule.clock_id else last


def _by_itself(rule: ClockRule, day: date) -> Clock:
    return Clock(
        rule.clock_id,
        day,
        falls_due(rule, day),
        stopped_by=rule.stopped_by,
        working_days=rule.unit is DeadlineUnit.WORKING_DAYS,
        runs_from=rule.runs_from,
    )


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


def run_by_themselves(
    framework: "Framework", stream: UUID, facts: Collection[RunsFrom], kind: str | None, clocks: Clocks
) -> tuple[ClockRule, ...]:
    """The deadlines whose clocks start by one of these facts of a review. What was started by hand stays with that."""
    rules = (
        _rule(each, uuid5(stream, each.key))
        for each in framework.deadlines
        if each.runs_from in facts and (not each.kinds or kind in each.kinds)
    )
    return tuple(rule for rule in rules if _is_free(rule, clocks))


def _rule(deadline: "Deadline", clock_id: UUID) -> ClockRule:
    rule_fields = {"clock_id": clock_id, "clock": deadline.key}
    kept = deadline.model_dump(include={"runs_from", "length", "unit", "stopped_by"})
    return ClockRule.model_validate(rule_fields | kept)


def _is_free(rule: ClockRule, clocks: Clocks) -> bool:
    """Awareness may be stated again when the case is commissioned."""
    last = clocks.get(rule.clock)
    return last is None or (rule.runs_from is RunsFrom.AWARENESS and last.id == rule.clock_id)


def deadline_of(framework: "Framework", clock: str) -> "Deadline | None":
    return next((each for each in framework.deadlines if each.key == clock), None)


def falls_due(deadline: "Deadline | ResponseTime | ClockRule", started_on: date) -> date:
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
