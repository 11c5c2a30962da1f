"""Each condition of the words with one meaning, by itself: a life is put together and one thing in it changes."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.lifecycle import state as lifecycle
from domain.lifecycle.commands import Reopen
from domain.lifecycle.state import Closure, Evidence, Lifecycle, Response, closed_spells, open_spells
from domain.shared.vocabulary import Answer, ClosureOutcome, EvidenceVerdict, Impact, Kind, Stage
from support.in_memory_register import Story

RAISED, DUE, DAY = Story.on(0), Story.on(10), Story.on(11)
IMPLEMENTED = Closure(ClosureOutcome.IMPLEMENTED, Story.on(5), None, None)
SUPERSEDED = Closure(ClosureOutcome.SUPERSEDED, Story.on(5), None, None)
CLAIM = Evidence(UUID(int=1), agency="police", by_lead=True, submitted_on=DUE, claims_complete=True, completed_on=DUE)
JUDGED = replace(CLAIM, id=UUID(int=2), verdict=EvidenceVerdict.ACCEPTED)


def life(**changes: Any) -> Lifecycle:
    led = Lifecycle(Kind.ACTION, raised_on=RAISED, lead="police", first_due_on=DUE, due_on=DUE)
    return replace(led, **changes)


@pytest.mark.parametrize(
    ("changes", "late"),
    [
        ({}, True),
        ({"due_on": DAY}, False),
        ({"due_on": None}, False),
        ({"lead": None}, False),
        ({"raised_on": None}, False),
        ({"raised_on": Story.on(12)}, False),
        ({"closure": IMPLEMENTED}, False),
        ({"completed_on": DAY}, False),
        ({"completed_on": Story.on(12)}, True),
        ({"answered": {"police": Response(Answer.NOT_ACCEPTED, Story.on(10), 2)}}, False),
        ({"answered": {"police": Response(Answer.NOT_ACCEPTED, Story.on(11), 2)}}, True),
        ({"answered": {"police": Response(Answer.ACCEPTED_IN_PRINCIPLE, Story.on(10), 2)}}, True),
        ({"answered": {"health": Response(Answer.NOT_ACCEPTED, Story.on(10), 2)}}, True),
        ({"evidence": (CLAIM,)}, False),
        ({"evidence": (JUDGED, CLAIM)}, False),
        ({"evidence": (JUDGED,)}, True),
        ({"evidence": (replace(CLAIM, submitted_on=DAY),)}, True),
        ({"evidence": (replace(CLAIM, submitted_on=None),)}, True),
        ({"evidence": (replace(CLAIM, by_lead=False),)}, True),
        ({"evidence": (replace(CLAIM, claims_complete=False),)}, True),
        ({"evidence": (replace(CLAIM, withdrawn=True),)}, True),
        ({"evidence": (replace(CLAIM, counts=False),)}, True),
    ],
)
def test_overdue_is_lost_with_each_of_its_conditions(changes: dict[str, Any], late: bool) -> None:
    assert lifecycle.overdue(life(**changes), DAY) is late
    assert lifecycle.days_overdue(life(**changes), DAY) == int(late)


def test_overdue_against_original_goes_by_the_first_due_date() -> None:
    extended = life(due_on=Story.on(30))
    assert (lifecycle.overdue(extended, DAY), lifecycle.overdue_against_original(extended, DAY)) == (False, True)
    assert not lifecycle.overdue_against_original(extended, DUE)


@pytest.mark.parametrize(
    ("changes", "is_open"),
    [({}, True), ({"raised_on": DAY}, True), ({"lead": None}, False), ({"raised_on": Story.on(12)}, False),
     ({"raised_on": None}, False), ({"closure": SUPERSEDED}, False)],
)  # fmt: skip
def test_open_is_assigned_raised_by_then_and_not_closed(changes: dict[str, Any], is_open: bool) -> None:
    assert lifecycle.open_on(life(**changes), DAY) is is_open


@pytest.mark.parametrize(
    ("changes", "unassigned"),
    [({"lead": None}, True), ({}, False), ({"lead": None, "raised_on": None}, False),
     ({"lead": None, "closure": SUPERSEDED}, False)],
)  # fmt: skip
def test_unassigned_is_raised_led_by_nobody_and_not_closed(changes: dict[str, Any], unassigned: bool) -> None:
    assert lifecycle.unassigned(life(**changes)) is unassigned


def test_what_was_never_assigned_has_no_lead_on_any_day_and_no_parties() -> None:
    nobodys = Lifecycle(Kind.ACTION, raised_on=RAISED)
    assert (nobodys.lead_on(DAY), nobodys.parties) == (None, ())
    assert lifecycle.lead_answer(nobodys) is None


def test_what_was_never_raised_was_open_on_no_day() -> None:
    assert list(open_spells(Lifecycle(Kind.ACTION))) == []


def test_each_closure_stood_until_it_was_reopened_and_is_kept(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    for day in (2, 6):
        story.day = day
        story.implement(kind, thing)
        story.day = day + 2
        story.when(Reopen(kind=kind, id=thing, reason="It happened again", due_on=story.on(90)), story.body)
    lived = story.state(kind, thing).life
    closed = [(closure.closed_on, until) for closure, until in closed_spells(lived)]
    assert closed == [(story.on(2), story.on(4)), (story.on(6), story.on(8))]
    assert [began for began, _ in open_spells(lived)] == [story.on(day) for day in (0, 4, 8)]


@pytest.mark.parametrize(
    ("changes", "awaiting"),
    [({"closure": IMPLEMENTED}, True), ({}, False), ({"closure": SUPERSEDED}, False),
     ({"closure": IMPLEMENTED, "impact": Impact.NOT_EMBEDDED}, False)],
)  # fmt: skip
def test_impact_is_awaited_of_what_was_implemented_and_not_looked_at(changes: dict[str, Any], awaiting: bool) -> None:
    assert lifecycle.awaiting_impact(life(**changes)) is awaiting


def test_one_piece_of_evidence_without_a_verdict_is_enough_to_await_review() -> None:
    assert lifecycle.awaiting_review(life(evidence=(JUDGED, CLAIM)))
    assert not lifecycle.awaiting_review(life(evidence=(JUDGED,)))
    assert not lifecycle.awaiting_review(life(evidence=(replace(CLAIM, submitted_on=None),)))
    assert not lifecycle.awaiting_review(life())


@pytest.mark.parametrize(
    ("changes", "stage"),
    [
        ({"lead": None}, Stage.RAISED),
        ({}, Stage.ASSIGNED),
        ({"evidence": (CLAIM,)}, Stage.EVIDENCED),
        ({"evidence": (JUDGED,)}, Stage.EVIDENCED),
        ({"evidence": (replace(JUDGED, counts=False),)}, Stage.ASSIGNED),
        ({"evidence": (replace(CLAIM, counts=False),)}, Stage.ASSIGNED),
        ({"evidence": (replace(JUDGED, verdict=EvidenceVerdict.RETURNED), JUDGED)}, Stage.EVIDENCED),
        ({"evidence": (replace(JUDGED, verdict=EvidenceVerdict.RETURNED),)}, Stage.ASSIGNED),
        ({"evidence": (replace(JUDGED, withdrawn=True),)}, Stage.ASSIGNED),
        ({"evidence": (replace(JUDGED, submitted_on=None),)}, Stage.ASSIGNED),
        ({"evidence": (replace(CLAIM, submitted_on=None),)}, Stage.ASSIGNED),
        ({"lead": None, "closure": SUPERSEDED}, Stage.CLOSED),
        ({"closure": IMPLEMENTED, "impact": Impact.NOT_EMBEDDED}, Stage.CLOSED),
        ({"closure": IMPLEMENTED, "impact": Impact.PARTLY_EMBEDDED}, Stage.IMPACT_VERIFIED),
        ({"closure": IMPLEMENTED, "impact": Impact.EMBEDDED}, Stage.IMPACT_VERIFIED),
    ],
)
def test_the_stage_is_read_from_what_stands(changes: dict[str, Any], stage: Stage) -> None:
    assert lifecycle.stage(life(**changes)) is stage


@pytest.mark.parametrize("day", [date(2023, 12, 31), RAISED, DUE])
def test_nothing_is_overdue_by_its_due_date(day: date) -> None:
    assert lifecycle.days_overdue(life(), day) == 0


def test_what_is_closed_awaits_no_verdict_and_its_claim_awaits_again_after_a_reopening() -> None:
    claimed = life(evidence=(replace(CLAIM, submitted_on=DAY), CLAIM, JUDGED))
    assert lifecycle.awaiting_since(claimed) == DUE
    assert lifecycle.verdicts(claimed) == {EvidenceVerdict.AWAITING, EvidenceVerdict.ACCEPTED}
    for closure in (SUPERSEDED, IMPLEMENTED):
        closed = replace(claimed, closure=closure)
        assert (lifecycle.awaiting_review(closed), lifecycle.awaiting_since(closed)) == (False, None)
        assert lifecycle.verdicts(closed) == {EvidenceVerdict.AWAITING, EvidenceVerdict.ACCEPTED}
    reopened = replace(claimed, evidence=(replace(CLAIM, counts=False),))
    assert (lifecycle.awaiting_review(reopened), lifecycle.awaiting_since(reopened)) == (True, DUE)


def test_evidence_is_found_by_the_verdict_that_it_is_shown_with_withdrawn_or_not_once_it_is_filed() -> None:
    assert lifecycle.verdicts(life(evidence=(replace(JUDGED, submitted_on=None),))) == set()
    assert lifecycle.verdicts(life(evidence=(replace(CLAIM, withdrawn=True),))) == {EvidenceVerdict.AWAITING}
    returned = replace(CLAIM, verdict=EvidenceVerdict.RETURNED)
    assert lifecycle.verdicts(life(evidence=(returned,))) == {EvidenceVerdict.RETURNED}
