"""Inputs about the audit programme of a year."""

from datetime import date

import strawberry
from strawberry import UNSET

from api.graphql.descriptions import documented
from api.graphql.inputs import Day, Keyed, Texts


@documented
@strawberry.input
class OfAYear(Keyed):
    year: int
    """The calendar year that the programme is of."""
    expected_version: int | None = UNSET
    """The version that the command was decided on; without it the command is decided on the newest."""
    happened_on: Day = UNSET
    """The day on which it took effect; by default today."""


@documented
@strawberry.input
class AgreedNumberInput:
    """`rhythm` by its key in `rhythms(year:)`."""

    rhythm: str
    """The rhythm, by its key."""
    times: int
    """How many reviews the year is to bring."""


@documented
@strawberry.input
class AuditProgrammeAgreeInput(OfAYear):
    """The audit programme of a year is agreed."""

    topics: Texts = UNSET
    """Keys of themes; by default those agreed before, or else the framework's."""
    limit: int | None = UNSET
    """By default the one agreed before, or else the framework's, which it never exceeds."""
    numbers: list[AgreedNumberInput] | None = UNSET
    """
    How many reviews the year is to bring of what the framework expects without a number; by default as agreed before.
    """


@documented
@strawberry.input
class AuditProgrammePlanInput(OfAYear):
    """An audit takes a place in the programme of a year."""

    kind: str
    """The kind of review or audit, by key."""
    topic: str
    """The theme that it is to be on, by key."""
    planned_for: date
    """A day of the calendar year, or of the financial year that begins in it."""


@documented
@strawberry.input
class AuditProgrammeWithdrawInput(OfAYear):
    """A planned audit gives its place back."""

    audit_id: strawberry.ID
    """The planned audit."""
    reason: str
    """Why."""
