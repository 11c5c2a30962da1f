"""What a framework asks before a review is commissioned and before it is completed."""

from typing import Any
from uuid import UUID

import pytest

from domain.frameworks import shipped_frameworks
from domain.review.commands import AgreeReview, CommissionReview, CompleteReview, ReferReview
from domain.review.events import Agreed
from domain.shared import refusals
from domain.shared.actor import Caller
from domain.shared.vocabulary import Kind, ReviewStage, Role
from support.in_memory_register import Story

QUESTIONS = ("what-happened", "why", "what-went-well", "what-needs-improvement", "what-can-be-learned")


@pytest.fixture
def sunderland(story: Story) -> Story:
    story.framework = shipped_frameworks()["sunderland-2015"]
    return story


def member(*bodies: str) -> Caller:
    return Caller("member", Role.MONITORING_BODY, bodies=bodies, independent=True)


def commissioning(kind: str = "learning-lessons-review", **fields: Any) -> CommissionReview:
    asked = {"kind": kind, "title": "Child K", "mandated_by": "board", "agencies": ("police", "health")}
    return CommissionReview.model_validate(asked | {"facilitator": "Dr F"} | fields)


def answering(review: UUID, *keys: str) -> CompleteReview:
    sections = [{"key": key, "text": "An answer"} for key in keys]
    return CompleteReview.model_validate({"id": review, "sections": sections})


@pytest.mark.parametrize("kind", ["learning-lessons-review", "after-action-review"])
def test_more_than_one_agency_is_involved_in_it(sunderland: Story, kind: str) -> None:
    alone = commissioning(kind, agencies=("police", "police"))
    refusal = sunderland.refused(refusals.ConditionsNotMet, alone)
    assert refusal.field == ("agencies",)
    assert "at least 2 agencies" in refusal.message
    sunderland.create(commissioning(kind))


@pytest.mark.parametrize("body", ["board", "executive-group", "case-review", "malap"])
def test_board_executive_and_sub_committees_mandate(sunderland: Story, body: str) -> None:
    sunderland.create(commissioning("live-observation", mandated_by=body))


@pytest.mark.parametrize("body", [None, "business-unit", "task-and-finish-groups", "the probation service"])
def test_nobody_else_mandates(sunderland: Story, body: str | None) -> None:
    refusal = sunderland.refused(refusals.ConditionsNotMet, commissioning("live-observation", mandated_by=body))
    assert refusal.field == ("mandatedBy",)
    assert "mandated by" in refusal.message


def test_an_inspection_needs_no_mandate(sunderland: Story) -> None:
    sunderland.create(commissioning("partner-inspection", mandated_by=None, agencies=("police",)))


def test_an_import_tells_of_reviews_as_they_were(sunderland: Story) -> None:
    alone = commissioning("after-action-review", agencies=("police",), mandated_by=None, imported=True)
    review = sunderland.create(alone)
    sunderland.when(CompleteReview(id=review, imported=True))
    assert sunderland.review(review).stage is ReviewStage.COMPLETED


def test_an_independent_author_is_employed_elsewhere(story: Story) -> None:
    asked = commissioning("multi-agency-management-review", lead_reviewer="Dr A", lead_reviewer_employer="police")
    refusal = story.refused(refusals.NotIndependent, asked)
    assert refusal.field == ("leadReviewerEmployer",)
    assert "independent lead" in refusal.message


@pytest.mark.parametrize("chair_first", [True, False])
def test_a_review_is_agreed_by_the_named_body_and_the_chair(sunderland: Story, chair_first: bool) -> None:
    review, neighbour = sunderland.create(commissioning()), sunderland.create(commissioning())
    callers = [sunderland.chair, member("learning-and-improvement")]
    first, second = callers if chair_first else reversed(callers)
    sunderland.when(AgreeReview(id=review), first)
    assert sunderland.review(review).stage is ReviewStage.COMMISSIONED
    refusal = sunderland.refused(refusals.ConditionsNotMet, CompleteReview(id=review))
    assert ("learning-and-improvement" if chair_first else "the chair") in refusal.message
    sunderland.when(AgreeReview(id=review), second)
    assert sunderland.review(review).stage is ReviewStage.AGREED
    assert sunderland.review(neighbour).stage is ReviewStage.COMMISSIONED
    sunderland.when(CompleteReview(id=review))
    assert sunderland.review(review).stage is ReviewStage.COMPLETED


def test_agreeing_twice_says_nothing_new(sunderland: Story) -> None:
    review = sunderland.create(commissioning())
    agree = AgreeReview(id=review)
    assert len(sunderland.when(agree, sunderland.chair)) == 1
    assert sunderland.when(agree, sunderland.chair) == []


def test_the_chair_may_agree_for_the_body_and_history_shows_in_which_role(sunderland: Story) -> None:
    review = sunderland.create(commissioning())
    sunderland.when(AgreeReview(id=review, body="learning-and-improvement"), sunderland.chair)
    assert sunderland.review(review).lacking == (None,)
    by = sunderland.facts(Kind.REVIEW, review)[-1].by
    assert (by.role, by.body) == (Role.CHAIR, "learning-and-improvement")


@pytest.mark.parametrize(
    ("caller", "body", "refusal"),
    [
        (member("malap"), None, refusals.NotPermitted),
        (member("malap"), "malap", refusals.NotPermitted),
        (member("malap"), "learning-and-improvement", refusals.NotPermitted),
        (Story.chair, "malap", refusals.NotPermitted),
        (Story.chair, "the-moon", refusals.UnknownBody),
        (Story.unit, None, refusals.NotPermitted),
        (Story.agency("police"), None, refusals.NotPermitted),
    ],
)
def test_nobody_else_agrees(
    sunderland: Story, caller: Caller, body: str | None, refusal: type[refusals.Refusal]
) -> None:
    review = sunderland.create(commissioning())
    sunderland.refused(refusal, AgreeReview(id=review, body=body), caller)


@pytest.mark.parametrize(
    ("caller", "refusal"),
    [(member("learning-and-improvement"), refusals.NotPermitted), (Story.chair, refusals.ConditionsNotMet)],
)
def test_a_case_that_awaits_its_decision_is_agreed_by_nobody(
    sunderland: Story, caller: Caller, refusal: type[refusals.Refusal]
) -> None:
    case = sunderland.create(ReferReview(title="Child L", agencies=("police",)))
    sunderland.refused(refusal, AgreeReview(id=case), caller)


def test_the_chairs_own_agreement_is_of_no_body_and_of_no_framework(sunderland: Story) -> None:
    review = sunderland.create(commissioning())
    sunderland.when(AgreeReview(id=review), sunderland.chair)
    fact = sunderland.facts(Kind.REVIEW, review)[-1]
    assert isinstance(fact, Agreed)
    assert (fact.body, fact.framework) == (None, None)


def test_a_completed_review_is_agreed_no_more(story: Story) -> None:
    review = story.a_review()
    story.when(CompleteReview(id=review))
    story.refused(refusals.ConditionsNotMet, AgreeReview(id=review), story.chair)


def test_an_agreement_lies_after_the_commissioning_and_before_the_completion(sunderland: Story) -> None:
    sunderland.day = 5
    review = sunderland.create(commissioning())
    early = AgreeReview(id=review, happened_on=sunderland.on(4))
    sunderland.refused(refusals.DateBeforeStart, early, sunderland.chair)


def test_an_after_action_review_answers_all_five_questions(sunderland: Story) -> None:
    review = sunderland.create(commissioning("after-action-review"))
    for caller in (sunderland.chair, member("case-review", "malap")):
        sunderland.when(AgreeReview(id=review), caller)
    refusal = sunderland.refused(refusals.ConditionsNotMet, answering(review, *QUESTIONS[1:]))
    assert refusal.field == ("sections",)
    assert QUESTIONS[0] in refusal.message
    sunderland.when(answering(review, *QUESTIONS, "method"))


def test_where_no_body_is_named_a_review_is_completed_without_agreement_and_may_be_agreed(story: Story) -> None:
    agreed, completed = story.a_review(), story.a_review()
    story.when(AgreeReview(id=agreed), story.chair)
    assert story.review(agreed).stage is ReviewStage.AGREED
    story.when(CompleteReview(id=completed))
