"""What whoever commissions a review says about conditions and criteria; how many agencies a kind is about."""

from typing import Any

import pytest

from domain.agency.commands import AddAgency
from domain.frameworks import shipped_frameworks
from domain.returns.commands import CallReturns
from domain.returns.events import ReturnCalled
from domain.review.commands import CommissionReview
from domain.review.events import Commissioned
from domain.shared import refusals
from domain.shared.vocabulary import AgencyKind, Kind
from support.in_memory_register import LED, Story

PRACTICE = "issues with practice in the case"
FACILITATED = {"facilitator": "Ms Okoro", "agencies": ("police", "health")}


def commissioning(kind: str, **fields: Any) -> CommissionReview:
    asked = {"kind": kind, "title": "Child M", "agencies": ("police", "health"), "mandated_by": "board"} | LED | fields
    return CommissionReview.model_validate(asked)


def commissioned(story: Story, kind: str, **fields: Any) -> Commissioned:
    fact = story.facts(Kind.REVIEW, story.create(commissioning(kind, **fields)))[0]
    assert isinstance(fact, Commissioned)
    return fact


def told(**said: str) -> list[dict[str, str]]:
    return [{"criterion": key.replace("_", "-"), "words": words} for key, words in said.items()]


@pytest.fixture
def sunderland(story: Story) -> Story:
    story.framework = shipped_frameworks()["sunderland-2015"]
    return story


def test_a_condition_is_recorded_as_the_framework_writes_it_with_how_it_is_met(sunderland: Story) -> None:
    said = [{"condition": PRACTICE.upper(), "words": "Two referrals were not acted on"}]
    fact = commissioned(sunderland, "after-action-review", conditions_met=said, **FACILITATED)
    assert [(each.condition, each.words) for each in fact.conditions_met] == [
        (PRACTICE, "Two referrals were not acted on")
    ]


def test_a_binding_condition_of_which_nothing_is_said_is_named(sunderland: Story) -> None:
    other = [{"condition": "no blame", "words": "Agreed with all"}]
    for said in ([], other):
        asked = commissioning("learning-lessons-review", conditions_met=said, **FACILITATED)
        refusal = sunderland.refused(refusals.ConditionsNotMet, asked)
        assert refusal.field == ("conditionsMet",)
        assert PRACTICE in refusal.message
    imported = commissioning("learning-lessons-review", conditions_met=[], imported=True, **FACILITATED)
    sunderland.create(imported)


def test_whoever_says_nothing_about_conditions_and_criteria_commissions_as_before(sunderland: Story) -> None:
    for kind in ("learning-lessons-review", "serious-case-review"):
        fact = commissioned(sunderland, kind, **FACILITATED)
        assert (fact.conditions_met, fact.criteria_met) == ((), ())


@pytest.mark.parametrize("condition", ["no such condition", "", "no  blame"])
def test_a_condition_that_the_kind_does_not_have_is_refused_with_those_that_it_has(
    sunderland: Story, condition: str
) -> None:
    if not condition:
        with pytest.raises(ValueError, match="at least 1"):
            commissioning("after-action-review", conditions_met=[{"condition": condition, "words": "So"}])
        return
    said = [{"condition": condition, "words": "So"}]
    refusal = sunderland.refused(
        refusals.Invalid, commissioning("after-action-review", conditions_met=said, **FACILITATED)
    )
    assert refusal.field == ("conditionsMet", "0", "condition")
    assert "no blame" in refusal.message


def test_a_condition_or_criterion_is_said_once(sunderland: Story) -> None:
    twice = [{"condition": each, "words": "So"} for each in ("no blame", "No Blame", PRACTICE)]
    asked = commissioning("after-action-review", conditions_met=twice, **FACILITATED)
    assert sunderland.refused(refusals.Invalid, asked).field == ("conditionsMet", "1", "condition")
    again = commissioning("serious-case-review", criteria_met=told(child_died="In May") * 2)
    assert sunderland.refused(refusals.Invalid, again).field == ("criteriaMet", "1", "criterion")


@pytest.mark.parametrize("framework", ["knowsley-2015", "sunderland-2015", "windsor-maidenhead"])
def test_a_serious_case_review_says_which_of_two_criteria_is_met(story: Story, framework: str) -> None:
    story.framework = shipped_frameworks()[framework]
    fact = commissioned(
        story, "serious-case-review", criteria_met=told(seriously_harmed="A fracture; no strategy talk")
    )
    assert [(each.criterion, each.words) for each in fact.criteria_met] == [
        ("seriously-harmed", "A fracture; no strategy talk")
    ]
    none = story.refused(refusals.ConditionsNotMet, commissioning("serious-case-review", criteria_met=[]))
    assert none.field == ("criteriaMet",)
    assert "child-died" in none.message
    unknown = commissioning("serious-case-review", criteria_met=told(other="x"))
    wrong = story.refused(refusals.Invalid, unknown)
    assert "seriously-harmed" in wrong.message
    story.create(commissioning("serious-case-review", criteria_met=[], imported=True))


def test_criteria_that_are_one_text_are_met_as_a_whole(story: Story) -> None:
    fact = commissioned(
        story, "practice-learning-review", criteria_met=told(criteria="Below the threshold; three agencies")
    )
    assert fact.criteria_met[0].criterion == "criteria"
    story.refused(refusals.Invalid, commissioning("section-11-audit", criteria_met=told(criteria="x")))
    assert commissioned(story, "section-11-audit", criteria_met=[]).criteria_met == ()


def test_stakeholders_are_the_kinds_unless_others_are_named(story: Story) -> None:
    kind = story.framework.kinds["practice-learning-review"]
    assert commissioned(story, kind.key).stakeholders == kind.stakeholders == ("professionals involved", "agencies")
    named = commissioned(story, kind.key, stakeholders=("the family", "agencies", "the family"))
    assert named.stakeholders == ("the family", "agencies")
    assert commissioned(story, kind.key, stakeholders=()).stakeholders == ()


SINGLE = {
    "knowsley-2015": {"single-agency-review", "single-agency-audit"},
    "knowsley-2020": {"single-agency-audit"},
    "sunderland-2015": {"single-agency-audit"},
    "windsor-maidenhead": {"commissioned-single-agency-audit", "agency-audit"},
}
SEVERAL = {
    "hull-2015": {"good-practice-review"},
    "knowsley-2015": {"multi-agency-management-review", "in-depth-review", "multi-agency-case-audit"},
    "knowsley-2020": {"multi-agency-focus-group-audit"},
    "sunderland-2015": {"learning-lessons-review", "after-action-review", "multi-agency-case-file-audit"},
    "windsor-maidenhead": {"serious-incident-review", "multi-agency-case-audit", "commissioned-multi-agency-audit"},
}


@pytest.mark.parametrize("framework", shipped_frameworks())
def test_frameworks_say_which_kinds_are_about_one_agency_and_which_about_several(framework: str) -> None:
    kinds = shipped_frameworks()[framework].kinds.values()
    one = {each.key for each in kinds if (each.minimum_agencies, each.maximum_agencies) == (1, 1)}
    several = {each.key for each in kinds if (each.minimum_agencies, each.maximum_agencies) == (2, None)}
    assert (one, several) == (SINGLE.get(framework, set()), SEVERAL[framework])
    assert {each.minimum_agencies for each in kinds if each.key not in one | several} <= {0}


@pytest.mark.parametrize("agencies", [(), ("police", "health")])
def test_what_is_about_one_agency_names_exactly_one(story: Story, agencies: tuple[str, ...]) -> None:
    refusal = story.refused(refusals.ConditionsNotMet, commissioning("single-agency-audit", agencies=agencies))
    assert refusal.field == ("agencies",)
    assert "of one agency" in refusal.message
    story.create(commissioning("single-agency-audit", agencies=("police",)))
    story.create(commissioning("single-agency-audit", agencies=agencies, imported=True))


def test_what_is_about_several_agencies_names_two_at_least(story: Story) -> None:
    alone = commissioning("multi-agency-case-audit", agencies=("police",))
    refusal = story.refused(refusals.ConditionsNotMet, alone)
    assert "at least 2 agencies" in refusal.message
    story.create(commissioning("multi-agency-case-audit"))


@pytest.mark.parametrize("framework", ["knowsley-2015", "knowsley-2020", "windsor-maidenhead"])
def test_a_section_175_audit_is_of_schools_once_the_register_knows_any(story: Story, framework: str) -> None:
    story.framework = shipped_frameworks()[framework]
    story.create(commissioning("section-175-audit"))
    story.when(AddAgency(key="st-anne", name="St Anne's", agency_kind=AgencyKind.SCHOOL), story.administrator)
    refusal = story.refused(
        refusals.ConditionsNotMet, commissioning("section-175-audit", agencies=("st-anne", "police"))
    )
    assert (refusal.field, "police" in refusal.message) == (("agencies", "1"), True)
    story.create(commissioning("section-175-audit", agencies=("st-anne",)))
    story.create(commissioning("section-11-audit", agencies=("st-anne", "police")))
    story.create(commissioning("section-175-audit", imported=True))


def test_a_school_is_called_for_its_own_return_beside_the_other_agencies(story: Story) -> None:
    story.when(AddAgency(key="st-anne", name="St Anne's", agency_kind=AgencyKind.SCHOOL), story.administrator)
    called = [fact for _, _, fact in story.when(CallReturns(year=2024)) if isinstance(fact, ReturnCalled)]
    wordings = {
        fact.agency: next(duty.wording for duty in fact.duties if duty.key == "section-11-return") for fact in called
    }
    assert wordings["st-anne"] == "A self-assessment under section 175"
    assert {wordings[each] for each in ("police", "health", "schools")} == {"Section 11 returns"}
