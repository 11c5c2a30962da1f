"""The rules about days, England's working days, and deadlines (language.md, "Two clocks on every fact")."""

from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from itertools import count, islice

from holidays import country_holidays

from domain.shared.decision_context import DecisionContext
from domain.shared.refusals import DateBeforeStart, DateInFuture, DateOutOfOrder, DueDateInPast

# The rules about days, one refusal each (language.md, "Two clocks on every fact"; rules.md, "Order of facts").
HAPPENED_ON = "happenedOn"


def nothing_happens_in_the_future(context: DecisionContext) -> None:
    if context.on > context.today:
        raise DateInFuture(f"{context.on} has not come yet: today is {context.today}.", HAPPENED_ON)


def nothing_happens_before_it_existed(context: DecisionContext, began_on: date | None) -> None:
    if began_on is not None and context.on < began_on:
        raise DateBeforeStart(f"{context.on} is before {began_on}, when it began.", HAPPENED_ON)


def the_day_follows_what_is_recorded(context: DecisionContext, last_bound_on: date | None) -> None:
    if last_bound_on is not None and context.on < last_bound_on:
        raise DateOutOfOrder(f"{context.on} is before {last_bound_on}, which it would have to follow.", HAPPENED_ON)


def a_due_date_is_not_past(context: DecisionContext, due_on: date | None, *field: str) -> None:
    """Imports tell of due dates as they were; everybody else sets them for the days to come."""
    if due_on is not None and due_on < context.on and not context.imported:
        raise DueDateInPast(f"{due_on} is before {context.on}, when it would be set.", *field)


def later(day: date | None, other: date) -> date:
    """The later of two days, where the first may not be known yet."""
    return other if day is None or other > day else day


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


# England's working days: neither a weekend nor a bank holiday.
_SATURDAY = 5


def is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in _bank_holidays(day.year)


def add_working_days(day: date, n: int) -> date:
    """The n-th working day after `day`, which itself never counts; ValueError unless n is at least 1."""
    if n < 1:
        raise ValueError(f"a number of working days is at least 1, not {n}")
    later = (day + timedelta(days=offset) for offset in count(1))
    return next(islice(filter(is_working_day, later), n - 1, None))


def working_days_between(start: date, end: date) -> int:
    """How many working days follow `start`, up to and with `end`; negative where `end` comes first."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + timedelta(days=offset)) for offset in range(1, (end - start).days + 1))


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


# A deadline that runs from a start until it is stopped; met or overdue is derived for the day asked about.


def met(due_on: date, stopped_on: date | None, day: date) -> bool | None:
    """Whether it was stopped on or before its due day; None while it runs."""
    if stopped_on is None or stopped_on > day:
        return None
    return stopped_on <= due_on


def overdue(due_on: date | None, stopped_on: date | None, day: date) -> bool:
    """Due before the day, and not stopped on or before it; without a due day it never is."""
    return due_on is not None and due_on < day and (stopped_on is None or stopped_on > day)
