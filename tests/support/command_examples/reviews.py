"""Examples of what is asked of a review, and of what arises from it."""

from typing import Any

from domain.action.commands import RaiseAction
from domain.correction.commands import Correct
from domain.recommendation.commands import RaiseRecommendation, Respond
from domain.review import commands as review
from domain.shared.vocabulary import Answer, Kind, Participant, TookPart
from support.command_examples.example import Example
from support.command_examples.programmes import planned
from support.in_memory_register import BODY, Story

POLICE = Story.agency("police")


def referred(story: Story) -> dict[str, Any]:
    asked = {"title": "Child L", "kind": "practice-learning-review", "agencies": ("police",)}
    return {"id": story.create(review.ReferReview.model_validate(asked), story.unit)}


def commissioned(story: Story) -> dict[str, Any]:
    return {"id": story.a_review()}


def of_a_review(story: Story) -> dict[str, Any]:
    return {"review_id": story.a_review()}


def completed(story: Story) -> dict[str, Any]:
    thing = story.a_review()
    story.when(review.CompleteReview(id=thing), story.unit)
    return {"id": thing}


def running(story: Story) -> dict[str, Any]:
    thing = of_a_review(story)
    story.when(review.StartClock.model_validate(thing | CLOCK), story.unit)
    return thing


def followed_up(story: Story) -> dict[str, Any]:
    """It looks at what became of an earlier one's recommendation, and has its place in the programme."""
    earlier, place = story.a_review(), planned(story)
    checks = (story.a_recommendation(review_id=earlier),)
    return {
        "follows_up": earlier,
        "checks": checks,
        "programme_year": place["year"],
        "planned_audit": place["audit_id"],
    }


def with_learning(story: Story) -> dict[str, Any]:
    thing = story.a_review()
    ((_, _, learned),) = story.when(review.IdentifyLearning(review_id=thing, wording="See fathers"), story.unit)
    return {"review_id": thing, "learning": (getattr(learned, "learning_id", None),)}


def addressed(story: Story) -> dict[str, Any]:
    return {"id": story.a_recommendation(addressed_to=("police",))}


def below(story: Story) -> dict[str, Any]:
    return {"recommendation_id": story.a_recommendation()}


def mistaken(story: Story) -> dict[str, Any]:
    thing = story.an_action()
    return {"kind": Kind.ACTION, "id": thing, "event_id": story.streams[Kind.ACTION, thing][0].position}


TAKING_PART = {
    "participant": Participant.PARENT,
    "who": "The father",
    "invited": True,
    "took_part": TookPart.YES,
    "how": "He met the lead reviewer twice",
}
CLOCK = {"clock": "the-inspectors", "started_on": Story.on(0), "due_on": Story.on(9)}
REFERRING = {
    "title": "Child L",
    "kind": "serious-case-review",
    "referred_by": "A school nurse",
    "aware_on": Story.on(-3),
    "agencies": ("police", "health"),
    "circumstances": (),
}
ADVISING = {"body": BODY, "kind": "practice-learning-review", "no_review": True, "advice": "Below the threshold"}
COMMISSIONING = {
    "kind": "serious-case-review",
    "title": "Child J",
    "mandated_by": "board",
    "lead_reviewer": "Dr Ash",
    "lead_reviewer_employer": "A university",
    "agencies": ("police", "health"),
    "aware_on": Story.on(-3),
    "method": "appreciative inquiry",
    "themes": ("neglect",),
    "facilitator": "Ms Elm",
    "conditions_met": (
        {
            "condition": "the independent chair decides after advice from the serious-incident-review-group",
            "words": "The group advised on the day of the referral",
        },
    ),
    "criteria_met": ({"criterion": "child-died", "words": "In May, after three referrals"},),
    "stakeholders": ("board", "agencies", "media"),
    "reference": "SCR/1",
    "shared_reference": "CDOP/7",
}
SECTIONS = ({"key": "principles", "text": "All seven"}, {"key": "method", "text": "Systems"})
PUBLISHING = {"url": "https://board.example/child-j", "board_response": "We accept it"}
WITHHOLDING = {"reason": "A sibling would be known", "improvements": "Chronologies are shared"}
LEARNING = {"wording": "See fathers", "good_practice": True, "themes": ("neglect",), "agencies": ("health",)}
RAISING = {
    "wording": "Share the chronology",
    "need": "Nobody saw the whole",
    "means_of_improvement": "A protocol",
    "measure_of_effectiveness": "An audit",
    "themes": ("neglect",),
    "lead_agency": "police",
    "addressed_to": ("health", "schools"),
    "response_due_on": Story.on(20),
    "reference": "R/1",
}
ACTING = {"wording": "Train the team", "measure_of_effectiveness": "Attendance", "reference": "A/1"}
CORRECTING = {"field": "wording", "new_value": "Train both teams", "reason": "A slip"}

OF_REVIEWS = (
    Example(review.ReferReview, Story.unit, REFERRING),
    Example(review.AdviseReview, Story.body, ADVISING, referred),
    Example(review.DeclineReview, Story.chair, {"reason": "Nothing to learn"}, referred),
    Example(review.CommissionReview, Story.unit, COMMISSIONING, followed_up),
    Example(review.AgreeReview, Story.chair, {}, commissioned),
    Example(review.CompleteReview, Story.unit, {"sections": SECTIONS}, commissioned),
    Example(review.RecordParticipation, Story.unit, TAKING_PART, commissioned),
    Example(review.PublishReview, Story.chair, PUBLISHING, completed),
    Example(review.WithholdPublication, Story.chair, WITHHOLDING, completed),
    Example(review.StartClock, Story.unit, CLOCK, of_a_review),
    Example(review.StopClock, Story.unit, {"clock": "the-inspectors", "stopped_on": Story.on(0)}, running),
    Example(review.IdentifyLearning, Story.unit, LEARNING, of_a_review),
)
OF_WHAT_ARISES = (
    Example(RaiseRecommendation, Story.unit, RAISING, with_learning),
    Example(
        Respond, POLICE, {"answer": Answer.NOT_ACCEPTED, "reason": "It is not ours", "agency": "police"}, addressed
    ),
    Example(RaiseAction, Story.unit, ACTING, below),
    Example(Correct, Story.unit, CORRECTING, mistaken),
)
