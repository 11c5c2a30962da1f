"""How an action begins; the rest of its life is shared (`domain.lifecycle.events`)."""

from uuid import UUID

from domain.shared.facts import Fact


class Raised(Fact, frozen=True):
    """A step by which a recommendation is carried out. `follows` is the thing whose impact was not embedded.

    The bodies of `monitored_by` are those of `framework`; None is the review's own.
    """

    recommendation_id: UUID
    review_id: UUID
    reference: str
    wording: str
    measure_of_effectiveness: str | None = None
    themes: tuple[str, ...] = ()
    monitored_by: tuple[str, ...] = ()
    framework: str | None = None
    follows: UUID | None = None
