"""What is asked of the audit programme of a year."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from domain.shared.commands import Command, Key, Keys, Reason

Year = Annotated[int, Field(ge=1989, le=2200)]


class ProgrammeCommand(Command, frozen=True):
    year: Year


class AgreedNumber(BaseModel, frozen=True, extra="forbid"):
    """`rhythm` is the key of one of the framework's for which it gives no number."""

    rhythm: Key
    times: Annotated[int, Field(ge=1, le=200)]


class AgreeProgramme(ProgrammeCommand, frozen=True):
    """What it leaves out stays as agreed before, or else as the framework gives it."""

    topics: Keys = ()
    limit: Annotated[int, Field(ge=1, le=200)] | None = None
    numbers: Annotated[tuple[AgreedNumber, ...], Field(max_length=50)] = ()


class PlanAudit(ProgrammeCommand, frozen=True):
    """A review of a kind, on a topic, about the day `planned_for`."""

    kind: Key
    topic: Key
    planned_for: date


class WithdrawAudit(ProgrammeCommand, frozen=True):
    """One that was planned and not commissioned gives its place free."""

    audit_id: UUID
    reason: Reason
