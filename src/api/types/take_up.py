"""What a body that is fed has made of learning."""

from datetime import date

import strawberry

from api.types.actor import Actor
from api.types.body import Body
from api.types.telling import Told


@strawberry.type
class LearningTakeUp:
    body: Body
    what_was_done: str
    taken_up_on: date
    by: Actor

    @classmethod
    def of(cls, told: Told) -> "LearningTakeUp":
        return cls(
            body=told.reading.framing.body_of(told.given_text("framework"), told.given_text("body")),
            what_was_done=told.given_text("what_was_done"),
            taken_up_on=told.happened_on,
            by=told.by,
        )
