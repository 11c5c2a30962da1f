from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.commands import Command, Key, Keys, Narrative


class CallReturns(Command, frozen=True):
    """
    Agencies are called to account for their standing duties in a period of a year, counted from 1. Without `agencies`
    every partner agency is; without `due_on` by the framework's days.
    """

    year: Annotated[int, Field(ge=1989, le=2200)]
    period: Annotated[int, Field(ge=1, le=12)] = 1
    agencies: Keys = ()
    due_on: date | None = None


class ConfirmReturn(Command, frozen=True):
    """The standing duties that are named, or all that are open; `agency` is whom the business unit records for."""

    id: UUID
    duty_id: UUID | None = None
    duty_ids: Annotated[tuple[UUID, ...], Field(max_length=500)] | None = None
    agency: Key | None = None
    assurance: Narrative
