from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.challenge.events import Subject
from domain.shared.commands import Command, Key, Narrative, Reason
from domain.shared.vocabulary import ChallengeOutcome


class IssueChallenge(Command, frozen=True):
    """
    About subjects, or the agency's performance as such, or both.

    Without `response_due_on`, within the working days of the first level of the framework's challenge route.
    """

    agency: Key
    subjects: Annotated[tuple[Subject, ...], Field(max_length=200)] = ()
    about_performance: bool = False
    grounds: Narrative
    requested: Narrative | None = None
    response_due_on: date | None = None


class RespondToChallenge(Command, frozen=True):
    id: UUID
    narrative: Narrative


class EscalateChallenge(Command, frozen=True):
    """To the next level of the challenge route; without `response_due_on`, within that level's working days."""

    id: UUID
    reason: Reason
    response_due_on: date | None = None


class TransferChallenge(Command, frozen=True):
    id: UUID
    to_agency: Key
    reason: Reason


class ResolveChallenge(Command, frozen=True):
    id: UUID
    outcome: ChallengeOutcome
    reason: Reason
    reopen_due_on: date | None = None


class WithdrawChallenge(Command, frozen=True):
    id: UUID
    reason: Reason
