"""An agency answers under every key by which it was asked; its answer is a decision by itself."""

from typing import Any
from uuid import UUID

import pytest

from domain.action.commands import RaiseAction
from domain.agency.commands import MergeAgencies
from domain.challenge.commands import IssueChallenge
from domain.challenge.events import Subject
from domain.correction.commands import Correct
from domain.lifecycle.commands import Close, Reopen, Transfer
from domain.lifecycle.state import lead_answer, refused_on
from domain.recommendation.commands import Respond
from domain.recommendation.decide import respond
from domain.recommendation.events import Responded
from domain.recommendation.state import Recommendation
from domain.recommendation.state import refusals as standing_refusals
from domain.shared import refusals
from domain.shared.facts import Fact
from domain.shared.vocabulary import Answer, ClosureOutcome, Kind, Role
from support.in_memory_register import Story


def answered(facts: list[Fact]) -> tuple[str, str | None]:
    """As whom, each named once, and why."""
    told = [fact for fact in facts if isinstance(fact, Responded)]
    (reason,) = {fact.reason for fact in told}
    return ", ".join(fact.agency for fact in told), reason


@pytest.mark.parametrize(
    ("asked", "answers_as"),
    [
        (("housing",), "housing"),
        (("health", "housing"), "health, housing"),
        (("schools", "housing"), "housing, schools"),
        (("police", "health"), "health, police"),
    ],
)
def test_the_successor_answers_for_itself_and_for_whoever_was_asked(
    story: Story, asked: tuple[str, ...], answers_as: str
) -> None:
    thing = story.a_recommendation(addressed_to=asked)
    for merged in ("housing", "schools", "police"):
        story.merge_agencies(merged, into="health")
    command = Respond(id=thing, answer=Answer.ACCEPTED, reason=" ")
    assert answered([fact for _, _, fact in story.when(command, story.agency("health"))]) == (answers_as, None)


def test_a_closed_recommendation_is_answered_no_more(story: Story) -> None:
    thing = story.a_recommendation(addressed_to=("health",))
    story.when(Close(kind=Kind.RECOMMENDATION, id=thing, outcome=ClosureOutcome.SUPERSEDED), story.body)
    story.refused(refusals.AlreadyClosed, Respond(id=thing, answer=Answer.ACCEPTED), story.agency("health"))


def test_an_answer_is_an_agencys_within_the_life_of_what_it_answers(story: Story) -> None:
    state = story.recommendation(story.a_recommendation(addressed_to=("health",)))
    asked = Respond(id=story.a_review(), answer=Answer.ACCEPTED)
    story.caller = story.chair
    with pytest.raises(refusals.NotPermitted):
        respond(state, asked, story.context(asked))
    story.caller = story.agency("police")
    assert answered(respond(state, asked, story.context(asked))) == ("police", None)
    for day, refusal in ((1, refusals.DateInFuture), (-1, refusals.DateBeforeStart)):
        dated = asked.model_copy(update={"happened_on": story.on(day)})
        with pytest.raises(refusal):
            respond(state, dated, story.context(dated))


def test_who_may_answer_is_whom_it_is_addressed_to_and_its_lead(story: Story) -> None:
    thing = story.a_recommendation(addressed_to=("health",))
    assert story.recommendation(thing).may_answer == ("health",)
    story.assign(Kind.RECOMMENDATION, thing)
    assert story.recommendation(thing).may_answer == ("health", "police")
    assert Recommendation().may_answer == ()


def test_of_two_that_became_one_each_question_is_put_once_and_its_own_answer_stands(story: Story) -> None:
    thing = story.a_recommendation(addressed_to=("housing", "police", "health"))
    answers = {"health": Answer.NOT_ACCEPTED, "housing": Answer.ACCEPTED, "police": Answer.ACCEPTED}
    for key, answer in answers.items():
        told = {"id": thing, "answer": answer, "reason": "As minuted"}
        story.when(Respond.model_validate(told), story.agency(key))
    story.when(MergeAgencies(key="housing", into="health"), story.administrator)
    state = story.recommendation(thing).life
    assert (state.lead, state.addressed_to) == (None, ("health", "police"))
    assert state.responses == answers


def test_asked_by_both_keys_it_answers_by_both_whichever_comes_first(story: Story) -> None:
    thing = story.a_recommendation(addressed_to=("schools", "housing"))
    story.merge_agencies("housing", into="schools")
    command = Respond(id=thing, answer=Answer.ACCEPTED)
    assert answered([fact for _, _, fact in story.when(command, story.agency("schools"))]) == ("housing, schools", None)


def merged_while_closed(story: Story, **fields: Any) -> UUID:
    """Housing and the police have gone on in health; reopened, it asks what they have become."""
    thing = story.assign(Kind.RECOMMENDATION, story.a_recommendation(response_due_on=story.on(10), **fields), "housing")
    story.when(Respond(id=thing, answer=Answer.ACCEPTED), story.agency("housing"))
    story.when(Close(kind=Kind.RECOMMENDATION, id=thing, outcome=ClosureOutcome.SUPERSEDED), story.body)
    for merged in ("housing", "police"):
        story.when(MergeAgencies(key=merged, into="health"), story.administrator)
    story.day = 4
    story.when(Reopen(kind=Kind.RECOMMENDATION, id=thing, reason="Again", due_on=story.on(90)), story.body)
    return thing


@pytest.mark.parametrize("asked", [("housing", "police"), ("police", "health"), ("schools", "housing", "health")])
def test_one_answer_answers_every_question_to_what_has_become_the_agency(story: Story, asked: tuple[str, ...]) -> None:
    thing = merged_while_closed(story, addressed_to=asked)
    told = {"id": thing, "answer": Answer.NOT_ACCEPTED, "reason": "No funds"}
    decided = story.when(Respond.model_validate(told), story.agency("health"))
    assert [fact.agency for _, _, fact in decided if isinstance(fact, Responded)] == ["health"]
    state = story.recommendation(thing)
    assert {*state.may_answer} - {"schools"} == {"health"}
    assert state.life.responses == {"housing": Answer.ACCEPTED, "health": Answer.NOT_ACCEPTED}
    assert lead_answer(state.life) is Answer.NOT_ACCEPTED
    raising = RaiseAction(recommendation_id=thing, wording="Train")
    story.refused(refusals.NotPermitted, raising, story.agency("health"))


@pytest.mark.parametrize(
    ("raised", "asked_before", "asked_after"),
    [
        ({"lead_agency": "health"}, ("health",), ("police",)),
        ({"lead_agency": "health", "addressed_to": ("health",)}, ("health",), ("health", "police")),
        ({"lead_agency": "health", "addressed_to": ("schools",)}, ("schools",), ("schools", "police")),
        ({"lead_agency": "police"}, ("police",), ("police",)),
    ],
)
def test_a_proposed_lead_that_somebody_else_replaced_is_not_asked(
    story: Story, raised: dict[str, Any], asked_before: tuple[str, ...], asked_after: tuple[str, ...]
) -> None:
    thing = story.a_recommendation(**raised)
    assert story.recommendation(thing).may_answer == asked_before
    story.assign(Kind.RECOMMENDATION, thing, "police")
    assert story.recommendation(thing).may_answer == asked_after
    if "health" not in asked_after:
        story.refused(refusals.NotPermitted, Respond(id=thing, answer=Answer.ACCEPTED), story.agency("health"))


def test_a_proposed_lead_that_has_gone_on_in_another_is_replaced_under_its_new_name(story: Story) -> None:
    thing = story.a_recommendation(lead_agency="housing")
    story.when(MergeAgencies(key="housing", into="health"), story.administrator)
    assert story.recommendation(thing).may_answer == ("health",)
    story.assign(Kind.RECOMMENDATION, thing, "police")
    assert story.recommendation(thing).may_answer == ("police",)


def refusing(story: Story, lead: str | None = "police") -> UUID:
    """The police accept nothing, on day 3; whether they lead it or are only asked."""
    thing = story.a_recommendation(addressed_to=() if lead else ("police",))
    if lead:
        story.assign(Kind.RECOMMENDATION, thing, lead)
    story.day = 3
    story.when(Respond(id=thing, answer=Answer.NOT_ACCEPTED, reason="No funds"), story.agency("police"))
    return thing


def standing(story: Story, thing: UUID) -> dict[str, int]:
    """By agency the day of the answer that waits for the board."""
    start = story.on(0)
    return {agency: (each.on - start).days for agency, each in standing_refusals(story.recommendation(thing)).items()}


def challenge(story: Story, thing: UUID) -> None:
    subjects = (Subject(kind=Kind.RECOMMENDATION, id=thing),)
    story.when(IssueChallenge(agency="police", subjects=subjects, grounds="It is needed"), story.chair)


@pytest.mark.parametrize("lead", ["police", None])
def test_what_an_agency_does_not_accept_stands_until_it_is_challenged(story: Story, lead: str | None) -> None:
    thing, neighbour = refusing(story, lead), refusing(story, lead)
    assert standing(story, thing) == {"police": 3}
    challenge(story, thing)
    assert (standing(story, thing), standing(story, neighbour)) == ({}, {"police": 3})
    story.day = 5
    story.when(Respond(id=thing, answer=Answer.NOT_ACCEPTED, reason="Still none"), story.agency("police"))
    assert standing(story, thing) == {"police": 5}


def test_it_stands_until_another_agency_leads(story: Story) -> None:
    assigned, transferred, only_asked = refusing(story), refusing(story), refusing(story, None)
    story.assign(Kind.RECOMMENDATION, assigned, "health")
    story.when(Transfer(kind=Kind.RECOMMENDATION, id=transferred, to_agency="health", reason="As agreed"))
    story.assign(Kind.RECOMMENDATION, only_asked, "health")
    assert [standing(story, each) for each in (assigned, transferred, only_asked)] == [{}, {}, {}]


def test_given_to_the_agency_that_did_not_accept_it_it_stands(story: Story) -> None:
    thing = refusing(story, None)
    story.assign(Kind.RECOMMENDATION, thing, "police")
    story.assign(Kind.RECOMMENDATION, thing, "police", contributing_agencies=("health",))
    assert standing(story, thing) == {"police": 3}


def test_it_stands_until_the_agency_answers_otherwise(story: Story) -> None:
    thing = refusing(story)
    story.when(Respond(id=thing, answer=Answer.ACCEPTED_IN_PRINCIPLE), story.agency("police"))
    assert standing(story, thing) == {}


def test_it_stands_until_it_is_closed_and_again_when_it_is_reopened(story: Story) -> None:
    thing = refusing(story)
    story.when(Close(kind=Kind.RECOMMENDATION, id=thing, outcome=ClosureOutcome.SUPERSEDED), story.body)
    assert standing(story, thing) == {}
    story.when(Reopen(kind=Kind.RECOMMENDATION, id=thing, reason="Again", due_on=story.on(90)), story.body)
    assert standing(story, thing) == {"police": 3}


def test_what_a_merged_agency_did_not_accept_stands_for_the_one_that_it_went_on_in(story: Story) -> None:
    thing = refusing(story)
    story.when(MergeAgencies(key="police", into="health"), story.administrator)
    assert standing(story, thing) == {"health": 3}
    story.when(Respond(id=thing, answer=Answer.ACCEPTED), story.agency("health"))
    assert standing(story, thing) == {}


def on_paper(story: Story, thing: UUID, **fields: Any) -> str:
    """Whose answer the business unit has recorded."""
    told = {"id": thing, "answer": Answer.ACCEPTED, "received_from": "DI Hart, by letter"} | fields
    (recorded,) = [fact for _, _, fact in story.when(Respond.model_validate(told), story.unit)]
    assert isinstance(recorded, Responded)
    assert recorded.received_from == "DI Hart, by letter"
    assert (recorded.by.role, recorded.by.agency) == (Role.BUSINESS_UNIT, None)
    return recorded.agency


def test_the_business_unit_records_an_answer_on_paper_for_the_lead_or_whoever_it_names(story: Story) -> None:
    thing = story.a_recommendation(addressed_to=("health",))
    assert on_paper(story, thing) == "health"
    story.assign(Kind.RECOMMENDATION, thing, "police")
    assert on_paper(story, thing) == "police"
    assert on_paper(story, thing, agency="health", answer=Answer.NOT_ACCEPTED, reason="No funds") == "health"
    life = story.recommendation(thing).life
    assert life.responses == {"police": Answer.ACCEPTED, "health": Answer.NOT_ACCEPTED}


def test_paper_is_dated_as_it_was_given_and_may_be_of_before_the_assignment(story: Story) -> None:
    thing = story.a_recommendation()
    story.day = 20
    story.assign(Kind.RECOMMENDATION, thing, "police", due=30)
    on_paper(story, thing, happened_on=story.on(5), answer=Answer.NOT_ACCEPTED, reason="No funds")
    assert refused_on(story.recommendation(thing).life) == story.on(5)
    told = {"id": thing, "answer": Answer.ACCEPTED, "happened_on": story.on(21)}
    story.refused(refusals.DateInFuture, Respond.model_validate(told), story.unit)


def test_paper_of_before_the_closing_is_recorded_after_it(story: Story) -> None:
    thing = story.a_recommendation(addressed_to=("health",))
    story.day = 9
    story.when(Close(kind=Kind.RECOMMENDATION, id=thing, outcome=ClosureOutcome.SUPERSEDED), story.body)
    assert on_paper(story, thing, happened_on=story.on(8)) == "health"
    late = Respond(id=thing, answer=Answer.ACCEPTED, happened_on=story.on(9))
    story.refused(refusals.AlreadyClosed, late, story.unit)


@pytest.mark.parametrize(
    ("asked", "fields", "refusal", "field"),
    [
        (("health", "police"), {}, refusals.Invalid, "agency"),
        ((), {}, refusals.Invalid, "agency"),
        (("health",), {"agency": "police"}, refusals.Invalid, "agency"),
        (("health",), {"agency": "nobody"}, refusals.UnknownAgency, "agency"),
    ],
)
def test_an_answer_on_paper_is_that_of_an_agency_that_is_asked(
    story: Story, asked: tuple[str, ...], fields: dict[str, Any], refusal: Any, field: str
) -> None:
    command = Respond.model_validate({"id": story.a_recommendation(addressed_to=asked), "answer": "ACCEPTED"} | fields)
    assert story.refused(refusal, command, story.unit).field == (field,)


@pytest.mark.parametrize("fields", [{"agency": "police"}, {"received_from": "Somebody"}])
def test_an_agency_answers_for_itself_and_from_nobody_else(story: Story, fields: dict[str, Any]) -> None:
    thing = story.a_recommendation(addressed_to=("health", "police"))
    command = Respond.model_validate({"id": thing, "answer": Answer.ACCEPTED} | fields)
    story.when(Respond(id=thing, answer=Answer.ACCEPTED, agency="health"), story.agency("health"))
    refusal = story.refused(refusals.Refusal, command, story.agency("health"))
    assert refusal.field == tuple("receivedFrom" if name == "received_from" else name for name in fields)


def test_what_was_answered_can_be_corrected_with_its_reason_in_place(story: Story) -> None:
    thing = story.a_recommendation(addressed_to=("health",))
    story.when(Respond(id=thing, answer=Answer.ACCEPTED), story.agency("health"))
    fact = story.streams[Kind.RECOMMENDATION, thing][-1].position

    def correct(field: str, value: str) -> Correct:
        told = {"field": field, "new_value": value, "reason": "As the letter says"}
        return Correct.model_validate({"kind": Kind.RECOMMENDATION, "id": thing, "event_id": fact} | told)

    story.refused(refusals.ReasonRequired, correct("answer", "NOT_ACCEPTED"), story.unit)
    story.when(correct("reason", "No funds"), story.unit)
    story.when(correct("answer", "NOT_ACCEPTED"), story.unit)
    assert story.recommendation(thing).life.responses == {"health": Answer.NOT_ACCEPTED}
