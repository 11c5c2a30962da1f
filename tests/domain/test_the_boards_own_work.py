"""What the board itself must do is judged by the independent chair, and the fact says so."""

import pytest

from domain.agency.commands import AddAgency
from domain.lifecycle import commands as life
from domain.shared import refusals
from domain.shared.actor import Caller
from domain.shared.vocabulary import AgencyKind, ClosureOutcome, Impact, Kind, Role
from support.in_memory_register import Story


@pytest.fixture(params=[Kind.ACTION, Kind.RECOMMENDATION])
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


@pytest.fixture
def story(story: Story) -> Story:
    story.caller = story.administrator
    story.when(AddAgency(key="the-board", name="The board itself", agency_kind=AgencyKind.BOARD))
    story.caller = story.unit
    return story


def test_no_body_judges_what_the_board_leads_and_the_chair_does(story: Story, kind: Kind) -> None:
    thing, neighbour = story.assigned(kind, "the-board"), story.assigned(kind, "police")
    evidence = {each: story.submit(kind, each, claims_complete=True) for each in (thing, neighbour)}
    for judge in (life.AcceptEvidence, life.ReturnEvidence):
        words = {"reason": "No names"} if judge is life.ReturnEvidence else {}
        asked = judge.model_validate({"kind": kind, "id": thing, "evidence_id": evidence[thing], **words})
        refusal = story.refused(refusals.NotIndependent, asked, story.body)
        assert "the independent chair" in refusal.message
    story.when(life.AcceptEvidence(kind=kind, id=neighbour, evidence_id=evidence[neighbour]), story.body)
    story.when(life.AcceptEvidence(kind=kind, id=thing, evidence_id=evidence[thing]), story.chair)
    assert story.facts(kind, thing)[-1].by.role is Role.CHAIR
    close = life.Close(kind=kind, id=thing, outcome=ClosureOutcome.IMPLEMENTED)
    story.refused(refusals.NotIndependent, close, story.body)
    story.when(close, story.chair)
    verify = life.VerifyImpact(kind=kind, id=thing, finding=Impact.EMBEDDED, measure="An audit")
    story.refused(refusals.NotIndependent, verify, story.body)
    story.when(verify, story.chair)


def test_a_chair_who_belongs_to_the_board_does_not_judge_it_either(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, "the-board")
    accept = life.AcceptEvidence(kind=kind, id=thing, evidence_id=story.submit(kind, thing, claims_complete=True))
    story.refused(refusals.NotIndependent, accept, Caller("chair", Role.CHAIR, agency="the-board"))


def test_what_the_board_went_on_in_is_the_boards_own(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, "the-board")
    evidence = story.submit(kind, thing, claims_complete=True)
    story.merge_agencies("the-board", into="housing")
    accept = life.AcceptEvidence(kind=kind, id=thing, evidence_id=evidence)
    story.refused(refusals.NotIndependent, accept, story.body)
    story.when(accept, story.chair)
