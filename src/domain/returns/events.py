"""What happens to an agency's return on its standing duties; their confirmation is shared (`domain.duties`)."""

from datetime import date

from domain.duties.events import DutyOwed, Obliged
from domain.facts import Fact


class ReturnCalled(Fact, frozen=True):
    """The agency is called to account for what the framework asked of it from `since` until the end of `until`."""

    agency: str
    framework: str
    year: int
    period: int = 1
    since: date
    until: date
    due_on: date
    duties: tuple[DutyOwed, ...]

    @property
    def obliged(self) -> tuple[Obliged, ...]:
        return (Obliged(agency=self.agency),)
