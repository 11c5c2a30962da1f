"""What was known when of each dissemination of learning."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from domain.review.events import LearningDisseminated
from domain.shared.facts import Recorded

TABLE = "dissemination_history"


class DisseminationRow(NamedTuple):
    """The columns of `dissemination_history` beside what it is of and its two clocks."""

    thing: UUID
    method: str
    audience: tuple[str, ...]
    learning: tuple[UUID, ...]
    agencies: tuple[str, ...]
    disseminated_on: date
    disseminated_by: Mapping[str, Any]
    confirm_by: date
    bodies: tuple[str, ...]
    bodies_of: str | None
    public: bool
    media: bool


def disseminated(recorded: Recorded, fact: LearningDisseminated) -> DisseminationRow:
    return DisseminationRow(
        thing=recorded.originator_id,
        method=fact.method,
        audience=fact.audience,
        learning=fact.learning,
        agencies=fact.agencies,
        disseminated_on=fact.happened_on,
        disseminated_by=fact.by.model_dump(mode="json"),
        confirm_by=fact.confirm_by,
        bodies=fact.bodies,
        bodies_of=fact.bodies_of,
        public=fact.public,
        media=fact.media,
    )
