"""Whatever facts come in whatever order, there is a state, and the questions obey their definitions."""

from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.action.events import Raised
from domain.event_names import CLASSES
from domain.frameworks import Framework, shipped_frameworks
from domain.lifecycle import events
from domain.lifecycle import state as lifecycle
from domain.lifecycle.evolve import CHANGES
from domain.lifecycle.state import Lifecycle
from domain.recommendation.events import Responded
from domain.replay import EVOLVE, INITIAL, replay
from domain.shared.actor import Actor
from domain.shared.facts import Fact, Recorded
from domain.shared.vocabulary import Answer, Impact, Kind, Role, Stage
from support.in_memory_register import START

st.register_type_strategy(Framework, st.sampled_from(list(shipped_frameworks().values())))
BY = Actor(subject="someone", role=Role.BUSINESS_UNIT)
IDS = [UUID(int=n) for n in range(1, 4)]
days = st.integers(0, 30).map(lambda n: START + timedelta(days=n))
WORDS: dict[str, st.SearchStrategy[Any]] = {
    "evidence_id": st.sampled_from(IDS),
    "challenge_id": st.sampled_from(IDS),
    "extension_id": st.sampled_from(IDS),
    "happened_on": days,
    "by": st.just(BY),
    "due_on": days,
    "until": days,
    "lead_agency": st.sampled_from(["police", "health"]),
    "to_agency": st.sampled_from(["police", "health"]),
    "from_agency": st.just("police"),
    "contributing_agencies": st.sampled_from([(), ("health",)]),
    "agency": st.sampled_from(["police", "health"]),
    "key": st.sampled_from(["police", "health"]),
    "into": st.sampled_from(["police", "health"]),
    "reason": st.just("So it was"),
    "narrative": st.just("So it was"),
    "measure": st.just("Audit"),
}


def told(fact: type[Fact]) -> st.SearchStrategy[Fact]:
    known = {name: WORDS[name] for name in fact.model_fields if name in WORDS}
    return st.builds(fact, **known)


def facts_of(kind: Kind) -> st.SearchStrategy[list[Recorded]]:
    ours = [told(fact) for about, fact in CLASSES.values() if about is kind]

    def recorded(facts: list[Fact]) -> list[Recorded]:
        return [Recorded(kind, IDS[0], version, fact) for version, fact in enumerate(facts, 1)]

    return st.lists(st.one_of(ours), max_size=14).map(recorded)


any_stream = st.sampled_from(list(Kind)).flatmap(facts_of)


@given(any_stream, st.randoms(use_true_random=False))
def test_evolve_is_total_and_replay_does_not_mind_the_order_of_arrival(facts: list[Recorded], random: Random) -> None:
    if not facts:
        return
    kind = facts[0].kind
    shuffled = random.sample(facts, len(facts))
    state: Any = INITIAL[kind]
    for recorded in shuffled:
        state = EVOLVE[kind](state, recorded)
    assert state.version == len(facts)
    assert replay(kind, shuffled) == replay(kind, facts)


@given(facts_of(Kind.ACTION), facts_of(Kind.ACTION))
def test_a_prefix_can_be_reused_because_states_never_change(facts: list[Recorded], more: list[Recorded]) -> None:
    prefix = replay(Kind.ACTION, facts)
    again = replay(Kind.ACTION, facts)
    for recorded in more:
        EVOLVE[Kind.ACTION](prefix, recorded)
    assert prefix == again


def lives(kind: Kind) -> st.SearchStrategy[Lifecycle]:
    def lived(facts: list[Recorded]) -> Lifecycle:
        raised = Raised(
            happened_on=START, by=BY, recommendation_id=IDS[0], review_id=IDS[1], reference="A1", wording="w"
        )
        state: Any = replay(kind, [Recorded(kind, IDS[0], 0, raised), *facts])
        life: Lifecycle = state.life
        return life

    return facts_of(kind).map(lived)


@given(lives(Kind.ACTION))
def test_the_stage_follows_from_the_life(life: Lifecycle) -> None:
    stage = lifecycle.stage(life)
    assert (stage in {Stage.CLOSED, Stage.IMPACT_VERIFIED}) is (life.closure is not None)
    assert (stage is Stage.RAISED) is (life.closure is None and life.lead is None)
    if stage is Stage.IMPACT_VERIFIED:
        assert life.impact in {Impact.EMBEDDED, Impact.PARTLY_EMBEDDED}
    if stage is Stage.EVIDENCED:
        assert any(not each.withdrawn for each in life.evidence)


@given(lives(Kind.ACTION), days)
def test_overdue_is_open_and_due_and_neither_completed_nor_claimed_in_time(life: Lifecycle, on: date) -> None:
    due = life.due_on
    claimed = any(
        e.claims_complete and e.by_lead and e.awaiting and e.counts and e.submitted_on and due and e.submitted_on <= due
        for e in life.evidence
    )
    completed = life.completed_on is not None and life.completed_on <= on
    late = lifecycle.open_on(life, on) and due is not None and due < on and not completed and not claimed
    assert lifecycle.overdue(life, on) is late
    assert (lifecycle.days_overdue(life, on) > 0) is late


@given(lives(Kind.ACTION), days, days)
def test_what_is_overdue_stays_so_until_something_happens(life: Lifecycle, first: date, second: date) -> None:
    if lifecycle.overdue(life, first) and second >= first and (life.completed_on is None or life.completed_on > second):
        assert lifecycle.overdue(life, second)


@given(facts_of(Kind.ACTION))
def test_the_first_due_date_is_that_of_the_first_assignment_by_version(facts: list[Recorded]) -> None:
    assigned = [each.fact.due_on for each in facts if isinstance(each.fact, events.Assigned)]
    state: Any = replay(Kind.ACTION, facts)
    assert state.life.first_due_on == (assigned[0] if assigned else None)


def test_reopening_what_was_not_closed_ends_no_closure() -> None:
    reopened = events.Reopened(happened_on=START, by=BY, reason="So it was", due_on=START)
    state: Any = replay(Kind.ACTION, [Recorded(Kind.ACTION, IDS[0], 1, reopened)])
    assert state.life.ended_closures == ()


@given(facts_of(Kind.RECOMMENDATION))
def test_an_agencys_latest_answer_counts(facts: list[Recorded]) -> None:
    state: Any = replay(Kind.RECOMMENDATION, facts)
    order = sorted(facts, key=lambda each: (each.fact.happened_on, each.originator_version))
    latest: dict[str, Answer] = {e.fact.agency: e.fact.answer for e in order if isinstance(e.fact, Responded)}
    assert state.life.responses == latest


def test_every_fact_of_a_life_changes_it_in_a_way_that_is_written_down() -> None:
    assert {
        fact for fact in vars(events).values() if isinstance(fact, type) and fact.__module__ == events.__name__
    } == set(CHANGES)
