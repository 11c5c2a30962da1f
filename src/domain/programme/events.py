"""What happens to the audit programme of a year; each year's is a stream of its own."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from domain.shared.facts import Fact


class AgreedNumber(BaseModel, frozen=True, extra="forbid"):
    """How many reviews the year is to bring, of what the framework expects by this key without a number."""

    rhythm: str
    times: int


class Agreed(Fact, frozen=True):
    """By the partnership. `limit` is for the reviews of `kinds`; a later agreement stands in place of this one."""

    year: int
    topics: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    limit: int | None = None
    numbers: tuple[AgreedNumber, ...] = ()
    framework: str


class AuditPlanned(Fact, frozen=True):
    """A line of the programme: a kind of review on a topic, about the day `planned_for`."""

    year: int
    audit_id: UUID
    kind: str
    framework: str
    topic: str
    planned_for: date


class AuditWithdrawn(Fact, frozen=True):
    year: int
    audit_id: UUID
    reason: str


class AuditCommissioned(Fact, frozen=True):
    """A review takes the place of what was planned; one that nobody had planned takes a place of its own."""

    year: int
    audit_id: UUID
    review_id: UUID
    kind: str
    framework: str
