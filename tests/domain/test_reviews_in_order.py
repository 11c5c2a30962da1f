"""A review's steps one after another, and what a refusal about it says."""

from typing import Any
from uuid import UUID

import pytest

from domain.frameworks import shipped_frameworks
from domain.recommendation.commands import RaiseRecommendation
from domain.recommendation.events import Raised
from domain.review.commands import (
    AdviseReview,
    AgreeReview,
    CommissionReview,
    CompleteReview,
    IdentifyLearning,
    PublishReview,
    ReferReview,
)
from domain.review.events import Agreed, Commissioned, LearningIdentified, Referred
from domain.shared import refusals
from domain.shared.actor import Caller
from domain.shared.vocabulary import Kind, ReviewStage, Role
from support.in_memory_register import BODY, LED, Story


def referred(story: Story, **fields: Any) -> UUID:
    asked = {"title": "Child L", "agencies": ("police", "police", "health")} | fields
    return story.create(ReferReview.model_validate(asked), story.unit)


def advised(story: Story, referral: UUID) -> UUID:
    advice = AdviseReview(id=referral, body=BODY, kind="serious-case-review", advice="It meets the criteria")
    story.when(advice, story.body)
    return referral


def commissioned(story: Story, **fields: Any) -> Commissioned:
    """By the chair, where the case was referred."""
    asked = {"kind": "serious-case-review", "title": "Child J"} | LED | fields
    by = story.chair if "referral_id" in asked else story.unit
    fact = story.when(CommissionReview.model_validate(asked), by)[0][2]
    assert isinstance(fact, Commissioned)
    return fact


def a_learning_lessons_review(story: Story) -> UUID:
    """Of Sunderland's."""
    story.framework = shipped_frameworks()["sunderland-2015"]
    told = {"kind": "learning-lessons-review", "title": "Child K", "mandated_by": "board", "facilitator": "Ms Elm"}
    return story.a_review(**told)


def member(*bodies: str) -> Caller:
    return Caller("member", Role.MONITORING_BODY, bodies=bodies, independent=True)


def test_a_referral_is_numbered_and_names_each_agency_once(story: Story) -> None:
    thing = referred(story, aware_on=story.today)
    fact = story.facts(Kind.REVIEW, thing)[0]
    assert isinstance(fact, Referred)
    assert (fact.reference, fact.agencies) == (f"R{story.ids:04d}", ("police", "health"))
    assert (story.review(thing).reference, story.review(thing).framework) == (fact.reference, "knowsley-2015")
    story.framework = shipped_frameworks()["hull-2015"]
    commissioned(story, kind="practice-review", referral_id=thing)
    assert story.review(thing).framework == "hull-2015"


def test_a_commission_says_otherwise_than_the_referral_or_takes_what_that_said(story: Story) -> None:
    first, second = (advised(story, referred(story, aware_on=story.on(-9))) for _ in range(2))
    reference = story.review(second).reference
    told = commissioned(story, referral_id=first, reference="SCR/9", aware_on=story.on(-3), agencies=("police",) * 2)
    assert (told.reference, told.aware_on, told.agencies) == ("SCR/9", story.on(-3), ("police",))
    told = commissioned(story, referral_id=second)
    assert (told.reference, story.review(second).aware_on) == (reference, story.on(-9))


@pytest.mark.parametrize("aware", [0, -3])
def test_awareness_lies_on_the_day_or_before(story: Story, aware: int) -> None:
    assert commissioned(story, aware_on=story.on(aware)).aware_on == story.on(aware)


def test_a_given_reference_numbers_what_arises(story: Story) -> None:
    review = story.a_review(reference="SCR/9")
    raised = story.when(RaiseRecommendation(review_id=review, wording="Share"), story.unit)[0][2]
    assert isinstance(raised, Raised)
    assert (raised.reference, raised.review_kind) == ("SCR/9/1", "practice-learning-review")


def test_a_proposed_lead_is_asked_unless_others_are_named(story: Story) -> None:
    for named, asked in ((), ("police",)), (("health", "health"), ("health",)):
        told = {"review_id": story.a_review(), "wording": "Share", "lead_agency": "police", "addressed_to": named}
        raised = story.when(RaiseRecommendation.model_validate(told), story.unit)[0][2]
        assert isinstance(raised, Raised)
        assert (raised.proposed_lead, raised.addressed_to) == ("police", asked)


def test_learning_named_twice_is_one(story: Story) -> None:
    review = story.a_review()
    learned = [story.when(IdentifyLearning(review_id=review, wording=text))[0][2] for text in ("Share", "Listen")]
    ids = [each.learning_id for each in learned if isinstance(each, LearningIdentified)]
    asked = RaiseRecommendation(review_id=review, wording="Share", learning=(*ids, ids[0]))
    raised = story.when(asked, story.unit)[0][2]
    assert isinstance(raised, Raised)
    assert list(raised.learning) == ids


def test_who_has_not_agreed_is_named(story: Story) -> None:
    review = a_learning_lessons_review(story)
    complete = CompleteReview(id=review)
    assert "by learning-and-improvement, the chair." in story.refused(refusals.ConditionsNotMet, complete).message
    story.when(AgreeReview(id=review), story.chair)
    assert "by learning-and-improvement." in story.refused(refusals.ConditionsNotMet, complete).message
    story.when(AgreeReview(id=review), member("learning-and-improvement"))
    assert story.review(review).stage is ReviewStage.AGREED
    story.refused(refusals.ReviewNotCompleted, PublishReview(id=review), story.chair)


def test_what_is_only_referred_is_told_to_be_commissioned_first(story: Story) -> None:
    refusal = story.refused(refusals.ConditionsNotMet, CompleteReview(id=referred(story)))
    assert "not been commissioned" in refusal.message


@pytest.mark.parametrize(
    ("bodies", "named", "code"),
    [
        (("case-review",), None, "NOT_PERMITTED"),
        (("learning-and-improvement", "case-review"), "case-review", "NOT_PERMITTED"),
        (("learning-and-improvement",), "malap", "NOT_PERMITTED"),
        (("learning-and-improvement", "malap"), None, ""),
        (("learning-and-improvement", "malap"), "learning-and-improvement", ""),
    ],
)
def test_a_member_agrees_for_the_body_that_the_kind_names(
    story: Story, bodies: tuple[str, ...], named: str | None, code: str
) -> None:
    review = a_learning_lessons_review(story)
    asked = AgreeReview(id=review, body=named)
    if code:
        refusal = story.refused(refusals.Refusal, asked, member(*bodies))
        assert (refusal.code, refusal.field) == (code, () if named is None else ("body",))
    else:
        story.when(asked, member(*bodies))
        assert story.review(review).agreed == {"learning-and-improvement"}


def with_two_bodies(story: Story) -> UUID:
    kind = story.framework.kinds["practice-learning-review"].model_copy(update={"agreed_by": ("board", "training")})
    kinds = story.framework.kinds | {"practice-learning-review": kind}
    story.framework = story.framework.model_copy(update={"kinds": kinds})
    return story.a_review()


def test_a_member_of_two_bodies_that_the_kind_names_says_for_which(story: Story) -> None:
    review = with_two_bodies(story)
    both = member("board", "training")
    refusal = story.refused(refusals.Invalid, AgreeReview(id=review), both)
    assert (refusal.field, refusal.message) == (("body",), "For which body: board, training?")
    story.when(AgreeReview(id=review, body="training"), both)
    assert story.review(review).agreed == {"training"}


def test_agreed_after_it_was_completed_it_stays_completed(story: Story) -> None:
    review = story.a_review()
    story.when(CompleteReview(id=review))
    by = story.facts(Kind.REVIEW, review)[0].by
    story.record(Kind.REVIEW, review, Agreed(happened_on=story.today, by=by))
    assert story.review(review).stage is ReviewStage.COMPLETED


def test_learning_and_clocks_bind_nothing(story: Story) -> None:
    review = story.a_review()
    story.day = 7
    story.when(IdentifyLearning(review_id=review, wording="Share"))
    story.when(CompleteReview(id=review, happened_on=story.on(6)))
    assert story.review(review).stage is ReviewStage.COMPLETED
