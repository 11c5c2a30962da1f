"""The rules of returns on standing duties, one refusal each."""

from datetime import date
from typing import TYPE_CHECKING

from domain.given import Given
from domain.refusals import ConditionsNotMet, DateInFuture, DueDateInPast, Invalid

if TYPE_CHECKING:
    from domain.frameworks import Framework


def the_framework_has_standing_duties(framework: "Framework") -> None:
    if not framework.duties.standing:
        raise ConditionsNotMet(f"{framework.key!r} gives no standing duties.")


def the_year_has_such_a_period(framework: "Framework", period: int) -> None:
    periods = 12 // framework.duties.return_every_months
    if period > periods:
        raise Invalid(f"By {framework.key!r} a year has {periods} of them, not {period}.", "period")


def the_period_has_begun(given: Given, since: date) -> None:
    if since > given.on:
        raise DateInFuture(f"The period begins on {since}, after {given.on}.", "year")


def there_is_time_to_answer(given: Given, due_on: date) -> None:
    """Called long after the period, a return says when it is due. Imports tell of returns as they were."""
    if due_on < given.on and not given.imported:
        raise DueDateInPast(f"It would be due on {due_on}, before {given.on}: when is it due?", "dueOn")
