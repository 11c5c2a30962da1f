"""Raising, assigning, transferring and reporting progress."""

from typing import Any

import pytest

from domain.agency.commands import MergeAgencies
from domain.lifecycle.commands import Assign, GrantExtension, ReportProgress, RequestExtension, Transfer
from domain.lifecycle.events import ProgressReported, Transferred
from domain.lifecycle.state import open_on, stage, unassigned
from domain.recommendation.commands import RaiseRecommendation, Respond
from domain.replay import replay
from domain.shared import refusals
from domain.shared.vocabulary import Answer, Kind, Rag, Stage
from support.in_memory_register import Story


def test_a_recommendation_is_numbered_within_its_review(story: Story) -> None:
    review = story.a_review()
    first = story.a_recommendation(review_id=review)
    second = story.a_recommendation(review_id=review)
    reference = story.review(review).reference
    assert story.recommendation(first).reference == f"{reference}/1"
    assert story.recommendation(second).reference == f"{reference}/2"
    assert story.review(review).recommendations == 2


def test_an_action_is_numbered_within_its_recommendation(story: Story) -> None:
    above = story.a_recommendation()
    story.an_action(recommendation_id=above)
    second = story.an_action(recommendation_id=above)
    assert story.action(second).reference == f"{story.recommendation(above).reference}/A2"
    assert story.action(second).reporting == story.recommendation(above).reporting


def test_proposing_a_lead_addresses_it_and_assigns_nobody(story: Story) -> None:
    raised = story.recommendation(story.a_recommendation(lead_agency="police"))
    assert raised.life.addressed_to == ("police",)
    assert (raised.life.lead, stage(raised.life), unassigned(raised.life)) == (None, Stage.RAISED, True)


@pytest.mark.parametrize(
    ("field", "value", "refusal"),
    [
        ("lead_agency", "the-moon", refusals.UnknownAgency),
        ("addressed_to", ("the-moon",), refusals.UnknownAgency),
        ("themes", ("astronomy",), refusals.UnknownTheme),
        ("learning", ("00000000-0000-0000-0000-000000000001",), refusals.Invalid),
    ],
)
def test_a_recommendation_names_only_what_is_known(
    story: Story, field: str, value: object, refusal: type[refusals.Refusal]
) -> None:
    asked = {"review_id": story.a_review(), "wording": "Share the chronology", field: value}
    assert story.refused(refusal, RaiseRecommendation.model_validate(asked)).field


def test_a_recommendation_of_no_review_is_not_found(story: Story) -> None:
    above = story.a_recommendation()
    story.refused(refusals.NotFound, RaiseRecommendation(review_id=above, wording="Share"))


def test_assigning_opens_it_and_keeps_the_first_due_date_for_good(story: Story, kind: Kind) -> None:
    thing, neighbour = story.assigned(kind, due=30), story.assigned(kind, due=30)
    story.assign(kind, thing, "health", due=90)
    life = story.state(kind, thing).life
    assert (stage(life), life.lead, life.due_on, life.first_due_on) == (
        Stage.ASSIGNED,
        "health",
        story.on(90),
        story.on(30),
    )
    assert open_on(life, story.today)
    assert story.state(kind, neighbour).life.lead == "police"


def test_assigning_to_the_same_lead_never_moves_the_due_date(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, due=30)
    again = Assign(kind=kind, id=thing, lead_agency="police", due_on=story.on(60))
    assert story.refused(refusals.Invalid, again).field == ("dueOn",)


def test_the_same_lead_may_be_given_helpers_after_its_due_date(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, due=30)
    story.day = 40
    story.assign(kind, thing, due=30, contributing_agencies=("health", "police", "health"))
    assert story.state(kind, thing).life.contributing == ("health",)


def test_assigning_what_stands_says_nothing_new(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    assert story.when(Assign(kind=kind, id=thing, lead_agency="police", due_on=story.on(60))) == []


def test_a_lead_officer_and_contributors_are_named_anew_whatever_has_been_accepted(story: Story, kind: Kind) -> None:
    """By assigning it to the same lead again; the due date stays, as it was extended."""
    thing = story.assigned(kind, lead_officer="Officer A", contributing_agencies=("health",))
    story.accept(kind, thing, story.submit(kind, thing, claims_complete=False))
    story.when(RequestExtension(kind=kind, id=thing, until=story.on(90), reason="Illness"), story.agency("police"))
    story.when(GrantExtension(kind=kind, id=thing), story.body)
    story.day = 20
    asked = {"kind": kind, "id": thing, "lead_agency": "police", "lead_officer": "Officer B"}
    named = asked | {"contributing_agencies": ("schools",), "happened_on": story.on(15)}
    later = Assign.model_validate(named | {"due_on": story.on(91)})
    assert story.refused(refusals.Invalid, later).field == ("dueOn",)
    story.when(Assign.model_validate(named | {"due_on": story.on(90)}))
    life = story.state(kind, thing).life
    assert (life.lead, life.lead_officer, life.contributing) == ("police", "Officer B", ("schools",))
    assert (life.first_due_on, life.due_on, stage(life)) == (story.on(60), story.on(90), Stage.EVIDENCED)
    before: Any = replay(kind, [each for each in story.streams[kind, thing] if each.fact.happened_on < story.on(15)])
    assert before.life.lead_officer == "Officer A"


def test_a_transfer_clears_the_lead_officer_and_another_is_named(story: Story, kind: Kind) -> None:
    thing, neighbour = (story.assigned(kind, lead_officer="Officer A") for _ in range(2))
    story.accept(kind, thing, story.submit(kind, thing))
    story.when(Transfer(kind=kind, id=thing, to_agency="health", reason="The team moved"))
    assert story.state(kind, thing).life.lead_officer is None
    assert story.state(kind, neighbour).life.lead_officer == "Officer A"
    story.assign(kind, thing, "health", lead_officer="Officer C")
    assert story.state(kind, thing).life.lead_officer == "Officer C"


def test_a_merger_leaves_the_lead_officer(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, "housing", lead_officer="Officer A")
    story.when(MergeAgencies(key="housing", into="health"), story.administrator)
    assert story.state(kind, thing).life.lead_officer == "Officer A"


@pytest.mark.parametrize("by", [Transfer, Assign])
def test_it_moves_no_earlier_than_what_its_lead_has_asked_or_answered(story: Story, by: Any) -> None:
    """Progress never blocks; what another agency was asked for and answered does not either."""
    query_context, answering, reporting = (
        story.assign(Kind.RECOMMENDATION, story.a_recommendation(addressed_to=("schools",))) for _ in range(3)
    )
    story.day = 5
    about = {"kind": Kind.RECOMMENDATION}
    until = {"until": story.on(90), "reason": "Illness"}
    story.when(RequestExtension.model_validate(about | {"id": query_context} | until), story.agency("police"))
    story.when(Respond(id=answering, answer=Answer.NOT_ACCEPTED, reason="Not ours"), story.agency("police"))
    story.when(ReportProgress(kind=Kind.RECOMMENDATION, id=reporting, narrative="Begun"), story.agency("police"))
    story.when(Respond(id=reporting, answer=Answer.ACCEPTED), story.agency("schools"))
    told = {"to_agency": "health", "reason": "Moved"} if by is Transfer else {"lead_agency": "health"}
    due = {} if by is Transfer else {"due_on": story.on(60)}
    for thing in (query_context, answering):
        early = by.model_validate(about | {"id": thing, "happened_on": story.on(4)} | told | due)
        assert story.refused(refusals.DateOutOfOrder, early).field == ("happenedOn",)
        story.when(early.model_copy(update={"happened_on": story.on(5)}))
    story.when(by.model_validate(about | {"id": reporting, "happened_on": story.on(4)} | told | due))


def test_it_is_not_assigned_to_another_once_evidence_is_accepted(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.accept(kind, thing, story.submit(kind, thing))
    again = Assign(kind=kind, id=thing, lead_agency="health", due_on=story.on(60))
    story.refused(refusals.EvidenceAlreadyJudged, again)


def test_what_is_closed_is_neither_assigned_nor_transferred(story: Story, kind: Kind) -> None:
    thing = story.implemented(kind)
    again = Assign(kind=kind, id=thing, lead_agency="health", due_on=story.on(60))
    story.refused(refusals.AlreadyClosed, again)
    story.refused(refusals.AlreadyClosed, Transfer(kind=kind, id=thing, to_agency="health", reason="Moved"))


def test_a_transfer_moves_the_lead_and_not_the_due_date(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, contributing_agencies=("health", "housing"))
    decided = story.when(Transfer(kind=kind, id=thing, to_agency="health", reason="Commissioning moved"))
    fact = decided[0][2]
    assert isinstance(fact, Transferred)
    assert (fact.from_agency, fact.to_agency) == ("police", "health")
    life = story.state(kind, thing).life
    assert (life.lead, life.contributing, life.due_on) == ("health", ("housing",), story.on(60))


def test_a_transfer_needs_a_reason_and_another_agency(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.refused(refusals.ReasonRequired, Transfer(kind=kind, id=thing, to_agency="health", reason="  "))
    story.refused(refusals.Invalid, Transfer(kind=kind, id=thing, to_agency="police", reason="Moved"))
    story.refused(refusals.UnknownAgency, Transfer(kind=kind, id=thing, to_agency="the-moon", reason="Moved"))


def test_what_nobody_leads_is_not_transferred_and_makes_no_progress(story: Story) -> None:
    thing = story.a_recommendation()
    moved = Transfer(kind=Kind.RECOMMENDATION, id=thing, to_agency="health", reason="Moved")
    story.refused(refusals.NotAssigned, moved)
    story.refused(refusals.NotAssigned, ReportProgress(kind=Kind.RECOMMENDATION, id=thing, narrative="On the way"))


def test_a_merged_agency_takes_on_nothing_new_but_an_import_may_tell_of_it(story: Story) -> None:
    """On the day of the merger that goes on with the successor, like all else that the agency led."""
    thing = story.an_action()
    story.day = 5
    story.merge_agencies("housing", into="health")
    assign = Assign(kind=Kind.ACTION, id=thing, lead_agency="housing", due_on=story.on(9))
    story.refused(refusals.UnknownAgency, assign)
    story.when(assign.model_copy(update={"imported": True, "happened_on": story.on(2)}))
    life = story.action(thing).life
    assert (life.lead_on(story.on(2)), life.lead_on(story.on(5)), life.lead) == ("housing", "health", "health")


def test_progress_recorded_on_paper_names_the_agency(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, contributing_agencies=("health",))
    paper = ReportProgress(kind=kind, id=thing, narrative="Half way", rag=Rag.AMBER, percent_complete=50)
    by_lead = story.when(paper)[0][2]
    by_other = story.when(paper.model_copy(update={"agency": "health"}))[0][2]
    assert isinstance(by_lead, ProgressReported)
    assert isinstance(by_other, ProgressReported)
    assert (by_lead.agency, by_other.agency) == ("police", "health")
    story.refused(refusals.Invalid, paper.model_copy(update={"agency": "housing"}))


def test_progress_before_the_closing_may_be_told_late_but_none_after_it(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.day = 10
    story.implement(kind, thing)
    progress = ReportProgress(kind=kind, id=thing, narrative="Half way", happened_on=story.on(9))
    story.when(progress)
    story.refused(refusals.AlreadyClosed, progress.model_copy(update={"happened_on": story.on(10)}))
