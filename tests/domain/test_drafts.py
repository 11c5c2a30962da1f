"""What a review finds is a draft until it is agreed by whoever must agree it."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from domain.action.commands import RaiseAction
from domain.frameworks import ResponseTime, shipped_frameworks
from domain.lifecycle.commands import Assign
from domain.recommendation.commands import RaiseRecommendation, Respond
from domain.recommendation.events import DraftAgreed
from domain.review.commands import (
    AdviseReview,
    AgreeReview,
    CommissionReview,
    DisseminateLearning,
    IdentifyLearning,
    ReferReview,
    TakeUpLearning,
)
from domain.review.events import Commissioned
from domain.shared import refusals
from domain.shared.actor import Caller
from domain.shared.vocabulary import Answer, DeadlineUnit, Kind, Role
from support.in_memory_register import BODY, LED, Story

GROUP = "learning-and-improvement"
MEMBER = Caller("member", Role.MONITORING_BODY, bodies=(GROUP,), independent=True)


@pytest.fixture
def sunderland(story: Story) -> Story:
    story.framework = shipped_frameworks()["sunderland-2015"]
    return story


def commissioned(story: Story, kind: str = "learning-lessons-review", **fields: Any) -> UUID:
    asked = {"kind": kind, "title": "K", "mandated_by": "board", "agencies": ("police", "health"), "facilitator": "F"}
    return story.create(CommissionReview.model_validate(asked | fields), story.unit)


def raised(story: Story, review: UUID, **fields: Any) -> UUID:
    asked = {"review_id": review, "wording": "Meet weekly", "addressed_to": ("police", "health")} | fields
    return story.create(RaiseRecommendation.model_validate(asked), story.unit)


def agree(story: Story, review: UUID) -> None:
    story.when(AgreeReview(id=review), story.chair)
    story.when(AgreeReview(id=review), MEMBER)


def assigning(id: UUID) -> Assign:
    return Assign(kind=Kind.RECOMMENDATION, id=id, lead_agency="police", due_on=Story.on(90))


def test_a_draft_is_addressed_to_nobody_and_neither_answered_nor_assigned_nor_acted_upon(sunderland: Story) -> None:
    draft = raised(sunderland, commissioned(sunderland))
    now = sunderland.recommendation(draft)
    assert (now.draft, now.may_answer, now.draft_for) == (True, (), ("police", "health"))
    for command in (assigning(draft), RaiseAction(recommendation_id=draft, wording="Train")):
        assert "draft" in sunderland.refused(refusals.ConditionsNotMet, command, sunderland.unit).message
    answer = Respond(id=draft, answer=Answer.ACCEPTED)
    sunderland.refused(refusals.NotPermitted, answer, sunderland.agency("police"))


def test_once_body_and_chair_have_agreed_drafts_are_drafts_no_more(sunderland: Story) -> None:
    review, other = commissioned(sunderland), commissioned(sunderland)
    draft, neighbour = raised(sunderland, review), raised(sunderland, other)
    sunderland.day = 5
    sunderland.when(AgreeReview(id=review), sunderland.chair)
    assert sunderland.recommendation(draft).draft
    facts = sunderland.when(AgreeReview(id=review), MEMBER)
    assert [(kind, id) for kind, id, _ in facts] == [(Kind.REVIEW, review), (Kind.RECOMMENDATION, draft)]
    now = sunderland.recommendation(draft)
    assert (now.draft, now.may_answer, now.draft_for) == (False, ("police", "health"), ())
    assert sunderland.recommendation(neighbour).draft
    sunderland.refused(refusals.DateOutOfOrder, assigning(draft).model_copy(update={"happened_on": sunderland.on(4)}))
    sunderland.when(assigning(draft), sunderland.unit)
    real = raised(sunderland, review)
    assert not sunderland.recommendation(real).draft


def test_an_agreement_dated_back_makes_real_what_was_raised_since_on_its_own_day(sunderland: Story) -> None:
    review = commissioned(sunderland)
    sunderland.day = 8
    draft = raised(sunderland, review)
    for caller in (sunderland.chair, MEMBER):
        sunderland.when(AgreeReview(id=review, happened_on=sunderland.on(6)), caller)
    assert not sunderland.recommendation(draft).draft
    fact = sunderland.facts(Kind.RECOMMENDATION, draft)[-1]
    assert (type(fact), fact.happened_on) == (DraftAgreed, sunderland.on(8))


def test_the_time_for_an_answer_runs_from_the_agreement_and_a_stated_day_stays(sunderland: Story) -> None:
    within = ResponseTime(length=10, unit=DeadlineUnit.DAYS)
    sunderland.framework = sunderland.framework.model_copy(update={"recommendation_response": within})
    sunderland.frameworks[sunderland.framework.key] = sunderland.framework
    review = commissioned(sunderland)
    derived, stated = raised(sunderland, review), raised(sunderland, review, response_due_on=sunderland.on(40))
    assert sunderland.recommendation(derived).response_due_on is None
    sunderland.day = 5
    agree(sunderland, review)
    due = [sunderland.recommendation(each).response_due_on for each in (derived, stated)]
    assert due == [sunderland.on(15), sunderland.on(40)]


def test_draft_learning_is_not_disseminated_and_other_learning_is(sunderland: Story) -> None:
    review, free = commissioned(sunderland), commissioned(sunderland, "live-observation")
    learnings = [sunderland.learning(each) for each in (review, free)]
    asked = {"method": sunderland.framework.methods[0], "audience": ("staff",), "agencies": ("police",)}
    for home, learning, field in ((review, (), ("learning",)), (free, learnings[::-1], ("learning", "1"))):
        told = DisseminateLearning.model_validate(asked | {"review_id": home, "learning": tuple(learning)})
        assert sunderland.refused(refusals.ConditionsNotMet, told).field == field
    sunderland.when(DisseminateLearning.model_validate(asked | {"review_id": free}))
    agree(sunderland, review)
    sunderland.when(DisseminateLearning.model_validate(asked | {"review_id": review}))


def test_what_is_imported_and_what_nobody_must_agree_are_no_drafts(sunderland: Story) -> None:
    imported = raised(sunderland, commissioned(sunderland, imported=True), imported=True)
    observed = raised(sunderland, commissioned(sunderland, "live-observation"))
    assert [sunderland.recommendation(each).draft for each in (imported, observed)] == [False, False]
    review = commissioned(sunderland, imported=True)
    sunderland.when(IdentifyLearning(review_id=review, wording="See fathers", imported=True))
    assert sunderland.review(review).draft_learning == frozenset()


def a_serious_case(story: Story, **fields: Any) -> UUID:
    asked = {"kind": "serious-case-review", "title": "K", "agencies": ("police", "health")} | LED | fields
    return story.create(CommissionReview.model_validate(asked), story.chair if "referral_id" in fields else story.unit)


def test_what_the_chair_has_yet_to_decide_about_finds_drafts_until_the_chair_has(story: Story) -> None:
    review, other = a_serious_case(story), a_serious_case(story)
    draft, neighbour = raised(story, review), raised(story, other)
    learning = story.learning(review)
    assert story.review(review).draft_learning == {learning}
    assert "draft" in story.refused(refusals.ConditionsNotMet, assigning(draft), story.unit).message
    story.day = 3
    story.when(AgreeReview(id=review), story.chair)
    assert story.recommendation(draft).may_answer == ("police", "health")
    assert story.review(review).draft_learning == frozenset()
    assert (story.recommendation(draft).draft, story.recommendation(neighbour).draft) == (False, True)
    story.when(assigning(draft), story.unit)
    assert not story.recommendation(raised(story, review)).draft


def test_what_the_chair_commissioned_finds_no_drafts(story: Story) -> None:
    case = story.create(ReferReview(title="K", kind="serious-case-review", agencies=("police", "health")), story.unit)
    advice = AdviseReview(id=case, body=BODY, kind="serious-case-review", advice="The criteria are met")
    story.when(advice, story.body)
    review = a_serious_case(story, referral_id=case)
    assert not story.recommendation(raised(story, review)).draft


def test_of_what_was_commissioned_before_that_was_said_nothing_becomes_a_draft(story: Story) -> None:
    review = a_serious_case(story)
    stream = story.streams[Kind.REVIEW, review]
    said = stream[0].fact.model_dump(mode="json", exclude={"decided_by_chair"})
    stream[0] = replace(stream[0], fact=Commissioned.model_validate_json(json.dumps(said)))
    assert not story.recommendation(raised(story, review)).draft


def test_a_body_that_is_fed_takes_up_learning_once_it_is_no_draft(sunderland: Story) -> None:
    group = sunderland.framework.bodies["training-and-workforce"]
    fed = {**sunderland.framework.bodies, group.key: group.model_copy(update={"receives_all_learning": True})}
    sunderland.framework = sunderland.framework.model_copy(update={"bodies": fed})
    sunderland.frameworks[sunderland.framework.key] = sunderland.framework
    review, free = commissioned(sunderland), commissioned(sunderland, "live-observation")
    draft, learning = sunderland.learning(review), sunderland.learning(free)
    asked = {"body": group.key, "what_was_done": "A course"}
    taken = TakeUpLearning.model_validate(asked | {"review_id": review, "learning_id": draft})
    refusal = sunderland.refused(refusals.ConditionsNotMet, taken, sunderland.unit)
    assert (refusal.field, "draft" in refusal.message) == (("learningId",), True)
    sunderland.when(TakeUpLearning.model_validate(asked | {"review_id": free, "learning_id": learning}))
    agree(sunderland, review)
    sunderland.when(taken)
