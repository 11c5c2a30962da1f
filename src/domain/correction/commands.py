from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints

from domain.shared.commands import Command, Reason
from domain.shared.vocabulary import Kind


class Correct(Command, frozen=True):
    """`event_id` is the position of the corrected fact; no `new_value` leaves the field empty.

    `given_in`: the epoch in which a partner was given that position; None where it has just been read.
    """

    kind: Literal[Kind.REVIEW, Kind.RECOMMENDATION, Kind.ACTION, Kind.CHALLENGE, Kind.RETURN, Kind.PROGRAMME]
    id: UUID
    event_id: int
    given_in: str | None = None
    field: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
    new_value: str | None = None
    reason: Reason
