"""What a framework asks of whoever receives learning, and of every agency each year."""

from datetime import date, timedelta
from typing import Literal

from pydantic import StrictBool

from domain.frameworks.parts import Count, FrameworkPart, Key, Text
from domain.shared.dates import add_months
from domain.shared.vocabulary import DutyHolder


class DutyRole(FrameworkPart):
    """A role that has duties; whoever holds them says that they are done: each agency, the chair, the business unit."""

    name: Text
    held_by: DutyHolder


class LearningDuty(FrameworkPart):
    """
    A duty on receipt of learning, in the framework's words. A `conditional` one, that arises only if something else
    happens or does not, has no due day.
    """

    key: Key
    role: Key
    wording: Text
    conditional: StrictBool = False


class StandingDuty(FrameworkPart):
    """
    A duty of every agency that follows from no review; it gives a return about it. Schools and colleges have it in the
    words of `wording_for_schools`, where there are any.
    """

    key: Key
    wording: Text
    wording_for_schools: Text | None = None


class Duties(FrameworkPart):
    """
    `confirm_within_days` after learning is disseminated a duty is to be confirmed. A return covers
    `return_every_months` of a calendar year, and is due `return_within_days` after they have ended; `judged_by` is the
    body that judges what agencies answer; None leaves it to the framework's reporting body.
    """

    roles: dict[Key, DutyRole]
    on_receipt: tuple[LearningDuty, ...]
    confirm_within_days: Count
    standing: tuple[StandingDuty, ...]
    return_every_months: Literal[1, 2, 3, 4, 6, 12]
    return_within_days: Count
    judged_by: Key | None = None

    @property
    def periods_a_year(self) -> int:
        return 12 // self.return_every_months

    def period(self, year: int, number: int) -> tuple[date, date]:
        """The first and the last day of one of a year's periods, counted from 1."""
        since = add_months(date(year, 1, 1), self.return_every_months * (number - 1))
        return since, add_months(since, self.return_every_months) - timedelta(days=1)
