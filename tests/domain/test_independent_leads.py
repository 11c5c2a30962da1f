"""A serious case has an independent lead, and nobody is called independent of whom nothing is known."""

from typing import Any
from uuid import UUID

import pytest

from domain.correction.commands import Correct
from domain.frameworks import shipped_frameworks
from domain.review.commands import AdviseReview, CommissionReview, ReferReview
from domain.review.events import Commissioned
from domain.shared import refusals
from domain.shared.vocabulary import Kind
from support.in_memory_register import BODY, LED, Story

ASKING = [
    (framework.key, kind.key)
    for framework in shipped_frameworks().values()
    for kind in framework.kinds.values()
    if kind.needs_an_independent_lead
]


def commissioning(kind: str = "serious-case-review", **fields: Any) -> CommissionReview:
    asked = {"kind": kind, "title": "Child J", "agencies": ("police", "schools"), "mandated_by": "board"} | LED | fields
    return CommissionReview.model_validate(asked)


def commissioned(story: Story, **fields: Any) -> Commissioned:
    fact = story.facts(Kind.REVIEW, story.create(commissioning(**fields)))[0]
    assert isinstance(fact, Commissioned)
    return fact


def test_the_frameworks_ask_for_an_independent_lead_of_serious_cases() -> None:
    assert set(ASKING) == {
        ("knowsley-2015", "serious-case-review"),
        ("knowsley-2015", "multi-agency-management-review"),
        ("knowsley-2020", "child-safeguarding-practice-review-local"),
        ("hull-2015", "serious-case-review"),
        ("sunderland-2015", "serious-case-review"),
        ("windsor-maidenhead", "serious-case-review"),
    }


@pytest.mark.parametrize("framework", ["hull-2015", "sunderland-2015"])
def test_the_review_of_a_childs_death_needs_neither_an_independent_lead_nor_a_mandate_of_its_own(
    story: Story, framework: str
) -> None:
    story.framework = shipped_frameworks()[framework]
    fact = commissioned(story, kind="child-death-review", mandated_by=None, **dict.fromkeys(LED))
    assert (fact.statutory, fact.lead_reviewer, fact.mandated_by) == (True, None, None)


def test_a_statutory_kind_of_a_partnerships_own_has_an_independent_lead_unless_it_says_otherwise() -> None:
    own = shipped_frameworks()["hull-2015"].kinds["serious-case-review"]
    said = {each: own.model_copy(update={"independent_lead": each}) for each in (None, True, False)}
    assert {each: kind.needs_an_independent_lead for each, kind in said.items()} == {
        None: True,
        True: True,
        False: False,
    }


@pytest.mark.parametrize(("framework", "kind"), ASKING)
@pytest.mark.parametrize(
    ("lacking", "field"),
    [
        ({"lead_reviewer": None}, "leadReviewer"),
        ({"lead_reviewer_employer": None}, "leadReviewerEmployer"),
        (dict.fromkeys(LED), "leadReviewer"),
    ],
)
def test_a_kind_that_asks_for_an_independent_lead_is_not_commissioned_without_one_and_their_employer(
    story: Story, framework: str, kind: str, lacking: dict[str, Any], field: str
) -> None:
    story.framework = shipped_frameworks()[framework]
    referral = a_referral(story, kind) if story.framework.kinds[kind].on_referral else None
    asked: dict[str, Any] = {"kind": kind, "referral_id": referral}
    by = story.chair if referral else story.unit
    refusal = story.refused(refusals.ConditionsNotMet, commissioning(**asked, **lacking), by)
    assert (refusal.field, "independent lead" in refusal.message) == ((field,), True)
    story.create(commissioning(**asked), by)
    story.create(commissioning(kind, **lacking, imported=True))


def a_referral(story: Story, kind: str) -> UUID:
    """Advised about by whoever is asked."""
    referral = story.create(ReferReview(title="Child J", kind=kind), story.unit)
    for body in story.framework.kinds[kind].advised_by:
        story.when(AdviseReview(id=referral, body=body, kind=kind, advice="The criteria are met"), story.chair)
    return referral


def test_a_case_that_was_referred_gets_an_independent_lead_too(story: Story) -> None:
    referral = story.create(ReferReview(title="Child J"), story.unit)
    advice = AdviseReview(id=referral, body=BODY, kind="serious-case-review", advice="The criteria are met")
    story.when(advice, story.body)
    nobody: dict[str, Any] = dict.fromkeys(LED)
    story.refused(refusals.ConditionsNotMet, commissioning(referral_id=referral, **nobody), story.chair)
    story.when(commissioning(referral_id=referral), story.chair)


def test_other_kinds_may_be_led_by_anybody_or_nobody(story: Story) -> None:
    nobody: dict[str, Any] = dict.fromkeys(LED)
    story.create(commissioning("practice-learning-review", **nobody))
    story.create(commissioning("practice-learning-review", lead_reviewer_employer="police"))


@pytest.mark.parametrize(
    ("lead", "employer", "independent"),
    [
        ("Dr Day", "A university", True),
        ("Dr Day", "health", True),
        ("Dr Day", "police", False),
        ("Dr Day", "The  POLICE", False),
        ("Dr Day", "police service", False),
        ("Dr Day", "housing", False),
        ("Dr Day", None, None),
        (None, "A university", None),
        (None, "police", None),
        (None, None, None),
    ],
)
def test_independence_is_judged_by_whom_the_employers_words_name_and_unknown_without_them(
    story: Story, lead: str | None, employer: str | None, independent: bool | None
) -> None:
    story.merge_agencies("housing", into="police")
    fact = commissioned(story, kind="practice-learning-review", lead_reviewer=lead, lead_reviewer_employer=employer)
    assert fact.lead_reviewer_independent is independent
    assert fact.lead_reviewer_employer == employer


def correcting(story: Story, review: UUID, field: str, value: str | None) -> Correct:
    position = story.streams[Kind.REVIEW, review][0].position
    return Correct(kind=Kind.REVIEW, id=review, event_id=position, field=field, new_value=value, reason="A slip")


def test_a_correction_does_not_take_the_lead_away_that_a_kind_asks_for(story: Story) -> None:
    review = story.create(commissioning())
    refusal = story.refused(refusals.ConditionsNotMet, correcting(story, review, "leadReviewer", None))
    assert refusal.field == ("newValue",)
    story.when(correcting(story, review, "leadReviewer", "Dr Dey"))
    other = story.create(commissioning("practice-learning-review"))
    story.when(correcting(story, other, "leadReviewer", None))


def test_what_was_imported_without_a_lead_is_corrected_in_its_other_fields(story: Story) -> None:
    nobody: dict[str, Any] = dict.fromkeys(LED)
    review = story.create(commissioning(imported=True, **nobody))
    assert story.when(correcting(story, review, "title", "Child K"))
