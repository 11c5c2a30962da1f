"""A review, from its commissioning to its publication."""

from typing import Any

import pytest

from domain.review.commands import (
    CommissionReview,
    CompleteReview,
    IdentifyLearning,
    PublishReview,
    WithholdPublication,
)
from domain.review.events import Commissioned
from domain.shared import refusals
from domain.shared.vocabulary import Kind, ReviewStage
from support.in_memory_register import BODY, LED, Story


def commissioning(**fields: Any) -> CommissionReview:
    asked = {"kind": "serious-case-review", "title": "Child J", "agencies": ("police",)} | LED | fields
    return CommissionReview.model_validate(asked)


def test_a_review_takes_what_its_framework_says_of_its_kind(story: Story) -> None:
    thing = story.create(commissioning(method="a method of their own", happened_on=story.on(0)))
    fact = story.facts(Kind.REVIEW, thing)[0]
    assert isinstance(fact, Commissioned)
    assert (fact.framework, fact.statutory, fact.method) == ("knowsley-2015", True, "a method of their own")
    assert fact.monitored_by[0] == BODY
    assert fact.reference == f"R{story.ids:04d}"


@pytest.mark.parametrize(
    ("fields", "refusal", "field"),
    [
        ({"kind": "palm-reading"}, refusals.UnknownReviewKind, "kind"),
        ({"agencies": ("the-moon",)}, refusals.UnknownAgency, "agencies.0"),
        ({"themes": ("astronomy",)}, refusals.UnknownTheme, "themes.0"),
        ({"aware_on": Story.on(1)}, refusals.DateInFuture, "awareOn"),
    ],
)
def test_a_review_names_only_what_is_known(
    story: Story, fields: dict[str, Any], refusal: type[refusals.Refusal], field: str
) -> None:
    assert story.refused(refusal, commissioning(**fields)).field == tuple(field.split("."))


@pytest.mark.parametrize("employer", ["police", "THE  Police", "police service"])
def test_the_lead_of_a_statutory_review_is_not_employed_by_an_agency_under_review(story: Story, employer: str) -> None:
    dependent = commissioning(lead_reviewer="Dr A", lead_reviewer_employer=employer)
    story.refused(refusals.NotIndependent, dependent)
    story.create(dependent.model_copy(update={"kind": "practice-learning-review"}))
    story.create(dependent.model_copy(update={"agencies": ("health",)}))


def test_the_lead_is_not_employed_by_what_an_agency_under_review_has_become(story: Story) -> None:
    story.merge_agencies("housing", into="health")
    story.refused(refusals.NotIndependent, commissioning(agencies=("health",), lead_reviewer_employer="housing"))
    story.create(commissioning(agencies=("health",), lead_reviewer_employer="Dr A Ltd"))


def test_the_lead_is_not_employed_by_what_has_gone_on_with_an_agency_under_review(story: Story) -> None:
    for key in ("housing", "health"):
        story.merge_agencies(key, into="schools")
    told = commissioning(agencies=("health",), lead_reviewer_employer="housing", imported=True)
    story.refused(refusals.NotIndependent, told)


def test_a_review_follows_up_one_that_there_is(story: Story) -> None:
    earlier = story.a_review()
    story.create(commissioning(follows_up=earlier))
    story.refused(refusals.NotFound, commissioning(follows_up=story.a_recommendation()))


def test_a_review_is_completed_once(story: Story) -> None:
    thing, neighbour = story.a_review(), story.a_review()
    story.when(CompleteReview.model_validate({"id": thing, "sections": [{"key": "method", "text": "SILP"}]}))
    assert story.review(thing).stage is ReviewStage.COMPLETED
    assert story.review(neighbour).stage is ReviewStage.COMMISSIONED
    story.refused(refusals.ConditionsNotMet, CompleteReview(id=thing))


@pytest.mark.parametrize("command", [PublishReview, WithholdPublication])
def test_nothing_is_published_or_withheld_before_completion(
    story: Story, command: type[PublishReview | WithholdPublication]
) -> None:
    fields = {"id": story.a_review(), "reason": "Not yet"}
    asked = command.model_validate({name: value for name, value in fields.items() if name in command.model_fields})
    story.refused(refusals.ReviewNotCompleted, asked, story.chair)


def test_a_withheld_review_may_be_published_later_and_only_once(story: Story) -> None:
    thing = story.a_review()
    story.when(CompleteReview(id=thing))
    withhold = WithholdPublication(id=thing, reason="The siblings can be recognised", improvements="Share chronologies")
    story.refused(refusals.ReasonRequired, withhold.model_copy(update={"reason": ""}), story.chair)
    story.when(withhold, story.chair)
    assert story.review(thing).stage is ReviewStage.WITHHELD
    story.refused(refusals.ConditionsNotMet, withhold, story.chair)
    story.when(PublishReview(id=thing, url="https://example.org/child-j", board_response="We accept it"), story.chair)
    assert story.review(thing).stage is ReviewStage.PUBLISHED
    story.refused(refusals.ConditionsNotMet, PublishReview(id=thing), story.chair)
    story.refused(refusals.ConditionsNotMet, withhold, story.chair)


def test_a_review_is_not_published_before_it_was_completed(story: Story) -> None:
    thing = story.a_review()
    story.day = 10
    story.when(CompleteReview(id=thing))
    story.refused(refusals.DateOutOfOrder, PublishReview(id=thing, happened_on=story.on(9)), story.chair)


def test_learning_is_coded_to_themes_and_feeds_recommendations(story: Story) -> None:
    review = story.a_review()
    identify = IdentifyLearning(review_id=review, wording="Histories were not read", themes=("neglect",))
    story.when(identify)
    (learning,) = story.review(review).learning
    story.a_recommendation(review_id=review, learning=(learning,))
    story.refused(refusals.UnknownTheme, identify.model_copy(update={"themes": ("astronomy",)}))
    story.refused(refusals.DateBeforeStart, identify.model_copy(update={"happened_on": story.on(-1)}))
