"""What happens to an agency's return on its standing duties; their confirmation is shared (`domain.duties`)."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from domain.duties.events import DutyOwed, Obliged
from domain.shared.facts import Fact
from domain.shared.vocabulary import Compliance, Kind


class ReturnCalled(Fact, frozen=True):
    """
    The agency is called to account for what the framework asked of it from `since` until the end of `until`.

    `judged_by` is the body of the framework that judges what it answers; `review_id` the audit that the round is of.
    """

    agency: str
    framework: str
    year: int
    period: int = 1
    since: date
    until: date
    due_on: date
    duties: tuple[DutyOwed, ...]
    judged_by: str | None = None
    review_id: UUID | None = None

    @property
    def obliged(self) -> tuple[Obliged, ...]:
        return (Obliged(agency=self.agency),)


class StandardAssessed(BaseModel, frozen=True, extra="forbid"):
    duty_id: UUID
    compliance: Compliance
    words: str | None = None


class Improvement(BaseModel, frozen=True, extra="forbid"):
    """Something to be put right, about one standard of the return or about all of it."""

    improvement_id: UUID
    wording: str
    duty_id: UUID | None = None


class ReturnSubmitted(Fact, frozen=True):
    """The agency's own assessment, if need be on paper; what is assessed is thereby answered for."""

    agency: str
    assessments: tuple[StandardAssessed, ...]
    improvements: tuple[Improvement, ...] = ()
    narrative: str | None = None


class ReturnJudged(Fact, frozen=True):
    """The verdict of a body, without one of the chair; what it does not name stands as the agency assessed it."""

    body: str | None = None
    assessments: tuple[StandardAssessed, ...] = ()
    improvements: tuple[Improvement, ...] = ()
    narrative: str | None = None


class ImprovementRaised(BaseModel, frozen=True, extra="forbid"):
    """An improvement point, and the recommendation or action that it became."""

    improvement_id: UUID
    kind: Kind
    id: UUID


class ImprovementsRaised(Fact, frozen=True):
    """Improvement points of the return became work of the agency."""

    raised: tuple[ImprovementRaised, ...]
