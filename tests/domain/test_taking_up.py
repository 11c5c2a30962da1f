"""A body that is fed takes up learning, once, and says what it made of it."""

from typing import Any
from uuid import UUID, uuid4

from domain.correction.commands import Correct
from domain.frameworks import shipped_frameworks
from domain.review.commands import TakeUpLearning
from domain.review.events import LearningTakenUp
from domain.shared import refusals
from domain.shared.actor import Caller
from domain.shared.vocabulary import Kind, Role
from support.in_memory_register import Story

TRAINING = Caller("trainer", Role.MONITORING_BODY, bodies=("training",), independent=True)


def taking_up(review: UUID, point: UUID, **fields: Any) -> TakeUpLearning:
    asked = {"review_id": review, "learning_id": point, "what_was_done": "A course on fathers"} | fields
    return TakeUpLearning.model_validate(asked)


def test_a_member_takes_up_what_its_body_is_fed_once(story: Story) -> None:
    review = story.a_review()
    point, other = story.learning(review), story.learning(review)
    ((_, _, fact),) = story.when(taking_up(review, point), TRAINING)
    assert isinstance(fact, LearningTakenUp)
    assert (fact.body, fact.framework, fact.by.body) == ("training", "knowsley-2015", "training")
    assert story.refused(refusals.ConditionsNotMet, taking_up(review, point), TRAINING).field == ("learningId",)
    story.when(taking_up(review, other, body="training"), story.unit)


def test_what_does_not_reach_the_body_is_refused_until_it_is_brought_to_it(story: Story) -> None:
    review = story.a_review()
    point = story.learning(review)
    executive = taking_up(review, point, body="executive")
    assert story.refused(refusals.NotPermitted, executive, story.chair).field == ("body",)
    story.disseminated(review, bodies=("executive",), agencies=())
    story.when(executive, story.chair)


def test_learning_that_another_review_brought_to_the_body_reaches_it(story: Story) -> None:
    home, review = story.a_review(), story.a_review()
    point = story.learning(review)
    story.disseminated(home, learning=(point,), bodies=("executive",))
    story.when(taking_up(review, point, body="executive"), story.chair)


def test_in_knowsley_the_learning_of_all_kinds_of_review_reaches_the_training_group() -> None:
    framework = shipped_frameworks()["knowsley-2015"]
    assert {kind for kind in framework.kinds if "training" not in framework.fed_by(kind)} == set()
    assert framework.kinds["single-agency-audit"].feeds == ()


def test_a_member_of_another_body_and_nobody_in_particular_take_up_nothing(story: Story) -> None:
    review = story.a_review()
    point = story.learning(review)
    assert story.refused(refusals.NotPermitted, taking_up(review, point, body="training"), story.body).field == (
        "body",
    )
    assert story.refused(refusals.Invalid, taking_up(review, point), story.unit).field == ("body",)
    assert story.refused(refusals.UnknownBody, taking_up(review, point, body="the-pub"), story.unit).field == ("body",)
    assert story.refused(refusals.NotFound, taking_up(review, uuid4()), TRAINING).field == ("learningId",)
    story.refused(refusals.NotPermitted, taking_up(review, point, body="training"), story.agency("police"))


def test_it_is_taken_up_after_it_was_identified_whatever_is_corrected(story: Story) -> None:
    review = story.a_review()
    story.day = 3
    point = story.learning(review)
    early = taking_up(review, point, happened_on=story.on(2))
    assert story.refused(refusals.DateBeforeStart, early, TRAINING).field == ("happenedOn",)
    story.day = 5
    story.when(taking_up(review, point), TRAINING)
    position = story.streams[Kind.REVIEW, review][-1].position
    wrong = {"kind": Kind.REVIEW, "id": review, "event_id": position, "reason": "Misread"}
    back = Correct.model_validate(wrong | {"field": "happenedOn", "new_value": story.on(2).isoformat()})
    story.refused(refusals.DateOutOfOrder, back)
    story.when(Correct.model_validate(wrong | {"field": "voided", "new_value": "true"}))
    story.when(taking_up(review, point), TRAINING)
