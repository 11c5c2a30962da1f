"""What a body that is fed has made of learning."""

from datetime import date

import strawberry

from api.documented import documented
from api.types.actor import Actor
from api.types.body import Body
from api.types.telling import Told


@documented
@strawberry.type
class LearningTakeUp:
    """What a body that was fed has made of learning."""

    body: Body
    """The body."""
    what_was_done: str
    """What it made of the learning."""
    taken_up_on: date
    """The day on which it took it up."""
    by: Actor
    """Who recorded it."""

    @classmethod
    def of(cls, told: Told) -> "LearningTakeUp":
        return cls(
            body=told.reading.framing.body_of(told.given_text("framework"), told.given_text("body")),
            what_was_done=told.given_text("what_was_done"),
            taken_up_on=told.happened_on,
            by=told.by,
        )
