from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.shared.commands import Command, Key, Keys, Name, Reason, Reference, Wording
from domain.shared.vocabulary import Answer


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
    """
    The calling agency's own answer; or that of `agency`, by default the lead, which the business unit has on paper.

    `received_from`: whom the paper came from.
    """

    id: UUID
    answer: Answer
    reason: Reason | None = None
    agency: Key | None = None
    received_from: Name | None = None
