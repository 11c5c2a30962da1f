"""The clocks of a challenge's levels, and that they say what `overdue` says."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.authority import actor
from domain.challenge.clocks import Clocks, LevelClock, clocks_after
from domain.challenge.commands import EscalateChallenge, IssueChallenge, ResolveChallenge, RespondToChallenge
from domain.challenge.events import Escalated
from domain.challenge.state import Challenge, evolve, overdue
from domain.correction.amending import apply_corrections
from domain.correction.commands import Correct
from domain.shared.dates import overdue as clock_overdue
from domain.shared.facts import Fact, Recorded, effective_order
from domain.shared.vocabulary import ChallengeOutcome, Kind
from support.in_memory_register import Story
from support.random_histories import IDS, SPAN, START, saves


def folded(stream: list[Recorded]) -> tuple[Challenge, Clocks]:
    state, clocks = Challenge(), Clocks()
    for recorded in sorted(apply_corrections(stream), key=effective_order):
        clocks = clocks_after(clocks, recorded, state.ended)
        state = evolve(state, recorded)
    return state, clocks


def test_each_level_runs_until_it_is_answered_or_left(story: Story) -> None:
    subject = {"kind": Kind.ACTION, "id": story.assigned(Kind.ACTION)}
    asked = {"agency": "police", "grounds": "Late", "subjects": [subject]}
    challenge = story.create(IssueChallenge.model_validate(asked), story.chair)
    story.day = 20
    story.when(EscalateChallenge(id=challenge, reason="Silence", response_due_on=story.on(25)), story.chair)
    story.day = 22
    story.when(RespondToChallenge(id=challenge, narrative="We know"), story.agency("police"))
    story.day = 23
    story.when(EscalateChallenge(id=challenge, reason="No date"), story.chair)
    story.day = 30
    story.when(ResolveChallenge(id=challenge, outcome=ChallengeOutcome.ANSWERED, reason="Enough"), story.chair)
    _, clocks = folded(story.streams[Kind.CHALLENGE, challenge])
    assert clocks == (
        LevelClock(1, story.on(0), story.on(14), story.on(20), working_days=True),
        LevelClock(2, story.on(20), story.on(25), story.on(22)),
        LevelClock(3, story.on(23), clocks[2].due_on, story.on(30), working_days=True),
    )
    first = story.streams[Kind.CHALLENGE, challenge][0].position
    told = {"kind": Kind.CHALLENGE, "id": challenge, "event_id": first, "field": "responseDueOn", "reason": "Misread"}
    story.when(Correct.model_validate(told | {"new_value": str(story.on(16))}), story.unit)
    _, clocks = folded(story.streams[Kind.CHALLENGE, challenge])
    assert (clocks[0].due_on, clocks[0].working_days) == (story.on(16), False)


def test_without_its_issue_a_challenge_has_no_clock() -> None:
    told = {"happened_on": START, "by": actor(Story.chair), "level": 2, "reason": "Silence", "response_due_on": START}
    escalated = Recorded(Kind.CHALLENGE, IDS[0], 1, Escalated.model_validate(told))
    assert clocks_after((), escalated, ended=False) == ()


def in_order(facts: list[Fact]) -> list[Recorded]:
    """As the rules leave it: nothing comes before the issue."""
    began_on = facts[0].happened_on
    kept = [fact for fact in facts if getattr(fact, "field", None) != "happenedOn"]
    moved = [fact.model_copy(update={"happened_on": max(began_on, fact.happened_on)}) for fact in kept]
    return [Recorded(Kind.CHALLENGE, IDS[0], nth, fact) for nth, fact in enumerate(moved, 1)]


@given(told=saves(Kind.CHALLENGE), day=st.integers(-1, SPAN + 1))
def test_the_clock_of_the_level_reached_is_overdue_when_the_challenge_is(told: list[list[Fact]], day: int) -> None:
    on = START + timedelta(days=day)
    stream = in_order([fact for save in told for fact in save])
    state, clocks = folded([each for each in stream if each.fact.happened_on <= on])
    assert overdue(state, on) == any(clock_overdue(each.due_on, each.stopped_on, on) for each in clocks[-1:])
