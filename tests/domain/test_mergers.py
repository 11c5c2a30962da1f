"""A merger of agencies moves what is open, keeps the old name in the past, and is looked through."""

from typing import Any
from uuid import UUID

import pytest

from domain.agency.commands import MergeAgencies
from domain.authority import answers_for
from domain.challenge.commands import IssueChallenge, WithdrawChallenge
from domain.challenge.events import Subject
from domain.lifecycle import commands as life
from domain.lifecycle.events import Transferred
from domain.lifecycle.state import lead_answer, overdue
from domain.recommendation.commands import Respond
from domain.shared import refusals
from domain.shared.facts import Decided
from domain.shared.vocabulary import Answer, Impact, Kind
from support.in_memory_register import Story


def merge(story: Story, key: str = "police", into: str = "health", **fields: Any) -> list[Decided]:
    return story.when(MergeAgencies.model_validate({"key": key, "into": into} | fields), story.administrator)


def a_challenge(story: Story, kind: Kind, thing: UUID, agency: str = "police") -> UUID:
    asked = {"agency": agency, "subjects": (Subject(kind=kind, id=thing),), "grounds": "Late"}
    return story.create(IssueChallenge.model_validate(asked), story.chair)


def test_open_items_and_challenges_move_and_their_neighbours_stay(story: Story, kind: Kind) -> None:
    led, neighbour = story.assigned(kind), story.assigned(kind, lead="schools")
    challenge, other = a_challenge(story, kind, led), a_challenge(story, kind, neighbour, "schools")
    merge(story)
    assert story.state(kind, led).life.lead == "health"
    assert story.challenge(challenge).agency == "health"
    assert (story.state(kind, neighbour).life.lead, story.challenge(other).agency) == ("schools", "schools")


def test_a_pending_extension_and_the_due_dates_move_along(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, due=10)
    asked = life.RequestExtension(kind=kind, id=thing, until=story.on(20), reason="Illness")
    story.when(asked, story.agency("police"))
    before = story.state(kind, thing).life
    merge(story)
    after = story.state(kind, thing).life
    assert (after.extension, after.due_on, after.first_due_on) == (before.extension, before.due_on, before.first_due_on)


def test_what_is_closed_or_ended_keeps_the_old_name(story: Story, kind: Kind) -> None:
    closed = story.implemented(kind)
    subject = story.assigned(kind)
    ended = a_challenge(story, kind, subject)
    story.when(WithdrawChallenge(id=ended, reason="Put right"), story.chair)
    merge(story)
    assert story.state(kind, closed).life.lead == "police"
    assert story.challenge(ended).agency == "police"


def test_a_contributor_moves_and_contributes_once(story: Story, kind: Kind) -> None:
    beside = story.assigned(kind, lead="schools", contributing_agencies=("police", "health"))
    below = story.assigned(kind, lead="health", contributing_agencies=("police", "schools"))
    merge(story)
    assert story.state(kind, beside).life.contributing == ("health",)
    assert (story.state(kind, below).life.lead, story.state(kind, below).life.contributing) == ("health", ("schools",))


def test_an_answer_of_the_merged_agency_stands_for_its_successor(story: Story) -> None:
    asked, answered = (story.a_recommendation(addressed_to=("police", "schools")) for _ in range(2))
    story.when(Respond(id=answered, answer=Answer.NOT_ACCEPTED, reason="Not ours"), story.agency("police"))
    merge(story)
    assert story.recommendation(asked).life.addressed_to == ("health", "schools")
    assert story.recommendation(asked).life.responses == {}
    assert story.recommendation(answered).life.responses == {"police": Answer.NOT_ACCEPTED}
    story.assign(Kind.RECOMMENDATION, answered, "health")
    assert lead_answer(story.recommendation(answered).life) is Answer.NOT_ACCEPTED
    story.when(Respond(id=asked, answer=Answer.ACCEPTED), story.agency("health"))
    assert story.recommendation(asked).life.responses == {"health": Answer.ACCEPTED}


def test_a_merger_dated_back_keeps_the_order_of_what_was_recorded_since(story: Story, kind: Kind) -> None:
    early = story.assigned(kind)
    story.day = 5
    late = story.assigned(kind)
    story.day = 9
    decided = merge(story, happened_on=story.on(3))
    days = {thing: fact.happened_on for _, thing, fact in decided if isinstance(fact, Transferred)}
    assert decided[0][2].happened_on == story.on(3)
    assert (days[early], days[late]) == (story.on(3), story.on(5))


def test_independence_looks_through_a_merger(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    merge(story)
    evidence = story.submit(kind, thing, by="health")
    asked = life.AcceptEvidence(kind=kind, id=thing, evidence_id=evidence)
    for agency in ("police", "health"):
        story.refused(refusals.NotIndependent, asked, story.member_from(agency))
    story.when(asked, story.member_from("schools"))


def test_two_agencies_that_have_gone_on_in_the_same_do_not_judge_each_other(story: Story, kind: Kind) -> None:
    closed = story.implement(kind, story.assigned(kind))
    for key in ("police", "health"):
        merge(story, key, "housing")
    verify = life.VerifyImpact(kind=kind, id=closed, finding=Impact.EMBEDDED, measure="Audit")
    for own in ("police", "health", "housing"):
        story.refused(refusals.NotIndependent, verify, story.member_from(own))
    story.when(verify, story.member_from("schools"))


def test_a_merged_agency_takes_on_nothing_new(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, lead="schools")
    merge(story)
    asked = life.Transfer(kind=kind, id=thing, to_agency="police", reason="Moved")
    story.refused(refusals.UnknownAgency, asked, story.unit)


def test_what_nobody_led_when_agencies_merged_is_of_whoever_led_it_first(story: Story) -> None:
    thing = story.a_recommendation(addressed_to=("police",))
    merge(story)
    story.day = 5
    story.assign(Kind.RECOMMENDATION, thing, lead="schools")
    assert story.recommendation(thing).life.lead_on(story.on(3)) == "schools"


def test_a_member_answers_for_their_agency_and_its_kin_known_to_the_register_or_not(story: Story) -> None:
    merge(story)
    agencies = story.context(MergeAgencies(key="police", into="health")).agencies
    answers = {agency: answers_for(agency, agencies) for agency in ("police", "schools", "fire", None)}
    assert answers == {"police": {"police", "health"}, "schools": {"schools"}, "fire": {"fire"}, None: set()}


def test_what_moved_once_moves_on_with_the_next_merger(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    merge(story)
    merge(story, "health", "schools")
    assert story.state(kind, thing).life.lead == "schools"


@pytest.mark.parametrize(
    ("key", "into", "refusal", "field"),
    [
        ("moon", "health", refusals.UnknownAgency, "key"),
        ("police", "moon", refusals.UnknownAgency, "into"),
        ("police", "police", refusals.Invalid, "into"),
        ("schools", "housing", refusals.Invalid, "into"),
        ("police", "housing", refusals.UnknownAgency, "into"),
        ("housing", "police", refusals.Invalid, "key"),
    ],
)
def test_a_merger_that_makes_no_sense_is_refused(
    story: Story, key: str, into: str, refusal: type[refusals.Refusal], field: str
) -> None:
    merge(story, "housing", "schools")
    story.assigned(Kind.ACTION)
    asked = MergeAgencies(key=key, into=into)
    assert story.refused(refusal, asked, story.administrator).field == (field,)


def test_a_merger_is_the_administrators_and_never_to_come(story: Story) -> None:
    asked = MergeAgencies(key="police", into="health", happened_on=story.on(1))
    story.refused(refusals.DateInFuture, asked, story.administrator)
    for caller in (story.unit, story.chair, story.body, story.inspector):
        story.refused(refusals.NotPermitted, asked, caller)


def test_a_merger_is_recorded_once(story: Story) -> None:
    story.assigned(Kind.ACTION)
    assert merge(story)
    assert merge(story) == []


def reopened_after_its_lead_merged(story: Story, kind: Kind) -> UUID:
    """Closed by police, reopened until day 20 once police have gone on in health; late on day 30."""
    thing = story.implemented(kind)
    merge(story)
    reopen = life.Reopen(kind=kind, id=thing, reason="It happened again", due_on=story.on(20))
    story.when(reopen, story.body)
    story.day = 30
    return thing


def test_what_was_reopened_late_is_assigned_to_the_successor_without_moving_its_due_date(
    story: Story, kind: Kind
) -> None:
    thing = reopened_after_its_lead_merged(story, kind)
    later = life.Assign(kind=kind, id=thing, lead_agency="health", due_on=story.on(90))
    assert story.refused(refusals.Invalid, later, story.unit).field == ("dueOn",)
    story.assign(kind, thing, "health", due=20)
    state = story.state(kind, thing).life
    assert (state.lead, state.due_on, overdue(state, story.today)) == ("health", story.on(20), True)


def test_what_was_reopened_after_a_merger_is_assigned_anew_to_another_agency(story: Story, kind: Kind) -> None:
    thing = reopened_after_its_lead_merged(story, kind)
    past = life.Assign(kind=kind, id=thing, lead_agency="schools", due_on=story.on(20))
    story.refused(refusals.DueDateInPast, past, story.unit)
    story.assign(kind, thing, "schools", due=90)
    assert story.state(kind, thing).life.due_on == story.on(90)
