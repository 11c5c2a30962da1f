"""An agency raises actions on what it leads and has accepted, and numbers them below it."""

from uuid import UUID

import pytest

from domain.action.commands import RaiseAction
from domain.action.events import Raised
from domain.agency.commands import MergeAgencies
from domain.lifecycle.commands import Transfer
from domain.recommendation.commands import Respond
from domain.shared import refusals
from domain.shared.vocabulary import Answer, Kind
from support.in_memory_register import Story


def answered(story: Story, answer: Answer | None, by: str = "police") -> UUID:
    thing = story.a_recommendation(addressed_to=("police", "health"), themes=("neglect",))
    story.assign(Kind.RECOMMENDATION, thing, contributing_agencies=("health",))
    if answer is not None:
        told = {"id": thing, "answer": answer, "reason": "As minuted"}
        story.when(Respond.model_validate(told), story.agency(by))
    return thing


def raising(above: UUID, reference: str | None = None) -> RaiseAction:
    return RaiseAction(recommendation_id=above, wording="Train", reference=reference)


@pytest.mark.parametrize("answer", [Answer.ACCEPTED, Answer.ACCEPTED_IN_PRINCIPLE])
def test_the_lead_raises_actions_on_what_it_has_accepted(story: Story, answer: Answer) -> None:
    above = answered(story, answer)
    raised = story.when(raising(above), story.agency("police"))[0][2]
    assert isinstance(raised, Raised)
    assert raised.themes == ("neglect",)
    assert raised.monitored_by == story.recommendation(above).reporting.bodies


@pytest.mark.parametrize("answer", [None, Answer.NOT_ACCEPTED])
def test_what_it_has_not_accepted_it_raises_nothing_on(story: Story, answer: Answer | None) -> None:
    story.refused(refusals.NotPermitted, raising(answered(story, answer)), story.agency("police"))


def test_anothers_answer_is_not_its_own(story: Story) -> None:
    story.refused(refusals.NotPermitted, raising(answered(story, Answer.ACCEPTED, by="health")), story.agency("police"))


def test_only_the_lead_raises_them_whoever_has_accepted(story: Story) -> None:
    above = answered(story, Answer.ACCEPTED, by="health")
    story.refused(refusals.NotPermitted, raising(above), story.agency("health"))
    story.when(Transfer(kind=Kind.RECOMMENDATION, id=above, to_agency="health", reason="The team moved"), story.unit)
    story.when(raising(above), story.agency("health"))


def test_an_agencys_reference_begins_with_the_recommendations(story: Story) -> None:
    above = answered(story, Answer.ACCEPTED)
    its = story.recommendation(above).reference
    for wrong in (f"{its}/", its, "X/1", f"{its}/1/2", f"{its}x/1", "1"):
        refusal = story.refused(refusals.Invalid, raising(above, wrong), story.agency("police"))
        assert refusal.field == ("reference",)
    raised = story.when(raising(above, f"{its}/P1"), story.agency("police"))[0][2]
    assert isinstance(raised, Raised)
    assert raised.reference == f"{its}/P1"


def test_the_business_unit_numbers_as_it_likes(story: Story) -> None:
    raised = story.when(raising(answered(story, None), "1/2024"), story.unit)[0][2]
    assert isinstance(raised, Raised)
    assert raised.reference == "1/2024"


def test_what_arises_knows_what_it_arose_from_and_when_an_answer_is_due(story: Story) -> None:
    above = story.a_recommendation(response_due_on=story.on(20))
    recommendation = story.recommendation(above)
    action = story.action(story.an_action(recommendation_id=above))
    assert recommendation.response_due_on == story.on(20)
    assert (action.recommendation_id, action.review_id) == (above, recommendation.review_id)


def test_a_successor_that_does_not_accept_raises_nothing_whatever_the_merged_agency_had_accepted(story: Story) -> None:
    above = answered(story, Answer.ACCEPTED)
    story.when(MergeAgencies(key="police", into="health"), story.administrator)
    story.when(raising(above), story.agency("health"))
    story.when(Respond(id=above, answer=Answer.NOT_ACCEPTED, reason="No funds"), story.agency("health"))
    for key in ("police", "health"):
        story.refused(refusals.NotPermitted, raising(above), story.agency(key))
    story.when(Respond(id=above, answer=Answer.ACCEPTED_IN_PRINCIPLE), story.agency("health"))
    story.when(raising(above), story.agency("health"))
