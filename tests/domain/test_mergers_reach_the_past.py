"""What a predecessor answered, led or owed goes on with the successor from the day of the merger, however late told."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.agency.commands import MergeAgencies
from domain.challenge.commands import IssueChallenge, ResolveChallenge
from domain.challenge.events import Subject
from domain.correction.commands import Correct
from domain.correction.events import Corrected
from domain.lifecycle import commands as life
from domain.lifecycle import events
from domain.lifecycle.state import Lifecycle, lead_answer, overdue
from domain.recommendation.commands import Respond
from domain.recommendation.events import Raised, Responded
from domain.recommendation.state import Recommendation
from domain.replay import replay
from domain.shared import refusals
from domain.shared.actor import Actor
from domain.shared.facts import Fact, Recorded
from domain.shared.vocabulary import Answer, ChallengeOutcome, ClosureOutcome, Impact, Kind, Role
from support.in_memory_register import Story

BY = Actor(subject="someone", role=Role.BUSINESS_UNIT)
START = date(2024, 1, 1)
THING = UUID(int=7)
KEYS = ("police", "health", "schools")


def merge(story: Story, day: int | None = None, key: str = "police", into: str = "health") -> None:
    on = None if day is None else story.on(day)
    story.when(MergeAgencies(key=key, into=into, happened_on=on), story.administrator)


def as_of(story: Story, kind: Kind, thing: UUID, day: int) -> Lifecycle:
    facts = [each for each in story.streams[kind, thing] if each.fact.happened_on <= story.on(day)]
    state: Any = replay(kind, facts)
    found: Lifecycle = state.life
    return found


def test_an_answer_given_after_the_day_of_a_merger_told_later_is_the_successors(story: Story) -> None:
    thing = story.assign(Kind.RECOMMENDATION, story.a_recommendation(addressed_to=("police",)), due=5)
    story.day = 4
    story.when(Respond(id=thing, answer=Answer.NOT_ACCEPTED, reason="Not ours"), story.agency("police"))
    story.day = 9
    merge(story, 2)
    assert story.recommendation(thing).life.lead == "health"
    assert lead_answer(as_of(story, Kind.RECOMMENDATION, thing, 3)) is None
    assert lead_answer(as_of(story, Kind.RECOMMENDATION, thing, 4)) is Answer.NOT_ACCEPTED
    assert not overdue(story.recommendation(thing).life, story.today)


def test_of_two_predecessors_the_later_answer_stands_and_the_successors_own_above_both(story: Story) -> None:
    thing = story.assign(Kind.RECOMMENDATION, story.a_recommendation(addressed_to=("housing", "police", "health")))
    story.when(Respond(id=thing, answer=Answer.ACCEPTED), story.agency("police"))
    story.when(Respond(id=thing, answer=Answer.ACCEPTED_IN_PRINCIPLE), story.agency("housing"))
    merge(story, key="police")
    assert lead_answer(story.recommendation(thing).life) is Answer.ACCEPTED
    merge(story, key="housing")
    assert lead_answer(story.recommendation(thing).life) is Answer.ACCEPTED_IN_PRINCIPLE
    story.when(Respond(id=thing, answer=Answer.ACCEPTED), story.agency("health"))
    assert lead_answer(story.recommendation(thing).life) is Answer.ACCEPTED


def test_what_the_agency_was_assigned_after_the_day_of_its_merger_is_the_successors_since(
    story: Story, kind: Kind
) -> None:
    thing, before = story.assigned(kind, lead="schools"), story.assigned(kind, lead="police")
    story.day = 4
    story.assign(kind, thing, "police", contributing_agencies=("schools",))
    story.submit(kind, thing, "police")
    story.day = 6
    told = {"kind": kind, "id": before, "to_agency": "schools", "reason": "The team moved"}
    story.when(life.Transfer.model_validate(told), story.unit)
    story.day = 9
    merge(story, 2)
    assert [as_of(story, kind, thing, day).lead for day in (3, 4, 9)] == ["schools", "health", "health"]
    assert as_of(story, kind, thing, 9).contributing == ("schools",)
    assert [as_of(story, kind, before, day).lead for day in (1, 2, 5, 6)] == ["police", "health", "health", "schools"]


def test_what_was_closed_by_the_day_of_the_merger_stays_and_what_was_open_moves(story: Story, kind: Kind) -> None:
    closed, open_still = story.implemented(kind), story.assigned(kind)
    story.day = 5
    story.implement(kind, open_still)
    story.day = 9
    merge(story, 3)
    assert as_of(story, kind, closed, 9).lead == "police"
    assert [as_of(story, kind, open_still, day).lead for day in (2, 3, 9)] == ["police", "health", "health"]


def test_a_merger_binds_nothing_that_is_told_of_a_day_before_it(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.day = 9
    merge(story)
    told = {"kind": kind, "id": thing, "outcome": ClosureOutcome.SUPERSEDED, "happened_on": story.on(5)}
    story.when(life.Close.model_validate(told), story.body)
    assert story.state(kind, thing).life.lead == "police"


def reopened_by_hand(story: Story, kind: Kind, thing: UUID) -> None:
    asked = life.Reopen(kind=kind, id=thing, reason="It happened again", due_on=story.on(90))
    story.when(asked, story.body)


def reopened_by_a_finding(story: Story, kind: Kind, thing: UUID) -> None:
    follow_up = life.FollowUp(reason="Not in use", reopen_until=story.on(90))
    asked = {"finding": Impact.NOT_EMBEDDED, "measure": "Audit", "follow_up": follow_up}
    story.when(life.VerifyImpact.model_validate({"kind": kind, "id": thing} | asked), story.body)


def reopened_by_a_challenge(story: Story, kind: Kind, thing: UUID) -> None:
    issue = {"agency": "health", "subjects": (Subject(kind=kind, id=thing),), "grounds": "Not in use"}
    challenge = story.create(IssueChallenge.model_validate(issue), story.chair)
    told = {"outcome": ChallengeOutcome.UPHELD, "reason": "It is not", "reopen_due_on": story.on(90)}
    story.when(ResolveChallenge.model_validate({"id": challenge} | told), story.chair)


@pytest.mark.parametrize("reopen", [reopened_by_hand, reopened_by_a_finding, reopened_by_a_challenge])
def test_what_is_reopened_after_a_merger_goes_on_with_the_successor(story: Story, kind: Kind, reopen: Any) -> None:
    thing = story.implement(kind, story.assigned(kind, contributing_agencies=("housing", "schools")))
    merge(story, key="housing", into="police")
    merge(story)
    assert story.state(kind, thing).life.parties == ("police", "housing", "schools")
    story.day = 5
    reopen(story, kind, thing)
    parties = as_of(story, kind, thing, 5).parties
    assert parties == ("health", "schools")
    assert as_of(story, kind, thing, 4).parties == ("police", "housing", "schools")
    story.when(life.ReportProgress(kind=kind, id=thing, narrative="Begun"), story.agency("health"))


def test_a_challenge_to_the_agency_goes_on_with_the_successor_from_the_day_of_the_merger(story: Story) -> None:
    thing = story.assigned(Kind.ACTION)
    issue = {"agency": "police", "subjects": (Subject(kind=Kind.ACTION, id=thing),), "grounds": "Late"}
    ended, going_on = (story.create(IssueChallenge.model_validate(issue | {"grounds": g}), story.chair) for g in "ab")
    resolve = ResolveChallenge(id=ended, outcome=ChallengeOutcome.ANSWERED, reason="Put right")
    story.when(resolve, story.chair)
    story.day = 4
    story.when(ResolveChallenge(id=going_on, outcome=ChallengeOutcome.ANSWERED, reason="Put right"), story.chair)
    story.day = 9
    merge(story, 2)
    assert (story.challenge(ended).agency, story.challenge(going_on).agency) == ("police", "health")


@pytest.mark.parametrize(("day", "allowed"), [(4, False), (5, True)])
def test_an_agency_is_not_merged_as_of_a_day_before_another_was_merged_into_it(
    story: Story, day: int, allowed: bool
) -> None:
    story.day = 5
    merge(story, key="housing", into="police")
    asked = MergeAgencies(key="police", into="health", happened_on=story.on(day))
    if allowed:
        assert story.when(asked, story.administrator)
    else:
        refused = story.refused(refusals.DateOutOfOrder, asked, story.administrator)
        assert (refused.field, "housing" in refused.message) == (("happenedOn",), True)


def test_an_agency_that_ended_records_nothing_and_its_successor_goes_on(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    merge(story)
    told = life.ReportProgress(kind=kind, id=thing, narrative="Half way")
    refused = story.refused(refusals.NotPermitted, told, story.agency("police"))
    assert "health" in refused.message
    story.when(told, story.agency("health"))


# ---- an oracle: names are translated by the mergers of the day asked about, whatever the order of recording ----

days = st.integers(0, 9)
keys = st.sampled_from(KEYS)
assignments = st.tuples(st.just("assigned"), days, keys, st.lists(keys, max_size=2, unique=True).map(tuple))
answers = st.tuples(st.just("answered"), days, keys, st.sampled_from(Answer))
told = st.lists(assignments | answers, max_size=6)


def fact(each: Any) -> Fact:
    what, day, key, rest = each
    on = START + timedelta(days=day)
    if what == "answered":
        return Responded(happened_on=on, by=BY, agency=key, answer=rest, reason="As minuted")
    others = tuple(other for other in rest if other != key)
    return events.Assigned(happened_on=on, by=BY, lead_agency=key, contributing_agencies=others, due_on=on)


def raised(addressed_to: tuple[str, ...]) -> Raised:
    return Raised(
        happened_on=START, by=BY, review_id=THING, review_kind="audit", reference="R/1", wording="Share it",
        addressed_to=addressed_to,
    )  # fmt: skip


def stream(facts: list[Fact], day: int) -> list[Recorded]:
    numbered = [Recorded(Kind.RECOMMENDATION, THING, version, fact) for version, fact in enumerate(facts, 1)]
    return [each for each in numbered if each.fact.happened_on <= START + timedelta(days=day)]


def folded(facts: list[Fact], day: int) -> Lifecycle:
    state = replay(Kind.RECOMMENDATION, stream(facts, day))
    assert isinstance(state, Recommendation)
    return state.life


@given(told, st.lists(keys, max_size=2, unique=True).map(tuple), days, st.integers(0, 6), st.integers(0, 12))
def test_a_merger_translates_every_name_from_its_day_on_wherever_it_is_recorded(
    said: list[Any], addressed_to: tuple[str, ...], merged: int, place: int, day: int
) -> None:
    plain: list[Fact] = [raised(addressed_to), *map(fact, said)]
    merger = events.Transferred(
        happened_on=START + timedelta(days=merged), by=BY, from_agency="police", to_agency="health", reason="One",
        merged=True,
    )  # fmt: skip
    with_it = [*plain[: place + 1], merger, *plain[place + 1 :]]
    before, now = folded(plain, day), folded(with_it, day)
    became = {"police": "health"} if day >= merged else {}
    parties = dict.fromkeys(became.get(key, key) for key in before.parties)
    assert now.parties == tuple(parties)
    assert set(now.addressed_to) == {became.get(key, key) for key in before.addressed_to}
    assert now.responses == before.responses
    if now.lead is not None:
        own = before.responses.get(now.lead)
        inherited = before.responses.get("police") if became and now.lead == "health" else None
        assert lead_answer(now) is (own or inherited)


def test_corrections_leave_a_merger_where_it_is(story: Story, kind: Kind) -> None:
    """It is told of an earlier day than facts before it, and no correction is refused for that."""
    thing = story.assigned(kind)
    story.day = 4
    story.submit(kind, thing, "police")
    story.day = 9
    merge(story, 2)
    evidence = next(each for each in story.streams[kind, thing] if isinstance(each.fact, events.EvidenceSubmitted))
    asked = {"kind": kind, "id": thing, "event_id": evidence.position, "field": "narrative", "new_value": "All trained"}
    story.when(Correct.model_validate(asked | {"reason": "A slip"}), story.unit)
    assert isinstance(story.facts(kind, thing)[-1], Corrected)
