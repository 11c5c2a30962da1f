"""What a body advised the chair to do about a referral."""

from datetime import date

import strawberry

from api.documented import documented
from api.types.actor import Actor
from api.types.body import Body
from api.types.review_kind import ReviewKind
from api.types.telling import Told


@documented
@strawberry.type
class ReviewAdvice:
    """What a body advised the chair to do about a referred case."""

    body: Body
    """The body that advised."""
    kind: ReviewKind
    """The kind of review that it advises, or advises against."""
    advice: str
    """Its reasons, in its own words."""
    no_review: bool
    """Whether it advises that the case is not reviewed; `kind` is then what it advises against."""
    advised_on: date
    """The day of the advice."""
    by: Actor
    """Who recorded it."""

    @classmethod
    def of(cls, told: Told) -> "ReviewAdvice":
        framing, framework = told.reading.framing, told.given_text("framework")
        return cls(
            body=framing.body_of(framework, told.given_text("body")),
            kind=framing.kind_of(framework, told.given_text("kind")),
            advice=told.given_text("advice"),
            no_review=told.flag("no_review"),
            advised_on=told.happened_on,
            by=told.by,
        )
