from typing import Literal
from uuid import UUID

from domain.commands import Command, Key, Reason
from domain.words import Kind


class Correct(Command, frozen=True):
    """`event_id` is the position of the corrected fact; no `new_value` leaves the field empty."""

    kind: Literal[Kind.REVIEW, Kind.RECOMMENDATION, Kind.ACTION, Kind.CHALLENGE, Kind.RETURN, Kind.PROGRAMME]
    id: UUID
    event_id: int
    field: Key
    new_value: str | None = None
    reason: Reason
