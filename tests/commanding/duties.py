"""Examples of what obliges agencies, and of their word that it is done, received on paper."""

from typing import Any

from commanding.example import Example
from commanding.reviews import with_learning
from domain.returns.commands import CallReturns, ConfirmReturn
from domain.review.commands import ConfirmLearning, DisseminateLearning, TakeUpLearning
from telling import Story

CALLING = {"year": 2023, "period": 1, "agencies": ("police",), "due_on": Story.on(20)}
DISSEMINATING = {
    "method": "briefings",
    "audience": ("social workers", "midwives"),
    "agencies": ("health",),
    "confirm_by": Story.on(40),
}
TAKING_UP = {"body": "training", "what_was_done": "A course on fathers"}
CONFIRMING = {"agency": "police", "assurance": "Every team was briefed"}


def fed(story: Story) -> dict[str, Any]:
    """The kind of review feeds the training group."""
    found = with_learning(story)
    return {"review_id": found["review_id"], "learning_id": found["learning"][0]}


def informed(story: Story) -> dict[str, Any]:
    review = story.disseminated()
    duty = next(each.id for each in story.review(review).duties.values() if each.agency == "police")
    return {"review_id": review, "duty_id": duty}


def called(story: Story) -> dict[str, Any]:
    return {"id": story.create(CallReturns.model_validate(CALLING), story.unit)}


OF_DUTIES = (
    Example(DisseminateLearning, Story.unit, DISSEMINATING, with_learning),
    Example(ConfirmLearning, Story.unit, CONFIRMING, informed),
    Example(TakeUpLearning, Story.unit, TAKING_UP, fed),
    Example(CallReturns, Story.unit, CALLING),
    Example(ConfirmReturn, Story.unit, CONFIRMING, called),
)
