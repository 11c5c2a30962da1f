"""What is decided about a referral is what was referred and advised, or else the chair's decision with a reason."""

from typing import Any
from uuid import UUID

import pytest

from domain.correction.commands import Correct
from domain.frameworks import shipped_frameworks
from domain.review.commands import AdviseReview, CommissionReview, DeclineReview, ReferReview
from domain.review.events import Advised, Commissioned
from domain.shared import refusals
from domain.shared.vocabulary import Kind, ReviewStage
from support.in_memory_register import BODY, LED, Story

LESSER, SERIOUS = "practice-learning-review", "serious-case-review"
CUSTODY = "death-in-custody-or-detention"


def referred(story: Story, kind: str | None = SERIOUS, **fields: Any) -> UUID:
    return story.create(ReferReview.model_validate({"title": "Child L", "kind": kind} | fields), story.unit)


def advised(story: Story, referral: UUID, kind: str | None = None, body: str = BODY, **fields: Any) -> Advised:
    asked = {"id": referral, "body": body, "kind": kind, "advice": "As discussed"} | fields
    fact = story.when(AdviseReview.model_validate(asked), story.chair)[0][2]
    assert isinstance(fact, Advised)
    return fact


def commissioning(referral: UUID, kind: str, **fields: Any) -> CommissionReview:
    asked = {"kind": kind, "title": "L", "agencies": ("police", "health"), "referral_id": referral, **LED}
    return CommissionReview.model_validate(asked | {"mandated_by": "board", "facilitator": "Dr F"} | fields)


def declined(story: Story, referral: UUID) -> None:
    story.when(DeclineReview(id=referral, reason="The criteria are not met"), story.chair)


@pytest.mark.parametrize(
    ("referred_as", "advice"), [(SERIOUS, None), (SERIOUS, LESSER), (None, SERIOUS), (LESSER, SERIOUS), (None, "none")]
)
def test_another_kind_than_was_referred_and_advised_is_the_chairs_decision_with_a_reason(
    story: Story, referred_as: str | None, advice: str | None
) -> None:
    case = referred(story, referred_as)
    if advice is not None:
        advised(story, case, None if advice == "none" else advice, no_review=advice == "none")
    lesser = commissioning(case, LESSER)
    refusal = story.refused(refusals.ConditionsNotMet, lesser.model_copy(update={"reason": "Enough"}), story.unit)
    assert (refusal.field, "the independent chair's decision" in refusal.message) == (("kind",), True)
    assert story.refused(refusals.ReasonRequired, lesser, story.chair).field == ("reason",)
    story.when(lesser.model_copy(update={"reason": "Little harm"}), story.chair)
    fact = story.facts(Kind.REVIEW, case)[-1]
    assert isinstance(fact, Commissioned)
    assert (fact.kind, fact.reason) == (LESSER, "Little harm")


@pytest.mark.parametrize(("referred_as", "advice"), [(None, None), (LESSER, None), (None, LESSER), (LESSER, LESSER)])
def test_what_was_referred_and_advised_the_business_unit_commissions_without_a_reason(
    story: Story, referred_as: str | None, advice: str | None
) -> None:
    case = referred(story, referred_as)
    if advice is not None:
        advised(story, case, SERIOUS)
        advised(story, case, advice)
    story.when(commissioning(case, LESSER), story.unit)
    assert story.review(case).stage is ReviewStage.COMMISSIONED


def test_an_import_tells_of_another_kind_as_it_was(story: Story) -> None:
    case = referred(story)
    story.when(commissioning(case, LESSER, imported=True), story.unit)


def test_after_it_was_declined_another_form_is_commissioned_on_the_same_referral_by_the_chair(story: Story) -> None:
    case, neighbour = referred(story), referred(story)
    for each in (case, neighbour):
        advised(story, each, no_review=True)
        declined(story, each)
    reference = story.review(case).reference
    another = commissioning(case, "single-agency-review", agencies=("police",))
    story.refused(refusals.ConditionsNotMet, another.model_copy(update={"reason": "To learn"}), story.unit)
    story.refused(refusals.ReasonRequired, another, story.chair)
    assert story.create(another.model_copy(update={"reason": "To learn"}), story.chair) == case
    assert (story.review(case).stage, story.review(case).reference) == (ReviewStage.COMMISSIONED, reference)
    assert story.review(neighbour).stage is ReviewStage.NOT_COMMISSIONED
    story.refused(refusals.ConditionsNotMet, another, story.chair)
    story.refused(refusals.ConditionsNotMet, DeclineReview(id=case, reason="Again"), story.chair)


def test_of_a_declined_case_a_body_may_still_advise_and_what_it_must_advise_on_waits_for_that(story: Story) -> None:
    case = referred(story, LESSER)
    declined(story, case)
    serious = commissioning(case, SERIOUS, reason="New facts")
    assert BODY in story.refused(refusals.ConditionsNotMet, serious, story.chair).message
    advised(story, case, SERIOUS)
    assert story.review(case).stage is ReviewStage.NOT_COMMISSIONED
    story.when(serious, story.chair)


# ---- no review ----


def test_a_body_advises_no_review_of_what_was_referred(story: Story) -> None:
    case = referred(story, LESSER)
    fact = advised(story, case, no_review=True)
    assert (fact.kind, fact.no_review) == (LESSER, True)
    assert story.review(case).advised == {("knowsley-2015", BODY): None}
    declined(story, case)


def test_of_a_referral_that_names_no_kind_it_advises_against_what_the_law_asks_for_or_what_it_names(
    story: Story,
) -> None:
    case = referred(story, None)
    assert advised(story, case, no_review=True).kind == SERIOUS
    assert advised(story, case, LESSER, no_review=True).kind == LESSER


def test_advice_names_a_kind_unless_it_is_no_review(story: Story) -> None:
    case = referred(story)
    asked = AdviseReview(id=case, body=BODY, advice="Hm")
    assert story.refused(refusals.Invalid, asked, story.body).field == ("kind",)
    unknown = AdviseReview(id=case, body=BODY, kind="palm-reading", no_review=True, advice="Hm")
    assert story.refused(refusals.UnknownReviewKind, unknown, story.body).field == ("kind",)


# ---- where the criteria must always lead to a review ----


@pytest.mark.parametrize("framework", ["sunderland-2015", "windsor-maidenhead"])
def test_after_a_death_in_custody_or_detention_nothing_is_declined_and_nothing_less_is_commissioned(
    story: Story, framework: str
) -> None:
    story.framework = shipped_frameworks()[framework]
    lesser = {"sunderland-2015": "live-observation", "windsor-maidenhead": "learning-review"}[framework]
    case, other = referred(story, circumstances=(CUSTODY, CUSTODY)), referred(story)
    assert story.review(case).circumstances == (CUSTODY,)
    refusal = story.refused(refusals.ConditionsNotMet, DeclineReview(id=case, reason="No"), story.chair)
    assert "must always lead to a serious-case-review" in refusal.message
    less = commissioning(case, lesser, reason="Enough")
    assert story.refused(refusals.ConditionsNotMet, less, story.chair).field == ("kind",)
    declined(story, other)
    story.when(commissioning(case, SERIOUS), story.chair)


@pytest.mark.parametrize("framework", ["sunderland-2015", "windsor-maidenhead"])
@pytest.mark.parametrize("criterion", ["child-died", "seriously-harmed"])
def test_a_case_that_is_said_to_meet_a_criterion_is_not_declined_either(
    story: Story, framework: str, criterion: str
) -> None:
    story.framework = shipped_frameworks()[framework]
    case, other = referred(story, circumstances=(criterion,)), referred(story)
    refusal = story.refused(refusals.ConditionsNotMet, DeclineReview(id=case, reason="No"), story.chair)
    assert "must always lead to a serious-case-review" in refusal.message
    assert "correct the referral" in refusal.message
    declined(story, other)
    story.when(commissioning(case, SERIOUS), story.chair)


def test_an_import_tells_of_a_case_that_was_declined_nevertheless(story: Story) -> None:
    story.framework = shipped_frameworks()["sunderland-2015"]
    case = referred(story, circumstances=(CUSTODY,))
    chair = DeclineReview(id=case, reason="No", imported=True)
    story.when(chair, story.chair)
    assert story.review(case).stage is ReviewStage.NOT_COMMISSIONED


@pytest.mark.parametrize("framework", ["sunderland-2015", "knowsley-2015"])
def test_a_circumstance_is_one_that_the_framework_knows(story: Story, framework: str) -> None:
    story.framework = shipped_frameworks()[framework]
    asked = ReferReview(title="Child L", circumstances=("bad-weather",))
    refusal = story.refused(refusals.Invalid, asked, story.unit)
    known = CUSTODY if framework == "sunderland-2015" else "none"
    assert (refusal.field, known in refusal.message) == (("circumstances", "0"), True)


def test_a_circumstance_that_was_mistaken_is_corrected_and_no_longer_asks_for_a_review(story: Story) -> None:
    story.framework = shipped_frameworks()["sunderland-2015"]
    case = referred(story, circumstances=(CUSTODY,))
    position = story.streams[Kind.REVIEW, case][0].position or 0
    asked = {"kind": Kind.REVIEW, "id": case, "event_id": position, "field": "circumstances", "reason": "Misread"}
    wrong = Correct.model_validate(asked | {"new_value": "bad-weather"})
    assert story.refused(refusals.Invalid, wrong, story.unit).field == ("newValue",)
    story.when(Correct.model_validate(asked | {"new_value": None}), story.unit)
    assert story.review(case).circumstances == ()
    declined(story, case)


# ---- the review and learning group's opinion ----


def test_knowsleys_local_review_waits_for_the_groups_opinion(story: Story) -> None:
    story.framework = shipped_frameworks()["knowsley-2020"]
    local, group = "child-safeguarding-practice-review-local", "review-and-learning-group"
    case = referred(story, local)
    bare = commissioning(case, local).model_copy(update={"referral_id": None})
    assert story.refused(refusals.ConditionsNotMet, bare, story.unit).field == ("referralId",)
    for command in (commissioning(case, local), DeclineReview(id=case, reason="No")):
        assert group in story.refused(refusals.ConditionsNotMet, command, story.chair).message
    advised(story, case, local, "strategic-forum")
    assert group in story.refused(refusals.ConditionsNotMet, commissioning(case, local), story.chair).message
    advised(story, case, local, group)
    story.when(commissioning(case, local), story.chair)
