"""A body that is fed takes up learning: what it made of it."""

from collections.abc import Collection, Iterable
from uuid import UUID

from domain.frameworks import successors
from domain.review.commands import TakeUpLearning
from domain.review.events import LearningTakenUp
from domain.review.rules.dissemination import the_learning_is_no_draft
from domain.review.rules.stages import the_review_is_commissioned
from domain.review.state import Review
from domain.shared.dates import nothing_happens_in_the_future
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Fact
from domain.shared.refusals import ConditionsNotMet, DateBeforeStart, NotFound, NotPermitted


def take_up(
    review: Review, homes: Collection[Review], body: str, command: TakeUpLearning, context: DecisionContext
) -> list[Fact]:
    """`homes` are the reviews that its learning was joined to; `body` is of the framework in force."""
    the_review_is_commissioned(review)
    nothing_happens_in_the_future(context)
    point = command.learning_id
    the_learning_was_identified_by_then(review, point, context)
    the_learning_is_no_draft(point, review.draft_learning, "learningId")
    the_learning_reaches_the_body(review, homes, point, body, context)
    the_learning_awaits_the_body(review, point, body, context)
    return [
        LearningTakenUp(
            happened_on=context.on,
            by=context.by,
            learning_id=point,
            body=body,
            framework=context.framework.key,
            what_was_done=command.what_was_done,
        )
    ]


def the_learning_was_identified_by_then(review: Review, point: UUID, context: DecisionContext) -> None:
    if point not in review.learning:
        raise NotFound("The review has no such learning.", "learningId")
    if context.on < review.learning[point]:
        raise DateBeforeStart(f"{context.on} is before {review.learning[point]}, when it was identified.", "happenedOn")


def the_learning_reaches_the_body(
    review: Review, homes: Iterable[Review], point: UUID, body: str, context: DecisionContext
) -> None:
    """Fed by the kind of review, or named when the learning was disseminated; or what succeeded such a body."""
    fed = ((review.framework, each) for each in context.frameworks[review.framework].fed_by(review.kind))
    brought = (each for home in (review, *homes) for each in home.brought_to.get(point, ()))
    if body not in _as_they_go_on((*fed, *brought), context):
        raise NotPermitted(f"A {review.kind} does not feed {body!r}, and the learning was not brought to it.", "body")


def the_learning_awaits_the_body(review: Review, point: UUID, body: str, context: DecisionContext) -> None:
    """What is wrong about the first time is corrected; what was done beside it belongs to the same words."""
    done = ((framework, by) for learning, framework, by in review.taken_up if learning == point)
    if body in _as_they_go_on(done, context):
        raise ConditionsNotMet(f"{body!r} has taken it up already.", "learningId")


def _as_they_go_on(bodies: Iterable[tuple[str, str]], context: DecisionContext) -> set[str]:
    """What these bodies, each after its framework, are in the framework in force."""
    frameworks = context.frameworks
    return {successors(frameworks[of], context.framework, frameworks)[body] for of, body in bodies}
