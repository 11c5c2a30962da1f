"""What is asked of agencies' returns on their standing duties: called for, given, judged, and followed by work."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from domain.shared.commands import Command, Key, Keys, Narrative, Wording
from domain.shared.vocabulary import Compliance


class CallReturns(Command, frozen=True):
    """
    Agencies are called to account for their standing duties in a period of a year, counted from 1. Without `agencies`
    every partner agency is; without `due_on` by the framework's days. `review_id` is the audit that the round belongs
    to, such as a section 11 audit.
    """

    year: Annotated[int, Field(ge=1989, le=2200)]
    period: Annotated[int, Field(ge=1, le=12)] = 1
    agencies: Keys | None = None
    due_on: date | None = None
    review_id: UUID | None = None


class ConfirmReturn(Command, frozen=True):
    """The standing duties that are named, or all that are open; `agency` is whom the business unit records for."""

    id: UUID
    duty_id: UUID | None = None
    duty_ids: Annotated[tuple[UUID, ...], Field(max_length=500)] | None = None
    agency: Key | None = None
    assurance: Narrative


class AssessedStandard(BaseModel, frozen=True, extra="forbid"):
    """How far one standard, a duty of the return, is met, and what shows it."""

    duty_id: UUID
    compliance: Compliance
    words: Narrative | None = None


class ProposedImprovement(BaseModel, frozen=True, extra="forbid"):
    """Something to be put right; `duty_id` is the standard that it is about, where it is about one."""

    wording: Wording
    duty_id: UUID | None = None


Assessments = Annotated[tuple[AssessedStandard, ...], Field(max_length=200)]
Improvements = Annotated[tuple[ProposedImprovement, ...], Field(max_length=100)]


class SubmitReturn(Command, frozen=True):
    """An agency assesses itself, standard by standard; `agency` is whom the business unit records for, on paper."""

    id: UUID
    agency: Key | None = None
    assessments: Assessments
    improvements: Improvements = ()
    narrative: Narrative | None = None


class ReturnVerdict(BaseModel, frozen=True, extra="forbid"):
    """What the judge finds about one return. Standards that are not named stand as the agency assessed them."""

    id: UUID
    assessments: Assessments = ()
    improvements: Improvements = ()
    narrative: Narrative | None = None


class JudgeReturns(Command, frozen=True):
    """The body that judges returns, or the chair, judges some of them together: all are recorded, or none."""

    body: Key | None = None
    verdicts: Annotated[tuple[ReturnVerdict, ...], Field(max_length=100)]


class RaiseImprovements(Command, frozen=True):
    """
    Improvement points of returns become recommendations of the review `id`, each assigned to the agency whose return
    it is; with `recommendation_id` they become actions under that recommendation instead.
    """

    id: UUID
    returns: Annotated[tuple[UUID, ...], Field(max_length=200)]
    recommendation_id: UUID | None = None
    due_on: date
