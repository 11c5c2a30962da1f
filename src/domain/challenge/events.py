"""What happens to a formal challenge."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from domain.shared.facts import Fact
from domain.shared.vocabulary import ChallengeOutcome, Kind


class Subject(BaseModel, frozen=True, extra="forbid"):
    """
    What is challenged: a recommendation, an action, a review or a return; or a `duty` or `clock` of a review, or a
    duty in a return.
    """

    kind: Literal[Kind.REVIEW, Kind.RECOMMENDATION, Kind.ACTION, Kind.RETURN]
    id: UUID
    duty: UUID | None = None
    clock: str | None = None

    @property
    def marked(self) -> bool:
        """Whether the thing itself is challenged, and can be neither closed nor verified while it is."""
        return self.kind is not Kind.RETURN and self.duty is None and self.clock is None


class Issued(Fact, frozen=True):
    """
    `about_performance`: about the agency's performance as such, whatever the subjects.

    `working_days`: of the level, where the route gave the day for the answer; none where the chair named it.
    """

    reference: str
    agency: str
    subjects: tuple[Subject, ...]
    grounds: str
    requested: str | None = None
    response_due_on: date
    level: int = 1
    working_days: int | None = None
    about_performance: bool = False


class Responded(Fact, frozen=True):
    """The answer of `agency`, if need be on paper, at the level that the challenge had reached."""

    narrative: str
    level: int
    agency: str | None = None


class Escalated(Fact, frozen=True):
    """Taken to a higher level of the challenge route, with a day of its own for the answer; as in Issued."""

    level: int
    reason: str
    response_due_on: date
    working_days: int | None = None


class Transferred(Fact, frozen=True):
    """Another agency has it to answer now; the level and the day for the answer stay.

    With `merged` because `from_agency` has gone on in `to_agency`.
    """

    from_agency: str
    to_agency: str
    reason: str
    merged: bool = False


class Resolved(Fact, frozen=True):
    """Upheld, closed subjects are reopened to `reopen_due_on`."""

    outcome: ChallengeOutcome
    reason: str
    reopen_due_on: date | None = None


class Withdrawn(Fact, frozen=True):
    reason: str
