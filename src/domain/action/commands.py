from uuid import UUID

from domain.shared.commands import Command, Reference, Wording


class RaiseAction(Command, frozen=True):
    recommendation_id: UUID
    wording: Wording
    measure_of_effectiveness: Wording | None = None
    reference: Reference | None = None
