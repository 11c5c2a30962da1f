"""Learning that reaches a body, and whether it has taken it up."""

from datetime import date

import strawberry

from api.documented import documented
from api.types.body import Body
from api.types.learning import LearningPoint, learning_by_id
from projections.learning_inbox.view import InboxRead


def _body(root: strawberry.Parent[InboxRead]) -> Body | None:
    shown: Body | None = root.batch.reading.framing.body(root.body)
    return shown


def _learning(root: strawberry.Parent[InboxRead]) -> LearningPoint:
    points = root.batch.once("learning", lambda: learning_by_id(root.batch, lambda each: [each.entry]))
    shown: LearningPoint = points[root.entry]
    return shown


@documented
@strawberry.type
class InboxItem:
    """A point of learning that waits for a body that is fed with it, or that the body has taken up."""

    learning: LearningPoint = strawberry.field(resolver=_learning)
    """The point of learning."""
    body: Body | None = strawberry.field(resolver=_body)
    """The body that is fed, as what it has become in the framework in force."""
    since: date
    """
    The day on which the learning was identified, or became real where it was a draft; or on which it was first brought
    to a body that its kind does not feed.
    """
    days: int
    """How many days it has waited, or had waited when it was taken up."""
    taken_on: date | None = strawberry.field(name="takenUpOn")
    """The day on which the body took it up; `learning { takeUps }` says what it made of it."""

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, InboxRead)
