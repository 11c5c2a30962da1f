"""Inputs about the audit programme of a year."""

from datetime import date

import strawberry
from strawberry import UNSET

from api.mutations.inputs import VERSION, Day, Keyed, Texts

TOPICS = "Keys of themes; by default those agreed before, or else the framework's."
LIMIT = "By default the one agreed before, or else the framework's, which it never exceeds."
NUMBERS = (
    "How many reviews the year is to bring of what the framework expects without a number; by default as agreed before."
)
PLANNED_FOR = "A day of the calendar year, or of the financial year that begins in it."


@strawberry.input
class OfAYear(Keyed):
    year: int
    expected_version: int | None = strawberry.field(default=UNSET, description=VERSION)
    happened_on: Day = UNSET


@strawberry.input
class AgreedNumberInput:
    """`rhythm` by its key in `rhythms(year:)`."""

    rhythm: str
    times: int


@strawberry.input
class AuditProgrammeAgreeInput(OfAYear):
    topics: Texts = strawberry.field(default=UNSET, description=TOPICS)
    limit: int | None = strawberry.field(default=UNSET, description=LIMIT)
    numbers: list[AgreedNumberInput] | None = strawberry.field(default=UNSET, description=NUMBERS)


@strawberry.input
class AuditProgrammePlanInput(OfAYear):
    kind: str
    topic: str
    planned_for: date = strawberry.field(description=PLANNED_FOR)


@strawberry.input
class AuditProgrammeWithdrawInput(OfAYear):
    audit_id: strawberry.ID
    reason: str
