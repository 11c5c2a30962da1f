"""A case that is referred: advised about, declined, or commissioned."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from domain.challenge.commands import IssueChallenge
from domain.frameworks import shipped_frameworks
from domain.recommendation.commands import RaiseRecommendation
from domain.review.commands import (
    AdviseReview,
    AgreeReview,
    CommissionReview,
    CompleteReview,
    DeclineReview,
    IdentifyLearning,
    PublishReview,
    ReferReview,
)
from domain.review.events import Commissioned
from domain.shared import refusals
from domain.shared.actor import Caller
from domain.shared.commands import Command
from domain.shared.vocabulary import Kind, ReviewStage
from support.in_memory_register import BODY, Story

LESSER = "practice-learning-review"


def referring(**fields: Any) -> ReferReview:
    asked = {"title": "Child L", "referred_by": "A school nurse", "agencies": ("police",)} | fields
    return ReferReview.model_validate(asked)


def referred(story: Story, **fields: Any) -> UUID:
    return story.create(referring(**fields), story.unit)


def advising(referral: UUID, **fields: Any) -> AdviseReview:
    asked = {"id": referral, "body": BODY, "kind": "practice-learning-review", "advice": "Below the threshold"}
    return AdviseReview.model_validate(asked | fields)


def commissioning(referral: UUID | None, **fields: Any) -> CommissionReview:
    asked = {"kind": "practice-learning-review", "title": "L", "agencies": ("police",), "referral_id": referral}
    return CommissionReview.model_validate(asked | fields)


@pytest.mark.parametrize("by", [Story.chair, Story.unit])
def test_a_referral_becomes_the_review_that_it_leads_to(story: Story, by: Caller) -> None:
    referral, neighbour = referred(story, aware_on=story.on(-3)), referred(story)
    assert story.review(referral).stage is ReviewStage.REFERRED
    reference = story.review(referral).reference
    assert story.create(commissioning(referral), by) == referral
    review = story.review(referral)
    assert (review.stage, review.kind, review.reference) == (
        ReviewStage.COMMISSIONED,
        "practice-learning-review",
        reference,
    )
    fact = story.facts(Kind.REVIEW, referral)[-1]
    assert isinstance(fact, Commissioned)
    assert (fact.aware_on, review.aware_on) == (None, story.on(-3))
    assert story.review(neighbour).stage is ReviewStage.REFERRED


def test_the_chair_commissions_nothing_that_was_not_referred(story: Story) -> None:
    story.refused(refusals.NotPermitted, commissioning(None), story.chair)


def test_a_body_advises_the_chair(story: Story) -> None:
    referral = referred(story)
    story.when(advising(referral), story.body)
    story.when(advising(referral, advice="On second thoughts"), story.chair)
    assert story.review(referral).stage is ReviewStage.REFERRED
    assert [fact.by.body for fact in story.facts(Kind.REVIEW, referral)] == [None, BODY, BODY]


@pytest.mark.parametrize(
    ("caller", "fields", "refusal"),
    [
        (Story.body, {"body": "training"}, refusals.NotPermitted),
        (Story.body, {"body": "the-moon"}, refusals.UnknownBody),
        (Story.body, {"kind": "palm-reading"}, refusals.UnknownReviewKind),
        (Story.unit, {}, refusals.NotPermitted),
        (Story.agency("police"), {}, refusals.NotPermitted),
        (Story.inspector, {}, refusals.NotPermitted),
    ],
)
def test_a_body_advises_for_itself_and_on_kinds_that_there_are(
    story: Story, caller: Caller, fields: dict[str, Any], refusal: type[refusals.Refusal]
) -> None:
    story.refused(refusal, advising(referred(story), **fields), caller)


def test_the_business_unit_writes_down_what_a_body_outside_advises(story: Story) -> None:
    story.framework = shipped_frameworks()["knowsley-2020"]
    referral = referred(story)
    story.when(advising(referral, body="national-panel", kind="child-safeguarding-practice-review-local"))
    inside = advising(referral, body="review-and-learning-group", kind="case-review")
    story.refused(refusals.NotPermitted, inside, story.unit)


def test_only_the_chair_declines_and_gives_a_reason(story: Story) -> None:
    referral = referred(story, kind=LESSER)
    decline = DeclineReview(id=referral, reason="No concern about joint working")
    for caller in (story.unit, story.body, story.agency("police")):
        story.refused(refusals.NotPermitted, decline, caller)
    story.refused(refusals.ReasonRequired, DeclineReview(id=referral, reason=" "), story.chair)
    story.when(decline, story.chair)
    assert story.review(referral).stage is ReviewStage.NOT_COMMISSIONED


@pytest.mark.parametrize("declined", [True, False])
def test_a_referral_is_decided_once(story: Story, declined: bool) -> None:
    referral = referred(story, kind=LESSER)
    decided = DeclineReview(id=referral, reason="Below the threshold") if declined else commissioning(referral)
    story.when(decided, story.chair)
    again = (commissioning(referral, reason="Again"), advising(referral))
    for command in (DeclineReview(id=referral, reason="Again"), *(() if declined else again)):
        story.refused(refusals.ConditionsNotMet, command, story.chair)


@pytest.mark.parametrize("declined", [True, False])
def test_nothing_follows_from_a_review_that_is_not_commissioned(story: Story, declined: bool) -> None:
    referral = referred(story, kind=LESSER)
    if declined:
        story.when(DeclineReview(id=referral, reason="Below the threshold"), story.chair)
    subjects = [{"kind": Kind.REVIEW, "id": referral}]
    told = {"agency": "police", "grounds": "Late", "subjects": subjects}
    refused: list[tuple[Command, Caller]] = [
        (AgreeReview(id=referral), story.chair),
        (AgreeReview(id=referral, body=BODY), replace(story.body, framework=story.framework.key)),
        (CompleteReview(id=referral), story.unit),
        (IdentifyLearning(review_id=referral, wording="Nobody asked"), story.unit),
        (RaiseRecommendation(review_id=referral, wording="Ask"), story.unit),
        (IssueChallenge.model_validate(told), story.chair),
    ]
    for command, caller in refused:
        story.refused(refusals.ConditionsNotMet, command, caller)
    story.refused(refusals.ReviewNotCompleted, PublishReview(id=referral), story.chair)


@pytest.mark.parametrize(
    ("fields", "refusal", "field"),
    [
        ({"kind": "palm-reading"}, refusals.UnknownReviewKind, "kind"),
        ({"agencies": ("the-moon",)}, refusals.UnknownAgency, "agencies.0"),
        ({"aware_on": Story.on(1)}, refusals.DateInFuture, "awareOn"),
        ({"happened_on": Story.on(1)}, refusals.DateInFuture, "happenedOn"),
    ],
)
def test_a_referral_names_only_what_is_known(
    story: Story, fields: dict[str, Any], refusal: type[refusals.Refusal], field: str
) -> None:
    assert story.refused(refusal, referring(**fields)).field == tuple(field.split("."))


def test_the_business_unit_refers_and_an_agency_that_becomes_aware(story: Story) -> None:
    for caller in (story.chair, story.body, story.inspector, story.administrator):
        story.refused(refusals.NotPermitted, referring(), caller)
    case = story.create(referring(aware_on=story.on(-2)), story.agency("police"))
    assert story.review(case).reported_by == "police"
    assert set(story.review(case).clocks) == {"serious-incident-notification"}
    earlier = referring(happened_on=story.on(0))
    assert story.refused(refusals.Invalid, earlier, story.agency("police")).field == ("happenedOn",)
    assert story.review(referred(story)).reported_by is None


def test_a_decision_is_not_dated_before_the_referral_nor_before_the_advice(story: Story) -> None:
    story.day = 5
    referral = referred(story)
    story.day = 8
    story.when(advising(referral), story.body)
    story.refused(refusals.DateBeforeStart, commissioning(referral, happened_on=story.on(4)), story.chair)
    story.refused(refusals.DateOutOfOrder, commissioning(referral, happened_on=story.on(7)), story.chair)
    decline = DeclineReview(id=referral, reason="Below the threshold", happened_on=story.on(7))
    story.refused(refusals.DateOutOfOrder, decline, story.chair)


def test_what_a_commission_must_meet_a_referral_must_too(story: Story) -> None:
    story.framework = shipped_frameworks()["sunderland-2015"]
    referral = referred(story, kind="after-action-review")
    alone = commissioning(referral, kind="after-action-review", mandated_by="board")
    story.refused(refusals.ConditionsNotMet, alone, story.chair)
    story.refused(refusals.NotFound, commissioning(UUID(int=7)), story.chair)
