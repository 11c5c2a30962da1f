"""Who agreed a review, where its kind asks for agreement."""

from datetime import date

import strawberry

from api.documented import documented
from api.types.actor import Actor
from api.types.body import Body
from api.types.telling import Told


@documented
@strawberry.type
class Agreement:
    """By a body; without one, by the chair."""

    body: Body | None
    """The body that agreed it; null for the chair."""
    by: Actor
    """Who recorded it."""
    agreed_on: date
    """The day of the agreement."""

    @classmethod
    def of(cls, told: Told, framework: str) -> "Agreement":
        """`framework`: the review's own, whose body it is unless the agreement says otherwise."""
        body = told.text("body")
        return cls(
            body=told.reading.framing.body_of(told.text("framework") or framework, body) if body else None,
            by=told.by,
            agreed_on=told.happened_on,
        )
