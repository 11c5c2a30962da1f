"""An agency is called to account for its standing duties."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from domain.dates import add_months, nothing_happens_in_the_future
from domain.duties.events import DutyOwed
from domain.given import Given
from domain.returns import rules
from domain.returns.commands import CallReturns
from domain.returns.events import ReturnCalled
from domain.words import DutyHolder

if TYPE_CHECKING:
    from domain.frameworks import Framework

ROLE = "agency"


def call(agency: str, command: CallReturns, given: Given) -> ReturnCalled:
    """By the framework in force on the day."""
    nothing_happens_in_the_future(given)
    framework = given.framework
    rules.the_framework_has_standing_duties(framework)
    rules.the_year_has_such_a_period(framework, command.period)
    since, until = _span(framework, command)
    rules.the_period_has_begun(given, since)
    due_on = command.due_on or until + timedelta(days=framework.duties.return_within_days)
    rules.there_is_time_to_answer(given, due_on)
    return ReturnCalled(
        happened_on=given.on,
        by=given.by,
        agency=agency,
        framework=framework.key,
        year=command.year,
        period=command.period,
        since=since,
        until=until,
        due_on=due_on,
        duties=_duties(framework),
    )


def _span(framework: "Framework", command: CallReturns) -> tuple[date, date]:
    months = framework.duties.return_every_months
    since = add_months(date(command.year, 1, 1), months * (command.period - 1))
    return since, add_months(since, months) - timedelta(days=1)


def _duties(framework: "Framework") -> tuple[DutyOwed, ...]:
    return tuple(
        DutyOwed(key=each.key, role=ROLE, wording=each.wording, held_by=DutyHolder.AGENCY)
        for each in framework.duties.standing
    )
