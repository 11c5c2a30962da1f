"""Words with one meaning: open, overdue, awaiting review; judged for the day asked about."""

from datetime import date
from uuid import UUID

import pytest

from domain.lifecycle import state as lifecycle
from domain.lifecycle.commands import (
    GrantExtension,
    Reopen,
    RequestExtension,
    ReturnEvidence,
    SubmitEvidence,
    WithdrawEvidence,
)
from domain.lifecycle.state import Lifecycle
from domain.recommendation.commands import Respond
from domain.replay import replay
from domain.shared.facts import Recorded
from domain.shared.vocabulary import Answer, Kind
from support.in_memory_register import Story


def as_of(story: Story, kind: Kind, thing: UUID, day: date, known: int | None = None) -> Lifecycle:
    """The life on that day, from what was known when `known` facts had been recorded."""
    told: list[Recorded] = story.streams[kind, thing][:known]
    life: Lifecycle = replay(kind, (each for each in told if each.fact.happened_on <= day)).life  # type: ignore[union-attr]
    return life


def late(story: Story, kind: Kind, thing: UUID, day: int, known: int | None = None) -> bool:
    return lifecycle.overdue(as_of(story, kind, thing, story.on(day), known), story.on(day))


def test_it_is_overdue_from_the_day_after_its_due_date(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, due=10)
    assert [late(story, kind, thing, day) for day in (9, 10, 11)] == [False, False, True]
    life = story.state(kind, thing).life
    assert [lifecycle.days_overdue(life, story.on(day)) for day in (10, 11, 15)] == [0, 1, 5]


def test_what_nobody_leads_is_unassigned_and_never_overdue(story: Story, kind: Kind) -> None:
    thing = story.an_action() if kind is Kind.ACTION else story.a_recommendation()
    life = story.state(kind, thing).life
    assert lifecycle.unassigned(life)
    assert not lifecycle.open_on(life, story.on(999))
    assert not lifecycle.overdue(life, story.on(999))


def test_work_done_in_time_and_reported_late_was_unreported_not_undone(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, due=5)
    story.day = 20
    claim = story.submit(kind, thing, completed_on=story.on(3))
    known_then = len(story.streams[kind, thing])
    story.day = 30
    story.accept(kind, thing, claim)
    assert late(story, kind, thing, 10, known_then)
    assert not late(story, kind, thing, 10)


def test_a_leads_claim_in_time_shields_until_it_is_judged(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, due=10)
    story.day = 10
    claim = story.submit(kind, thing)
    assert not late(story, kind, thing, 15)
    assert lifecycle.awaiting_review(as_of(story, kind, thing, story.on(15)))
    story.day = 20
    story.when(ReturnEvidence(kind=kind, id=thing, evidence_id=claim, reason="No minutes"), story.body)
    assert (late(story, kind, thing, 19), late(story, kind, thing, 20)) == (False, True)


def test_a_late_claim_clears_nothing_and_still_awaits_review(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, due=10)
    story.day = 11
    story.submit(kind, thing)
    assert late(story, kind, thing, 15)
    assert lifecycle.awaiting_review(story.state(kind, thing).life)


def test_evidence_without_a_claim_or_withdrawn_shields_nothing(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, due=10, contributing_agencies=("health",))
    story.submit(kind, thing, claims_complete=False)
    story.when(SubmitEvidence(kind=kind, id=thing, narrative="Ours"), story.agency("health"))
    claim = story.submit(kind, thing)
    assert not late(story, kind, thing, 15)
    story.when(WithdrawEvidence(kind=kind, id=thing, evidence_id=claim, reason="Wrong"), story.agency("police"))
    assert late(story, kind, thing, 15)


def test_an_extension_never_erases_lateness_before_it(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, due=10)
    story.when(RequestExtension(kind=kind, id=thing, until=story.on(30), reason="Staff"), story.agency("police"))
    story.day = 15
    story.when(GrantExtension(kind=kind, id=thing), story.body)
    assert [late(story, kind, thing, day) for day in (14, 15, 30, 31)] == [True, False, False, True]
    life = as_of(story, kind, thing, story.on(20))
    assert lifecycle.overdue_against_original(life, story.on(20))


def test_what_is_closed_is_not_overdue_and_reopened_runs_to_its_new_date(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, due=10)
    story.day = 12
    story.implement(kind, thing)
    story.day = 20
    story.when(Reopen(kind=kind, id=thing, reason="It slipped back", due_on=story.on(40)), story.chair)
    assert [late(story, kind, thing, day) for day in (11, 12, 19, 40, 41)] == [True, False, False, False, True]
    assert lifecycle.overdue_against_original(story.state(kind, thing).life, story.on(21))


def test_a_claim_from_before_a_reopening_does_not_shield_the_new_date(story: Story) -> None:
    life = story.state(Kind.ACTION, story.implemented(Kind.ACTION, due=10)).life
    assert [each.counts for each in life.evidence] == [True]
    thing = story.implemented(Kind.ACTION, due=10)
    story.when(Reopen(kind=Kind.ACTION, id=thing, reason="It slipped back", due_on=story.on(40)), story.chair)
    assert [each.counts for each in story.action(thing).life.evidence] == [False]
    assert late(story, Kind.ACTION, thing, 41)


@pytest.mark.parametrize(
    ("answer", "counts"),
    [(Answer.ACCEPTED, True), (Answer.ACCEPTED_IN_PRINCIPLE, True), (Answer.NOT_ACCEPTED, False)],
)
def test_what_its_lead_has_not_accepted_is_out_of_its_lateness(story: Story, answer: Answer, counts: bool) -> None:
    thing = story.assigned(Kind.RECOMMENDATION, due=10)
    story.when(Respond(id=thing, answer=answer, reason="As the board decided"), story.agency("police"))
    assert late(story, Kind.RECOMMENDATION, thing, 11) is counts


def test_another_agencys_refusal_excuses_nobody(story: Story) -> None:
    thing = story.a_recommendation(addressed_to=("police", "health"))
    story.assign(Kind.RECOMMENDATION, thing, "police", due=10)
    story.when(Respond(id=thing, answer=Answer.NOT_ACCEPTED, reason="No funds"), story.agency("health"))
    assert late(story, Kind.RECOMMENDATION, thing, 11)


@pytest.mark.parametrize(("day", "still_late"), [(10, False), (11, True)])
def test_not_accepting_after_the_due_date_clears_nothing(story: Story, day: int, still_late: bool) -> None:
    thing = story.assigned(Kind.RECOMMENDATION, due=10)
    story.day = day
    story.when(Respond(id=thing, answer=Answer.NOT_ACCEPTED, reason="No funds"), story.agency("police"))
    assert late(story, Kind.RECOMMENDATION, thing, 15) is still_late


def test_of_several_answers_the_latest_counts_with_its_own_day(story: Story) -> None:
    thing = story.assigned(Kind.RECOMMENDATION, due=10)
    for day, answer in ((5, Answer.NOT_ACCEPTED), (8, Answer.ACCEPTED), (12, Answer.NOT_ACCEPTED)):
        story.day = day
        story.when(Respond(id=thing, answer=answer, reason="As minuted"), story.agency("police"))
    assert late(story, Kind.RECOMMENDATION, thing, 15)
    assert not late(story, Kind.RECOMMENDATION, thing, 15, 3)
