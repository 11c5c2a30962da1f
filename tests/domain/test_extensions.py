"""Extensions: asked for, granted or refused; lateness before the decision stays."""

import pytest

from domain import refusals
from domain.lifecycle.commands import GrantExtension, RefuseExtension, RequestExtension
from domain.lifecycle.events import ExtensionGranted
from domain.words import Kind
from telling import Story


def request(story: Story, kind: Kind, until: int = 90) -> RequestExtension:
    thing = story.assigned(kind, due=60)
    return RequestExtension(kind=kind, id=thing, until=story.on(until), reason="Staff changes")


def test_a_granted_extension_moves_the_due_date_and_keeps_the_first(story: Story, kind: Kind) -> None:
    asked = request(story, kind)
    story.when(asked, story.agency("police"))
    story.day = 70
    fact = story.when(GrantExtension(kind=kind, id=asked.id), story.body)[0][2]
    assert isinstance(fact, ExtensionGranted)
    life = story.state(kind, asked.id).life
    assert (fact.happened_on, life.due_on, life.first_due_on) == (story.on(70), story.on(90), story.on(60))
    assert life.extension is None


def test_a_body_may_grant_another_day_than_was_asked_for(story: Story, kind: Kind) -> None:
    asked = request(story, kind)
    story.when(asked, story.agency("police"))
    story.when(GrantExtension(kind=kind, id=asked.id, until=story.on(75), reason="Two weeks"), story.chair)
    assert story.state(kind, asked.id).life.due_on == story.on(75)


def test_a_refused_extension_moves_nothing_and_lets_it_ask_again(story: Story, kind: Kind) -> None:
    asked = request(story, kind)
    story.when(asked, story.agency("police"))
    story.refused(refusals.ReasonRequired, RefuseExtension(kind=kind, id=asked.id, reason=""), story.body)
    story.when(RefuseExtension(kind=kind, id=asked.id, reason="No case made"), story.body)
    assert story.state(kind, asked.id).life.due_on == story.on(60)
    story.when(asked, story.agency("police"))


def test_only_one_request_is_pending(story: Story, kind: Kind) -> None:
    asked = request(story, kind)
    story.when(asked, story.agency("police"))
    story.refused(refusals.ExtensionPending, asked, story.agency("police"))


@pytest.mark.parametrize("answer", [GrantExtension, RefuseExtension])
def test_what_was_not_requested_is_not_answered(
    story: Story, kind: Kind, answer: type[GrantExtension | RefuseExtension]
) -> None:
    asked = {"kind": kind, "id": story.assigned(kind), "reason": "Unasked"}
    story.refused(refusals.ExtensionNotRequested, answer.model_validate(asked), story.body)


@pytest.mark.parametrize("answer", [GrantExtension, RefuseExtension])
def test_an_answer_is_not_dated_before_the_request(
    story: Story, kind: Kind, answer: type[GrantExtension | RefuseExtension]
) -> None:
    asked = request(story, kind)
    story.day = 10
    story.when(asked, story.agency("police"))
    early = {"kind": kind, "id": asked.id, "reason": "Agreed", "happened_on": story.on(9)}
    story.refused(refusals.DateOutOfOrder, answer.model_validate(early), story.body)


def test_an_extension_is_longer_than_what_stands(story: Story, kind: Kind) -> None:
    story.refused(refusals.Invalid, request(story, kind, until=60), story.agency("police"))


def test_an_extension_does_not_reach_into_the_past(story: Story, kind: Kind) -> None:
    asked = request(story, kind, until=90)
    story.day = 91
    story.refused(refusals.DueDateInPast, asked, story.agency("police"))


def test_nothing_closed_is_extended(story: Story, kind: Kind) -> None:
    asked = RequestExtension(kind=kind, id=story.implemented(kind), until=story.on(90), reason="More time")
    story.refused(refusals.AlreadyClosed, asked, story.agency("police"))
    story.refused(refusals.AlreadyClosed, GrantExtension(kind=kind, id=asked.id), story.body)
