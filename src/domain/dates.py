"""The rules about days, one refusal each (language.md, "Two clocks on every fact"; rules.md, "Order of facts")."""

from calendar import monthrange
from datetime import date

from domain.decision_context import DecisionContext
from domain.refusals import DateBeforeStart, DateInFuture, DateOutOfOrder, DueDateInPast

HAPPENED_ON = "happenedOn"


def nothing_happens_in_the_future(context: DecisionContext) -> None:
    if context.on > context.today:
        raise DateInFuture(f"{context.on} has not come yet: today is {context.today}.", HAPPENED_ON)


def nothing_happens_before_it_existed(context: DecisionContext, began_on: date | None) -> None:
    if began_on is not None and context.on < began_on:
        raise DateBeforeStart(f"{context.on} is before {began_on}, when it began.", HAPPENED_ON)


def it_follows_what_is_recorded(context: DecisionContext, last_bound_on: date | None) -> None:
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
