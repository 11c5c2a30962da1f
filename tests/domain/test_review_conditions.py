"""Conditions that a framework names: who advises, who decides, who facilitates, by which method, judged how."""

from typing import Any
from uuid import UUID

import pytest

from domain.frameworks import shipped_frameworks
from domain.review.commands import (
    AdviseReview,
    AgreeReview,
    CommissionReview,
    CompleteReview,
    DeclineReview,
    ReferReview,
)
from domain.review.events import Commissioned, Completed
from domain.shared import refusals
from domain.shared.actor import Caller
from domain.shared.vocabulary import Kind, ReviewStage, Role
from support.in_memory_register import BODY, LED, Story

SIRG_KINDS = ("serious-case-review", "multi-agency-management-review", "in-depth-review")


def by(story: Story, framework: str) -> Story:
    story.framework = shipped_frameworks()[framework]
    return story


def commissioning(kind: str, **fields: Any) -> CommissionReview:
    asked = {"kind": kind, "title": "Child M", "agencies": ("police", "health"), "mandated_by": "board"} | LED | fields
    return CommissionReview.model_validate(asked)


def completing(review: UUID, *sections: tuple[str, str], **fields: Any) -> CompleteReview:
    told = [{"key": key, "text": text} for key, text in sections]
    return CompleteReview.model_validate({"id": review, "sections": told} | fields)


def referred(story: Story) -> UUID:
    return story.create(ReferReview(title="Child M"), story.unit)


def advise(story: Story, referral: UUID, caller: Caller | None = None, body: str = BODY) -> None:
    advice = AdviseReview(id=referral, body=body, kind="practice-learning-review", advice="Below the threshold")
    story.when(advice, caller or story.body)


@pytest.mark.parametrize("kind", SIRG_KINDS)
def test_of_a_referred_case_the_chair_decides_after_the_groups_advice(story: Story, kind: str) -> None:
    referral, neighbour = referred(story), referred(story)
    decide = commissioning(kind, referral_id=referral)
    refusal = story.refused(refusals.ConditionsNotMet, decide, story.chair)
    assert f"after advice from {BODY}" in refusal.message
    advise(story, neighbour)
    story.refused(refusals.ConditionsNotMet, decide, story.chair)
    other = Caller("member", Role.MONITORING_BODY, bodies=("training",), independent=True)
    advise(story, referral, other, "training")
    story.refused(refusals.ConditionsNotMet, decide, story.chair)
    advise(story, referral)
    refusal = story.refused(refusals.ConditionsNotMet, decide, story.unit)
    assert "the independent chair's" in refusal.message
    story.refused(refusals.ReasonRequired, decide, story.chair)
    story.when(decide.model_copy(update={"reason": "Joint working failed"}), story.chair)
    assert story.review(referral).stage is ReviewStage.COMMISSIONED
    assert story.review(neighbour).stage is ReviewStage.REFERRED


@pytest.mark.parametrize("kind", SIRG_KINDS)
def test_an_import_tells_of_a_referred_case_that_was_decided_without_advice_or_chair(story: Story, kind: str) -> None:
    referral = referred(story)
    story.when(commissioning(kind, referral_id=referral, imported=True), story.unit)
    assert story.review(referral).stage is ReviewStage.COMMISSIONED


@pytest.mark.parametrize("kind", [*SIRG_KINDS, None])
def test_a_case_is_not_declined_before_whoever_must_advise_has(story: Story, kind: str | None) -> None:
    """Naming no kind, a referral may be of what the law asks for."""
    case, neighbour = (story.create(ReferReview(title="Child M", kind=kind), story.unit) for _ in range(2))
    decline = DeclineReview(id=case, reason="No concern")
    advise(story, neighbour)
    assert f"after advice from {BODY}" in story.refused(refusals.ConditionsNotMet, decline, story.chair).message
    advise(story, case)
    story.when(decline, story.chair)
    assert story.review(case).stage is ReviewStage.NOT_COMMISSIONED
    assert story.review(neighbour).stage is ReviewStage.REFERRED


def test_a_case_on_which_nobody_must_advise_is_declined_without_advice(story: Story) -> None:
    case = story.create(ReferReview(title="Child M", kind="single-agency-review"), story.unit)
    story.when(DeclineReview(id=case, reason="No concern"), story.chair)
    assert story.review(case).stage is ReviewStage.NOT_COMMISSIONED


def test_an_in_depth_review_is_of_a_referred_case_only(story: Story) -> None:
    refusal = story.refused(refusals.ConditionsNotMet, commissioning("in-depth-review"), story.unit)
    assert refusal.field == ("referralId",)
    story.create(commissioning("in-depth-review", imported=True))
    story.create(commissioning("serious-case-review"))


def test_a_review_that_nobody_is_asked_about_needs_no_advice(story: Story) -> None:
    referral = referred(story)
    story.when(commissioning("single-agency-review", referral_id=referral, agencies=("police",)), story.unit)


def test_in_sunderland_a_serious_case_review_ends_when_the_chair_has_decided(story: Story) -> None:
    by(story, "sunderland-2015")
    review = story.create(commissioning("serious-case-review"))
    refusal = story.refused(refusals.ConditionsNotMet, completing(review))
    assert "The final decision is the independent chair's" in refusal.message
    story.when(AgreeReview(id=review), story.chair)
    story.when(completing(review))
    imported = story.create(commissioning("serious-case-review", imported=True))
    story.when(completing(imported, imported=True))


def test_in_knowsley_a_serious_case_review_ends_when_the_chair_has_decided(story: Story) -> None:
    review, neighbour = story.create(commissioning("serious-case-review")), story.a_review()
    refusal = story.refused(refusals.ConditionsNotMet, completing(review))
    assert "The final decision is the independent chair's" in refusal.message
    story.when(completing(neighbour))
    story.when(AgreeReview(id=review), story.chair)
    story.when(completing(review))
    imported = story.create(commissioning("serious-case-review", imported=True))
    story.when(completing(imported, imported=True))


def test_what_the_chair_has_commissioned_the_chair_has_decided(story: Story) -> None:
    by(story, "sunderland-2015")
    referral = referred(story)
    decide = commissioning("serious-case-review", referral_id=referral)
    story.refused(refusals.ConditionsNotMet, decide, story.unit)
    story.when(decide, story.chair)
    story.when(completing(referral))
    assert story.review(referral).stage is ReviewStage.COMPLETED


@pytest.mark.parametrize("kind", ["learning-lessons-review", "after-action-review"])
def test_a_review_that_is_facilitated_names_its_facilitator(story: Story, kind: str) -> None:
    by(story, "sunderland-2015")
    refusal = story.refused(refusals.ConditionsNotMet, commissioning(kind))
    assert refusal.field == ("facilitator",)
    assert "facilitated" in refusal.message
    story.create(commissioning(kind, facilitator="Dr F"))
    story.create(commissioning(kind, imported=True))


@pytest.mark.parametrize("method", shipped_frameworks()["windsor-maidenhead"].review_methods)
def test_a_case_review_of_windsor_names_its_method(story: Story, method: str) -> None:
    by(story, "windsor-maidenhead")
    review = story.create(commissioning("serious-incident-review", method=method))
    fact = story.facts(Kind.REVIEW, review)[0]
    assert isinstance(fact, Commissioned)
    assert fact.method == method


@pytest.mark.parametrize("framework", ["knowsley-2015", "windsor-maidenhead"])
def test_any_words_name_a_method_whatever_the_framework_offers(story: Story, framework: str) -> None:
    by(story, framework)
    review = story.create(commissioning("serious-case-review", method="A timeline with the family"))
    fact = story.facts(Kind.REVIEW, review)[0]
    assert isinstance(fact, Commissioned)
    assert fact.method == "A timeline with the family"


def test_an_inspection_of_the_board_is_judged_in_a_word_of_the_framework(story: Story) -> None:
    by(story, "sunderland-2015")
    review = story.create(commissioning("ofsted-board-inspection"))
    refusal = story.refused(refusals.ConditionsNotMet, completing(review))
    assert "judgement" in refusal.message
    wrong = story.refused(refusals.Invalid, completing(review, ("judgement", "satisfactory")))
    assert wrong.field == ("sections", "0", "text")
    assert "outstanding, good, requires improvement, inadequate" in wrong.message
    told = ("judgement", "Requires Improvement"), ("method", "Interviews, and as it went")
    story.when(completing(review, *told))
    fact = story.facts(Kind.REVIEW, review)[-1]
    assert isinstance(fact, Completed)
    assert [(each.key, each.text) for each in fact.sections] == [("judgement", "requires improvement"), told[1]]


def test_an_imported_inspection_may_lack_its_judgement_and_never_invents_one(story: Story) -> None:
    by(story, "sunderland-2015")
    review = story.create(commissioning("ofsted-board-inspection", imported=True))
    story.refused(refusals.Invalid, completing(review, ("judgement", "satisfactory"), imported=True))
    story.when(completing(review, imported=True))


def test_where_a_kind_lists_no_judgements_one_is_told_in_any_words(story: Story) -> None:
    review = story.a_review()
    story.when(completing(review, ("judgement", "Satisfactory")))


def test_a_judgement_is_recorded_as_the_framework_writes_it(story: Story) -> None:
    kind = story.framework.kinds["single-agency-review"].model_copy(update={"judgements": ("Good", "In Part")})
    query_context = story.framework.model_copy(update={"kinds": story.framework.kinds | {kind.key: kind}})
    story.framework = story.frameworks[query_context.key] = query_context
    review = story.create(commissioning(kind.key, agencies=("police",)))
    story.when(completing(review, ("judgement", "in PART")))
    fact = story.facts(Kind.REVIEW, review)[-1]
    assert isinstance(fact, Completed)
    assert [each.text for each in fact.sections] == ["In Part"]


def test_a_review_tells_how_each_principle_was_met(story: Story) -> None:
    by(story, "windsor-maidenhead")
    review = story.create(commissioning("learning-review"))
    told = [("principle-without-blame", "By interview"), ("conduct-research-used", "Two studies")]
    refusal = story.refused(refusals.Invalid, completing(review, *told, ("principle-kindness", "Always")))
    assert refusal.field == ("sections", "2", "key")
    assert "principle-proportionate" in refusal.message
    story.when(completing(review, *told))


def test_where_a_framework_lists_no_principles_a_review_tells_of_its_own(story: Story) -> None:
    by(story, "knowsley-2020")
    review = story.create(commissioning("case-review"))
    story.refused(refusals.Invalid, completing(review, ("conduct-research-used", "Two studies")))
    story.when(completing(review, ("principle-proportionate", "Two meetings")))


@pytest.mark.parametrize("key", ["conduct-research-used", "conduct-", "principle-", "principle-research-used"])
def test_a_framework_knows_its_own_principles_and_criteria_only(story: Story, key: str) -> None:
    review = story.a_review()
    story.refused(refusals.Invalid, completing(review, (key, "Somehow")))


def test_a_section_is_told_once(story: Story) -> None:
    review = story.a_review()
    refusal = story.refused(refusals.Invalid, completing(review, ("method", "One"), ("method", "Another")))
    assert refusal.field == ("sections", "1", "key")
    assert "'method'" in refusal.message


def test_scrutiny_may_tell_of_its_elements_and_need_not(story: Story) -> None:
    by(story, "knowsley-2020")
    review, silent = (story.create(commissioning("independent-scrutiny")) for _ in range(2))
    story.when(completing(review, ("leadership", "Shared")))
    story.when(completing(silent))


def test_excellence_is_told_in_six_categories(story: Story) -> None:
    by(story, "sunderland-2015")
    review = story.create(commissioning("index-of-excellence"))
    categories = story.framework.kinds["index-of-excellence"].sections
    refusal = story.refused(refusals.ConditionsNotMet, completing(review, ("leadership", "Strong")))
    assert "strategic-direction" in refusal.message
    story.when(completing(review, *((key, "Strong") for key in categories)))
