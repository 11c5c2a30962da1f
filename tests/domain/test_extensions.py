"""Extensions: asked for, granted or refused; lateness before the decision stays."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import hypothesis
import pytest
from hypothesis import strategies as st

from domain.action.state import Action
from domain.agency.commands import MergeAgencies
from domain.lifecycle import events
from domain.lifecycle.commands import (
    Assign,
    Close,
    GrantExtension,
    LifecycleCommand,
    RefuseExtension,
    Reopen,
    RequestExtension,
    Transfer,
)
from domain.lifecycle.events import ExtensionGranted
from domain.replay import replay
from domain.shared import refusals
from domain.shared.actor import Actor
from domain.shared.facts import Fact, Recorded, effective_order
from domain.shared.vocabulary import ClosureOutcome, Kind, Role
from support.in_memory_register import Story
from support.random_histories import a_raised_action


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


def closed(kind: Kind, id: UUID, day: int) -> Close:
    return Close(kind=kind, id=id, outcome=ClosureOutcome.SUPERSEDED, happened_on=Story.on(day))


def transferred(kind: Kind, id: UUID, day: int) -> Transfer:
    return Transfer(kind=kind, id=id, to_agency="health", reason="The team moved", happened_on=Story.on(day))


def assigned_to_another(kind: Kind, id: UUID, day: int) -> Assign:
    return Assign(kind=kind, id=id, lead_agency="health", due_on=Story.on(60), happened_on=Story.on(day))


@pytest.mark.parametrize("ending", [closed, transferred, assigned_to_another])
def test_a_request_lapses_on_closing_on_transfer_and_on_assignment_to_another(
    story: Story, kind: Kind, ending: Callable[[Kind, UUID, int], LifecycleCommand]
) -> None:
    asked, neighbour = request(story, kind), request(story, kind)
    for each in (asked, neighbour):
        story.when(each, story.agency("police"))
    story.day = 8
    command = ending(kind, asked.id, 5)
    story.when(command, story.body if isinstance(command, Close) else story.unit)
    life = story.state(kind, asked.id).life
    assert (life.extension, list(life.lapsed.values())) == (None, [story.on(5)])
    assert story.state(kind, neighbour.id).life.extension is not None
    if not isinstance(command, Close):
        story.refused(refusals.ExtensionNotRequested, GrantExtension(kind=kind, id=asked.id), story.body)
        again = asked.model_copy(update={"until": story.on(95)})
        story.when(again, story.agency("health"))
        assert story.state(kind, asked.id).life.extension is not None


def test_a_request_of_a_day_after_the_closing_that_is_told_later_has_lapsed(story: Story, kind: Kind) -> None:
    """Whatever the order of recording, and for good: it is not pending again once the thing is reopened."""
    asked = request(story, kind)
    story.day = 5
    story.when(asked, story.agency("police"))
    story.day = 8
    story.when(closed(kind, asked.id, 3), story.body)
    life = story.state(kind, asked.id).life
    assert (life.extension, list(life.lapsed.values())) == (None, [story.on(5)])
    reopening = Reopen(kind=kind, id=asked.id, reason="Again", due_on=story.on(60), happened_on=story.on(4))
    story.when(reopening, story.body)
    assert story.state(kind, asked.id).life.extension is None
    story.when(asked, story.agency("police"))
    assert story.state(kind, asked.id).life.extension is not None


def test_a_request_goes_on_with_the_successor_of_whoever_asked(story: Story, kind: Kind) -> None:
    asked = request(story, kind)
    story.when(asked, story.agency("police"))
    story.when(MergeAgencies(key="police", into="health"), story.administrator)
    story.when(GrantExtension(kind=kind, id=asked.id), story.body)
    assert story.state(kind, asked.id).life.due_on == story.on(90)


steps = st.lists(
    st.tuples(st.sampled_from(["asked", "closed", "reopened", "moved", "merged"]), st.integers(0, 9)), max_size=6
)


@hypothesis.given(steps)
def test_pending_is_what_was_asked_for_and_neither_closed_nor_moved_since_by_either_order(
    told: list[tuple[str, int]],
) -> None:
    """The oracle: a request is pending where nothing that ends it follows it, by its day or by its recording."""
    by, thing = Actor(subject="someone", role=Role.BUSINESS_UNIT), UUID(int=1)
    first: Fact = a_raised_action().model_copy(update={"happened_on": Story.on(0)})
    facts = [first, events.Assigned(**at(0, by), lead_agency="police", due_on=Story.on(60))]
    facts += [fact_of(what, at(day, by), UUID(int=number)) for number, (what, day) in enumerate(told, 2)]
    stream = [Recorded(Kind.ACTION, thing, version, each) for version, each in enumerate(facts, 1)]
    state = replay(Kind.ACTION, stream)
    assert isinstance(state, Action)
    ordered = sorted(stream, key=effective_order)
    requests = (each for each in ordered if isinstance(each.fact, events.ExtensionRequested))
    pending = [each.fact for each in requests if not _ended(each, ordered)]
    expected = getattr(pending[-1], "extension_id", None) if pending else None
    assert (state.life.extension and state.life.extension.id) == expected


def at(day: int, by: Actor) -> dict[str, Any]:
    return {"happened_on": Story.on(day), "by": by}


def fact_of(what: str, when: dict[str, Any], id: UUID) -> Fact:
    match what:
        case "asked":
            return events.ExtensionRequested(**when, extension_id=id, agency="police", until=Story.on(90), reason="Ill")
        case "closed":
            return events.Closed(**when, outcome=ClosureOutcome.SUPERSEDED)
        case "reopened":
            return events.Reopened(**when, reason="Again", due_on=Story.on(60))
        case "merged":
            return events.Transferred(**when, from_agency="schools", to_agency="fire", reason="One", merged=True)
    return events.Transferred(**when, from_agency="police", to_agency=f"agency-{id.int}", reason="Moved")


def _ended(asked: Recorded, ordered: list[Recorded]) -> bool:
    """Closed on its day; or closed or given to another, be it later by its day or by its recording."""
    place = ordered.index(asked)
    opened = [each.fact for each in ordered[:place] if isinstance(each.fact, events.Closed | events.Reopened)]
    ends = [each for each in ordered if isinstance(each.fact, events.Closed) or _moves(each.fact)]
    after = any(ordered.index(each) > place or each.originator_version > asked.originator_version for each in ends)
    return after or (bool(opened) and isinstance(opened[-1], events.Closed))


def _moves(fact: Fact) -> bool:
    return isinstance(fact, events.Transferred) and not fact.merged
