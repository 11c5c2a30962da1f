"""A recommendation is closed with the last of its actions, on what was accepted of them: no double work."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.lifecycle import events
from domain.lifecycle.commands import Close, Reopen, SubmitEvidence
from domain.lifecycle.state import overdue, stage
from domain.shared import refusals
from domain.shared.vocabulary import ClosureOutcome, Kind, Stage
from support.in_memory_register import Story

IMPLEMENTED = ClosureOutcome.IMPLEMENTED


def with_actions(story: Story, number: int = 2, **fields: Any) -> tuple[UUID, list[UUID]]:
    """An assigned recommendation and its actions, of which all but the last are implemented."""
    above = story.assign(Kind.RECOMMENDATION, story.a_recommendation(), **fields)
    actions = [story.assign(Kind.ACTION, story.an_action(recommendation_id=above), **fields) for _ in range(number)]
    for each in actions[:-1]:
        story.implement(Kind.ACTION, each)
    return above, actions


def closing(thing: UUID, kind: Kind = Kind.ACTION, **fields: Any) -> Close:
    return Close.model_validate({"kind": kind, "id": thing, "outcome": IMPLEMENTED} | fields)


def accepted(story: Story, action: UUID, completed_on: date | None = None) -> UUID:
    story.accept(Kind.ACTION, action, story.submit(Kind.ACTION, action, completed_on=completed_on))
    return action


def test_the_last_action_closes_the_recommendation_with_it_on_what_was_accepted(story: Story) -> None:
    above, actions = with_actions(story, due=5)
    story.day = 8
    accepted(story, actions[-1], story.on(4))
    story.day = 9
    decided = story.when(closing(actions[-1], close_recommendation=True), story.body)
    assert decided[0][1] == actions[-1]
    names = [type(fact).__name__ for _, thing, fact in decided if thing == above]
    assert names == ["EvidenceSubmitted", "EvidenceAccepted", "Completed", "Closed"]
    life = story.recommendation(above).life
    assert (stage(life), life.completed_on, life.closure and life.closure.closed_on) == (
        Stage.CLOSED,
        story.on(4),
        story.on(9),
    )
    (shown,) = [fact for fact in story.facts(Kind.RECOMMENDATION, above) if isinstance(fact, events.EvidenceSubmitted)]
    assert (shown.agency, shown.claims_complete, shown.by.role) == (None, False, story.body.role)
    assert all(story.action(each).reference in shown.narrative for each in actions)
    assert not overdue(life, story.on(9))


def test_evidence_of_its_own_is_enough(story: Story) -> None:
    above, actions = with_actions(story)
    story.accept(Kind.RECOMMENDATION, above, story.submit(Kind.RECOMMENDATION, above))
    accepted(story, actions[-1])
    decided = story.when(closing(actions[-1], close_recommendation=True), story.body)
    assert [type(fact).__name__ for _, thing, fact in decided if thing == above] == ["Closed"]


def test_its_own_closing_is_offered_once_its_actions_are_closed(story: Story) -> None:
    above, actions = with_actions(story)
    story.implement(Kind.ACTION, actions[-1])
    own = closing(above, Kind.RECOMMENDATION)
    story.refused(refusals.EvidenceMissing, own, story.body)
    story.when(own.model_copy(update={"by_its_actions": True}), story.body)
    assert story.recommendation(above).life.closure is not None


def test_it_is_refused_with_everything_as_it_was(story: Story) -> None:
    """With another action open, evidence awaiting, nobody leading it, no action implemented, or by whom it concerns."""
    above, actions = with_actions(story)
    other = accepted(story, story.assign(Kind.ACTION, story.an_action(recommendation_id=above)))
    accepted(story, actions[-1])
    last = closing(actions[-1], close_recommendation=True)
    story.refused(refusals.ActionsStillOpen, last, story.body)
    story.close(Kind.ACTION, other)
    awaiting = SubmitEvidence(kind=Kind.RECOMMENDATION, id=above, narrative="Interim")
    evidence = story.when(awaiting, story.unit)[0][2]
    story.refused(refusals.EvidenceMissing, last, story.body)
    story.accept(Kind.RECOMMENDATION, above, getattr(evidence, "evidence_id"))  # noqa: B009 - a Fact has none for mypy
    story.when(last, story.body)
    assert story.recommendation(above).life.closure is not None

    unled = story.a_recommendation()
    action = accepted(story, story.assign(Kind.ACTION, story.an_action(recommendation_id=unled)))
    story.refused(refusals.NotAssigned, closing(action, close_recommendation=True), story.body)

    above, (action,) = with_actions(story, 1)
    superseded = closing(action, outcome=ClosureOutcome.SUPERSEDED, close_recommendation=True)
    story.refused(refusals.EvidenceMissing, superseded, story.body)


def test_whoever_belongs_to_its_lead_does_not_close_it_with_anothers_action(story: Story) -> None:
    above = story.assign(Kind.RECOMMENDATION, story.a_recommendation(), "housing")
    action = accepted(story, story.assign(Kind.ACTION, story.an_action(recommendation_id=above), "police"))
    last = closing(action, close_recommendation=True)
    story.refused(refusals.NotIndependent, last, story.member_from("housing"))
    story.when(last, story.member_from("schools"))


def test_what_its_actions_showed_before_it_was_reopened_shows_nothing_since(story: Story) -> None:
    above, actions = with_actions(story)
    accepted(story, actions[-1])
    story.when(closing(actions[-1], close_recommendation=True), story.body)
    story.day = 5
    story.when(Reopen(kind=Kind.RECOMMENDATION, id=above, reason="Again", due_on=story.on(90)), story.body)
    own = closing(above, Kind.RECOMMENDATION, by_its_actions=True)
    story.refused(refusals.EvidenceMissing, own, story.body)
    further = story.assign(Kind.ACTION, story.an_action(recommendation_id=above))
    story.implement(Kind.ACTION, further)
    story.when(own, story.body)


@pytest.mark.parametrize(
    ("kind", "asked", "field"),
    [
        (Kind.ACTION, {"by_its_actions": True}, "byItsActions"),
        (Kind.RECOMMENDATION, {"close_recommendation": True}, "closeRecommendation"),
    ],
)
def test_each_is_asked_of_its_own_kind(story: Story, kind: Kind, asked: dict[str, bool], field: str) -> None:
    thing = story.assigned(kind)
    story.accept(kind, thing, story.submit(kind, thing))
    assert story.refused(refusals.Invalid, closing(thing, kind, **asked), story.body).field == (field,)
