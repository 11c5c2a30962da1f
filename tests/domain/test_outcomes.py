"""Closing and reopening."""

from typing import Any
from uuid import UUID

import pytest

from domain.lifecycle.commands import Close, Reopen
from domain.lifecycle.events import Closed
from domain.lifecycle.state import stage
from domain.shared import refusals
from domain.shared.vocabulary import ClosureOutcome, Kind, Stage
from support.in_memory_register import Story


def closing(kind: Kind, thing: UUID, **fields: Any) -> Close:
    return Close.model_validate({"kind": kind, "id": thing, "outcome": ClosureOutcome.IMPLEMENTED} | fields)


def test_closing_as_implemented_says_when_impact_is_due(story: Story, kind: Kind) -> None:
    thing = story.implemented(kind)
    closed = story.facts(kind, thing)[-1]
    assert isinstance(closed, Closed)
    assert (closed.impact_due_on, story.framework.impact_due_months) == (Story.on(182), 6)
    assert story.state(kind, thing).life.closure.completed_on == story.today


def test_closing_as_implemented_needs_accepted_evidence(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.refused(refusals.EvidenceMissing, closing(kind, thing), story.body)
    story.submit(kind, thing)
    story.refused(refusals.EvidenceMissing, closing(kind, thing), story.body)


def test_closing_as_implemented_leaves_no_evidence_awaiting(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.accept(kind, thing, story.submit(kind, thing))
    story.submit(kind, thing, claims_complete=False)
    story.refused(refusals.EvidenceMissing, closing(kind, thing), story.body)


def test_not_implemented_needs_a_reason_and_no_evidence(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    abandoned = closing(kind, thing, outcome=ClosureOutcome.NOT_IMPLEMENTED)
    story.refused(refusals.ReasonRequired, abandoned, story.body)
    story.when(abandoned.model_copy(update={"reason": "Service ended"}), story.body)
    assert story.state(kind, thing).life.closure.impact_due_on is None


def test_what_nobody_leads_can_be_superseded(story: Story, kind: Kind) -> None:
    thing = story.an_action() if kind is Kind.ACTION else story.a_recommendation()
    story.when(closing(kind, thing, outcome=ClosureOutcome.SUPERSEDED), story.body)
    assert stage(story.state(kind, thing).life) is Stage.CLOSED


def test_impact_is_due_only_of_what_was_implemented_and_not_in_the_past(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    superseded = closing(kind, thing, outcome=ClosureOutcome.SUPERSEDED, impact_due_on=story.on(9))
    story.refused(refusals.Invalid, superseded, story.body)
    story.accept(kind, thing, story.submit(kind, thing))
    early = closing(kind, thing, impact_due_on=story.on(-1))
    assert story.refused(refusals.DueDateInPast, early, story.body).field == ("impactDueOn",)


def test_what_is_closed_is_not_closed_again(story: Story, kind: Kind) -> None:
    story.refused(refusals.AlreadyClosed, closing(kind, story.implemented(kind)), story.body)


def test_a_recommendation_is_implemented_when_every_action_is_closed(story: Story) -> None:
    above = story.assigned(Kind.RECOMMENDATION)
    first, second = (story.an_action(recommendation_id=above) for _ in range(2))
    story.implement(Kind.ACTION, story.assign(Kind.ACTION, first))
    story.accept(Kind.RECOMMENDATION, above, story.submit(Kind.RECOMMENDATION, above))
    story.refused(refusals.ActionsStillOpen, closing(Kind.RECOMMENDATION, above), story.body)
    story.day = 5
    story.implement(Kind.ACTION, story.assign(Kind.ACTION, second))
    early = closing(Kind.RECOMMENDATION, above, happened_on=story.on(4))
    story.refused(refusals.DateOutOfOrder, early, story.body)
    story.close(Kind.RECOMMENDATION, above)


def test_a_recommendation_with_open_actions_may_be_superseded(story: Story) -> None:
    above = story.assigned(Kind.RECOMMENDATION)
    action = story.an_action(recommendation_id=above)
    story.when(closing(Kind.RECOMMENDATION, above, outcome=ClosureOutcome.SUPERSEDED), story.body)
    assert stage(story.action(action).life) is Stage.RAISED


def test_reopening_leads_back_to_assigned_and_asks_for_new_evidence(story: Story, kind: Kind) -> None:
    thing, neighbour = story.implemented(kind), story.implemented(kind)
    story.day = 10
    story.when(Reopen(kind=kind, id=thing, reason="It slipped back", due_on=story.on(40)), story.body)
    life = story.state(kind, thing).life
    assert (stage(life), life.due_on, life.completed_on) == (Stage.ASSIGNED, story.on(40), None)
    story.refused(refusals.EvidenceMissing, closing(kind, thing), story.body)
    assert stage(story.state(kind, neighbour).life) is Stage.CLOSED
    story.implement(kind, thing)
    assert stage(story.state(kind, thing).life) is Stage.CLOSED


def test_work_from_before_a_reopening_does_not_complete_it_again(story: Story, kind: Kind) -> None:
    thing = story.implemented(kind)
    story.day = 10
    story.when(Reopen(kind=kind, id=thing, reason="It slipped back", due_on=story.on(40)), story.body)
    with pytest.raises(refusals.DateBeforeStart):
        story.submit(kind, thing, completed_on=story.on(9))


def test_reopening_needs_a_reason_a_day_ahead_and_something_closed(story: Story, kind: Kind) -> None:
    thing = story.implemented(kind)
    reopen = Reopen(kind=kind, id=thing, reason="It slipped back", due_on=story.on(40))
    story.refused(refusals.ReasonRequired, reopen.model_copy(update={"reason": ""}), story.body)
    story.refused(refusals.DueDateInPast, reopen.model_copy(update={"due_on": story.on(-1)}), story.body)
    story.refused(refusals.NotClosed, reopen.model_copy(update={"id": story.assigned(kind)}), story.body)


def test_no_action_is_raised_or_reopened_under_a_closed_recommendation(story: Story) -> None:
    above = story.assigned(Kind.RECOMMENDATION)
    action = story.assign(Kind.ACTION, story.an_action(recommendation_id=above))
    story.implement(Kind.ACTION, action)
    story.implement(Kind.RECOMMENDATION, above)
    reopen = Reopen(kind=Kind.ACTION, id=action, reason="It slipped back", due_on=story.on(40))
    story.refused(refusals.AlreadyClosed, reopen, story.body)
    with pytest.raises(refusals.AlreadyClosed):
        story.an_action(recommendation_id=above)
    story.when(reopen.model_copy(update={"kind": Kind.RECOMMENDATION, "id": above}), story.body)
    story.when(reopen, story.body)
    assert stage(story.action(action).life) is Stage.ASSIGNED
