""" "Done" and "made a difference" are two facts."""

from typing import Any
from uuid import UUID

import pytest

from domain.action.events import Raised
from domain.lifecycle.commands import Close, VerifyImpact
from domain.lifecycle.events import ImpactVerified, Reopened
from domain.lifecycle.state import awaiting_impact, stage
from domain.recommendation.events import ActionPlanned
from domain.shared import refusals
from domain.shared.vocabulary import ClosureOutcome, Impact, Kind, Stage
from support.in_memory_register import Story


def verifying(kind: Kind, thing: UUID, finding: Impact = Impact.NOT_EMBEDDED, **follow_up: Any) -> VerifyImpact:
    asked = {"kind": kind, "id": thing, "finding": finding, "measure": "Audit of twenty files"}
    return VerifyImpact.model_validate(asked | ({"follow_up": {"reason": "Practice slipped"} | follow_up}))


def plainly(kind: Kind, thing: UUID, finding: Impact) -> VerifyImpact:
    return VerifyImpact.model_validate(verifying(kind, thing, finding).model_dump() | {"follow_up": None})


def under_a_closed_recommendation(story: Story) -> tuple[UUID, UUID]:
    above = story.assigned(Kind.RECOMMENDATION)
    action = story.implement(Kind.ACTION, story.assign(Kind.ACTION, story.an_action(recommendation_id=above)))
    return story.implement(Kind.RECOMMENDATION, above), action


@pytest.mark.parametrize("finding", [Impact.EMBEDDED, Impact.PARTLY_EMBEDDED])
def test_embedded_and_partly_embedded_verify_the_impact(story: Story, kind: Kind, finding: Impact) -> None:
    thing, neighbour = story.implemented(kind), story.implemented(kind)
    story.when(plainly(kind, thing, finding), story.body)
    assert stage(story.state(kind, thing).life) is Stage.IMPACT_VERIFIED
    assert not awaiting_impact(story.state(kind, thing).life)
    assert stage(story.state(kind, neighbour).life) is Stage.CLOSED
    assert awaiting_impact(story.state(kind, neighbour).life)


def test_impact_is_verified_of_what_was_closed_as_implemented(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.refused(refusals.NotClosed, plainly(kind, thing, Impact.EMBEDDED), story.body)
    story.when(Close(kind=kind, id=thing, outcome=ClosureOutcome.SUPERSEDED), story.body)
    story.refused(refusals.ConditionsNotMet, plainly(kind, thing, Impact.EMBEDDED), story.body)


def test_not_embedded_needs_its_follow_up(story: Story, kind: Kind) -> None:
    thing = story.implemented(kind)
    story.refused(refusals.FollowUpRequired, plainly(kind, thing, Impact.NOT_EMBEDDED), story.body)
    story.refused(refusals.FollowUpRequired, verifying(kind, thing), story.body)
    reasonless = verifying(kind, thing, reason="", reopen_until=story.on(90))
    assert story.refused(refusals.ReasonRequired, reasonless, story.body).field == ("followUp", "reason")


def test_only_not_embedded_carries_a_follow_up(story: Story, kind: Kind) -> None:
    thing = story.implemented(kind)
    embedded = verifying(kind, thing, Impact.EMBEDDED, reopen_until=story.on(90))
    story.refused(refusals.Invalid, embedded, story.body)


def test_not_embedded_may_put_it_back_to_assigned(story: Story, kind: Kind) -> None:
    thing = story.implemented(kind)
    decided = story.when(verifying(kind, thing, reopen_until=story.on(90)), story.body)
    assert [type(fact) for _, _, fact in decided] == [ImpactVerified, Reopened]
    life = story.state(kind, thing).life
    assert (stage(life), life.due_on, life.first_due_on) == (Stage.ASSIGNED, story.on(90), story.on(60))


def test_a_further_action_leaves_the_item_closed(story: Story, kind: Kind) -> None:
    thing = story.implemented(kind)
    decided = story.when(verifying(kind, thing, further_action="Train again"), story.body)
    raised = next(fact for _, _, fact in decided if isinstance(fact, Raised))
    assert (raised.follows, raised.wording) == (thing, "Train again")
    assert any(isinstance(fact, ActionPlanned) for _, _, fact in decided)
    life = story.state(kind, thing).life
    assert stage(life) is Stage.CLOSED
    assert not awaiting_impact(life)


@pytest.mark.parametrize("further", [{}, {"further_action": "Train again"}])
def test_not_embedded_reopens_the_closed_recommendation_above(story: Story, further: dict[str, Any]) -> None:
    above, action = under_a_closed_recommendation(story)
    found = verifying(Kind.ACTION, action, reopen_until=story.on(90), **further)
    story.when(found, story.body)
    assert stage(story.recommendation(above).life) is Stage.ASSIGNED
    assert story.recommendation(above).life.due_on == story.on(90)
    assert stage(story.action(action).life) is (Stage.CLOSED if further else Stage.ASSIGNED)
    assert len(story.recommendation(above).actions) == 1 + len(further)


def test_a_further_action_under_a_closed_recommendation_says_until_when(story: Story) -> None:
    _, action = under_a_closed_recommendation(story)
    found = verifying(Kind.ACTION, action, further_action="Train again")
    assert story.refused(refusals.FollowUpRequired, found, story.body).field == ("followUp", "reopenUntil")


def test_a_follow_up_does_not_reopen_into_the_past(story: Story, kind: Kind) -> None:
    found = verifying(kind, story.implemented(kind), reopen_until=story.on(-1))
    assert story.refused(refusals.DueDateInPast, found, story.body).field == ("followUp", "reopenUntil")


def test_a_new_closing_asks_for_a_new_finding(story: Story, kind: Kind) -> None:
    thing = story.implemented(kind)
    story.when(verifying(kind, thing, reopen_until=story.on(90)), story.body)
    story.implement(kind, thing)
    assert awaiting_impact(story.state(kind, thing).life)


def test_what_was_found_is_not_found_again_on_the_same_day(story: Story, kind: Kind) -> None:
    thing = story.implemented(kind)
    found = VerifyImpact(kind=kind, id=thing, finding=Impact.PARTLY_EMBEDDED, measure="Audit")
    story.when(found, story.body)
    again = found.model_copy(update={"measure": "Survey"})
    assert story.refused(refusals.ConditionsNotMet, again, story.body).field == ("finding",)
    story.when(found.model_copy(update={"finding": Impact.EMBEDDED}), story.body)
    story.day = 1
    story.when(found, story.body)
