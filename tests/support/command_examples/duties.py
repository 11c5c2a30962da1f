"""Examples of what obliges agencies, and of their word that it is done, received on paper."""

from typing import Any
from uuid import UUID

from domain.returns.commands import CallReturns, ConfirmReturn, JudgeReturns, RaiseImprovements, SubmitReturn
from domain.review.commands import ConfirmLearning, DisseminateLearning, TakeUpLearning
from domain.shared.vocabulary import Compliance, Kind
from support.command_examples.example import Example
from support.command_examples.reviews import with_learning
from support.in_memory_register import Story

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


def standard(story: Story, id: UUID, nth: int = 0) -> UUID:
    duties: list[UUID] = list(story.state(Kind.RETURN, id).duties)
    return duties[nth]


def answering(story: Story) -> dict[str, Any]:
    thing = called(story)
    duty = standard(story, thing["id"])
    said = {"duty_id": duty, "compliance": Compliance.PARTLY_MET, "words": "Two of three teams"}
    return thing | {"assessments": (said,), "improvements": ({"wording": "Train the third team", "duty_id": duty},)}


def answered(story: Story) -> UUID:
    asked = answering(story)
    story.when(SubmitReturn.model_validate(asked), story.unit)
    id: UUID = asked["id"]
    return id


def judging(story: Story) -> dict[str, Any]:
    id = answered(story)
    duty = standard(story, id)
    verdict = {
        "id": id,
        "assessments": ({"duty_id": duty, "compliance": Compliance.NOT_MET, "words": "No record shows it"},),
        "improvements": ({"wording": "Keep a record", "duty_id": duty},),
        "narrative": "Seen with the agency",
    }
    return {"verdicts": (verdict,)}


def raising(story: Story) -> dict[str, Any]:
    id, review = answered(story), story.a_review(kind="section-11-audit", agencies=("police",))
    return {"id": review, "returns": (id,), "recommendation_id": story.a_recommendation(review_id=review)}


OF_DUTIES = (
    Example(DisseminateLearning, Story.unit, DISSEMINATING, with_learning),
    Example(ConfirmLearning, Story.unit, CONFIRMING, informed),
    Example(TakeUpLearning, Story.unit, TAKING_UP, fed),
    Example(CallReturns, Story.unit, CALLING),
    Example(ConfirmReturn, Story.unit, CONFIRMING, called),
    Example(SubmitReturn, Story.unit, {"agency": "police", "narrative": "A year of change"}, answering),
    Example(JudgeReturns, Story.chair, {"body": "executive"}, judging),
    Example(RaiseImprovements, Story.unit, {"due_on": Story.on(90)}, raising),
)
