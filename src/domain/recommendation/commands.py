from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.commands import Command, Key, Keys, Reason, Reference, Wording
from domain.words import Answer


class RaiseRecommendation(Command, frozen=True):
    review_id: UUID
    learning: Annotated[tuple[UUID, ...], Field(max_length=200)] = ()
    wording: Wording
    need: Wording | None = None
    means_of_improvement: Wording | None = None
    measure_of_effectiveness: Wording | None = None
    themes: Keys = ()
    lead_agency: Key | None = None
    addressed_to: Keys = ()
    response_due_on: date | None = None
    reference: Reference | None = None


class Respond(Command, frozen=True):
    """The calling agency's own answer."""

    id: UUID
    answer: Answer
    reason: Reason | None = None
