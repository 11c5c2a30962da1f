"""Returns with content: assessed standard by standard, judged by the body that judges them, and turned into work."""

from typing import Any
from uuid import UUID

import pytest

from domain.lifecycle.commands import Transfer
from domain.recommendation.events import Raised
from domain.recommendation.state import Recommendation
from domain.returns.commands import CallReturns, JudgeReturns, RaiseImprovements, SubmitReturn
from domain.returns.state import Return, return_id
from domain.review.commands import CommissionReview
from domain.shared import refusals
from domain.shared.actor import Caller
from domain.shared.vocabulary import AgencyKind, Kind, Role
from support.in_memory_register import Story

POLICE, HEALTH = (return_id(agency, 2024, 1) for agency in ("police", "health"))


def member(agency: str | None = None, *bodies: str) -> Caller:
    """Of the executive, which judges returns in Knowsley, unless it is said otherwise."""
    return Caller(
        "member", Role.MONITORING_BODY, agency=agency, bodies=bodies or ("executive",), independent=agency is None
    )


@pytest.fixture
def review(story: Story) -> UUID:
    return story.create(
        CommissionReview(kind="section-11-audit", title="Section 11, 2024", agencies=("police", "health")), story.unit
    )


@pytest.fixture(autouse=True)
def called(story: Story, review: UUID) -> None:
    story.when(CallReturns(year=2024, agencies=("police", "health"), review_id=review), story.unit)


def the_return(story: Story, id: UUID = POLICE) -> Return:
    found: Return = story.state(Kind.RETURN, id)
    return found


def duty(story: Story, nth: int = 0, id: UUID = POLICE) -> UUID:
    return list(the_return(story, id).duties)[nth]


def submitting(story: Story, id: UUID = POLICE, found: str = "PARTLY_MET", **fields: Any) -> SubmitReturn:
    said = {"duty_id": duty(story, id=id), "compliance": found, "words": "Two of three teams"}
    points = {"improvements": ({"wording": "Train the third team", "duty_id": duty(story, id=id)},)}
    return SubmitReturn.model_validate({"id": id, "assessments": (said,)} | points | fields)


def judging(*ids: UUID, body: str | None = None, **fields: Any) -> JudgeReturns:
    return JudgeReturns.model_validate({"verdicts": tuple({"id": id} | fields for id in ids), "body": body})


def raising(story: Story, review: UUID, *returns: UUID, **fields: Any) -> RaiseImprovements:
    return RaiseImprovements.model_validate({"id": review, "returns": returns, "due_on": story.on(90)} | fields)


def test_an_empty_list_calls_nobody_and_is_refused_while_none_calls_every_partner(story: Story) -> None:
    assert story.refused(refusals.Invalid, CallReturns(year=2023, agencies=())).field == ("agencies",)
    partners = {each.key for each in story.single(Kind.AGENCIES).all if each.kind is AgencyKind.PARTNER}
    called = {getattr(fact, "agency", None) for _, _, fact in story.when(CallReturns(year=2023), story.unit)}
    assert called == partners


def test_what_is_assessed_is_answered_for_however_far_it_is_met(story: Story) -> None:
    story.when(submitting(story, found="NOT_MET"), story.agency("police"))
    duties = the_return(story).duties
    assert {id for id, each in duties.items() if each.done_on == story.today} == {duty(story)}
    assert all(each.done_on is None for each in the_return(story, HEALTH).duties.values())


def test_an_agency_assesses_itself_again_until_it_is_judged(story: Story) -> None:
    story.when(submitting(story), story.agency("police"))
    first = story.today
    story.day = 3
    story.when(submitting(story, found="MET"), story.agency("police"))
    assert the_return(story).duties[duty(story)].done_on == first
    story.when(judging(POLICE), story.chair)
    story.refused(refusals.ConditionsNotMet, submitting(story), story.agency("police"))


def test_an_agency_assesses_itself_and_nobody_else(story: Story) -> None:
    for caller in (story.agency("health"), story.agency("housing")):
        assert story.refused(refusals.NotFound, submitting(story), caller).field == ("id",)
    story.refused(refusals.NotPermitted, submitting(story), story.chair)


def test_the_business_unit_writes_down_a_return_that_came_on_paper(story: Story) -> None:
    ((_, _, fact),) = story.when(submitting(story), story.unit)
    assert getattr(fact, "agency", None) == "police"


def test_what_is_assessed_is_a_standard_of_the_return_and_each_once(story: Story) -> None:
    twice = submitting(story).assessments * 2
    assert story.refused(refusals.Invalid, submitting(story, assessments=twice), story.unit).field == (
        "assessments",
        "1",
        "dutyId",
    )
    story.refused(refusals.Invalid, submitting(story, assessments=()), story.unit)
    foreign = submitting(story, id=HEALTH)
    for field in ("assessments", "improvements"):
        asked = submitting(story, **{field: getattr(foreign, field)})
        assert story.refused(refusals.NotFound, asked, story.unit).field == (field, "0", "dutyId")
        judged = judging(POLICE, **{field: getattr(foreign, field)})
        story.when(submitting(story), story.agency("police"))
        at = story.refused(refusals.NotFound, judged, story.chair).field
        assert at == ("verdicts", "0", field, "0", "dutyId")


def test_the_body_that_the_framework_names_judges_returns(story: Story) -> None:
    story.when(submitting(story), story.agency("police"))
    story.refused(refusals.NotPermitted, judging(POLICE), story.body)
    story.refused(refusals.NotPermitted, judging(POLICE), story.unit)
    story.refused(refusals.NotPermitted, judging(POLICE, body="training"), member(None, "executive", "training"))
    story.refused(refusals.UnknownBody, judging(POLICE, body="training"), story.chair)
    ((_, _, fact),) = story.when(judging(POLICE), member())
    assert getattr(fact, "body", None) == "executive"


def test_nobody_judges_the_return_of_their_own_agency(story: Story) -> None:
    for agency in ("police", "health"):
        story.when(submitting(story, id=return_id(agency, 2024, 1)), story.agency(agency))
    story.refused(refusals.NotIndependent, judging(HEALTH, POLICE), member("police"))
    story.when(judging(HEALTH), member("police"))


def test_nothing_is_judged_before_it_has_been_given(story: Story) -> None:
    story.when(submitting(story), story.agency("police"))
    refusal = story.refused(refusals.EvidenceMissing, judging(POLICE, HEALTH), story.chair)
    assert refusal.field == ("verdicts", "1")
    story.refused(refusals.Invalid, judging(POLICE, POLICE), story.chair)
    story.refused(refusals.Invalid, judging(), story.chair)


def test_improvement_points_of_agency_and_judge_become_recommendations_assigned_to_it(
    story: Story, review: UUID
) -> None:
    story.a_recommendation(review_id=review)
    story.when(submitting(story), story.agency("police"))
    story.when(submitting(story, HEALTH), story.agency("health"))
    story.when(judging(POLICE, improvements=({"wording": "Keep a record"},)), story.chair)
    story.when(raising(story, review, POLICE, HEALTH), story.unit)
    found = [story.recommendation(id) for kind, id in story.streams if kind is Kind.RECOMMENDATION]
    assert [(each.reference[-2:], each.life.lead, each.life.due_on) for each in found] == [
        ("/1", None, None),
        ("/2", "police", story.on(90)),
        ("/3", "police", story.on(90)),
        ("/4", "health", story.on(90)),
    ]
    story.refused(refusals.ConditionsNotMet, raising(story, review, POLICE, HEALTH), story.unit)


def test_improvement_points_become_actions_under_one_recommendation(story: Story, review: UUID) -> None:
    above = story.a_recommendation(review_id=review)
    story.when(submitting(story), story.agency("police"))
    story.when(raising(story, review, POLICE, recommendation_id=above), story.unit)
    (action,) = (story.action(id) for kind, id in story.streams if kind is Kind.ACTION)
    assert (action.life.lead, action.recommendation_id) == ("police", above)
    assert len(the_return(story).raised) == 1
    other = story.a_recommendation()
    story.when(submitting(story, HEALTH), story.agency("health"))
    asked = raising(story, review, HEALTH, recommendation_id=other)
    assert story.refused(refusals.Invalid, asked, story.unit).field == ("recommendationId",)


def test_they_are_raised_in_the_audit_that_the_round_belongs_to(story: Story) -> None:
    story.when(submitting(story), story.agency("police"))
    another = story.a_review()
    assert story.refused(refusals.Invalid, raising(story, another, POLICE), story.unit).field == ("returns", "0")


def test_what_an_agency_left_to_do_is_its_successors(story: Story, review: UUID) -> None:
    story.when(submitting(story), story.agency("police"))
    story.merge_agencies("police", "housing")
    story.when(raising(story, review, POLICE), story.unit)
    (found,) = (story.recommendation(id) for kind, id in story.streams if kind is Kind.RECOMMENDATION)
    assert found.life.lead == "housing"


def test_an_agency_is_not_asked_about_what_was_found_in_its_own_return_and_whoever_takes_it_over_is(
    story: Story, review: UUID
) -> None:
    story.when(submitting(story), story.agency("police"))
    raised = story.when(raising(story, review, POLICE), story.unit)
    (id,) = (id for _, id, fact in raised if isinstance(fact, Raised))
    found: Recommendation = story.state(Kind.RECOMMENDATION, id)
    assert (found.life.lead, found.asked_agencies, found.may_answer) == ("police", (), ("police",))
    story.when(Transfer(kind=Kind.RECOMMENDATION, id=id, to_agency="health", reason="The team moved"), story.unit)
    assert story.state(Kind.RECOMMENDATION, id).asked_agencies == ("health",)
