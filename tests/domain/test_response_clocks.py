"""By when an agency answers a recommendation: whoever is asked late is not late at once."""

from datetime import date
from uuid import UUID

from domain.agency.commands import MergeAgencies
from domain.lifecycle.commands import Close, Reopen, Transfer
from domain.recommendation.clocks import ResponseClock, ResponseRequests, requests_after, response_clocks
from domain.recommendation.commands import Respond
from domain.recommendation.state import Recommendation, evolve
from domain.shared.dates import overdue
from domain.shared.vocabulary import Answer, ClosureOutcome, Kind
from support.in_memory_register import Story


def in_order(story: Story, thing: UUID) -> tuple[ResponseClock, ...]:
    """As the facts recorded so far tell, in effective order."""
    requests, now = ResponseRequests(), Recommendation()
    for recorded in sorted(story.streams[Kind.RECOMMENDATION, thing], key=lambda each: each.fact.happened_on):
        now = evolve(now, recorded)
        requests = requests_after(requests, now, recorded)
    return response_clocks(requests, now)


def clocks(story: Story, thing: UUID) -> dict[str, ResponseClock]:
    return {clock.agency: clock for clock in in_order(story, thing)}


def late(story: Story, thing: UUID, day: date) -> set[str]:
    found = clocks(story, thing).values()
    return {clock.agency for clock in found if overdue(clock.due_on, clock.stopped_on, day)}


def query_context(story: Story, *agencies: str, due: int = 10) -> UUID:
    return story.a_recommendation(addressed_to=agencies, response_due_on=story.on(due))


def test_everybody_who_is_asked_has_a_clock_until_its_first_answer(story: Story) -> None:
    thing = query_context(story, "police", "health")
    story.day = 4
    story.when(Respond(id=thing, answer=Answer.ACCEPTED), story.agency("police"))
    story.day = 6
    story.when(Respond(id=thing, answer=Answer.NOT_ACCEPTED, reason="Funds"), story.agency("police"))
    assert clocks(story, thing) == {
        "police": ResponseClock("police", story.on(0), story.on(10), story.on(4)),
        "health": ResponseClock("health", story.on(0), story.on(10), None),
    }
    assert (late(story, thing, story.on(10)), late(story, thing, story.on(11))) == (set(), {"health"})


def test_without_a_day_for_the_answer_there_is_no_clock(story: Story) -> None:
    assert clocks(story, story.a_recommendation(addressed_to=("police",))) == {}


def test_a_lead_assigned_by_the_day_answers_by_it(story: Story) -> None:
    thing = query_context(story)
    story.day = 10
    story.assign(Kind.RECOMMENDATION, thing)
    assert clocks(story, thing) == {"police": ResponseClock("police", story.on(10), story.on(10))}


def test_a_lead_assigned_after_the_day_has_as_long_as_was_given_at_first(story: Story) -> None:
    thing = query_context(story, "health")
    story.day = 11
    story.assign(Kind.RECOMMENDATION, thing)
    assert clocks(story, thing)["police"] == ResponseClock("police", story.on(11), story.on(21))
    assert late(story, thing, story.on(12)) == {"health"}
    assert late(story, thing, story.on(21)) == {"health"}
    assert late(story, thing, story.on(22)) == {"health", "police"}


def test_whoever_is_asked_after_the_day_of_raising_on_which_all_were_to_answer_has_no_day_more(story: Story) -> None:
    thing = query_context(story, due=0)
    story.day = 1
    story.assign(Kind.RECOMMENDATION, thing)
    assert clocks(story, thing) == {"police": ResponseClock("police", story.on(1), story.on(1))}


def test_clocks_are_told_in_the_order_of_asking_and_of_one_day_by_the_agencies_keys(story: Story) -> None:
    thing = query_context(story, "schools", "police")
    story.day = 3
    story.assign(Kind.RECOMMENDATION, thing, "health")
    told = [(clock.started_on, clock.agency) for clock in in_order(story, thing)]
    assert told == [(story.on(0), "police"), (story.on(0), "schools"), (story.on(3), "health")]


def test_a_transferred_lead_leaves_its_clock_and_the_new_one_is_asked_then(story: Story) -> None:
    thing = query_context(story)
    story.assign(Kind.RECOMMENDATION, thing)
    story.day = 20
    story.when(Transfer(kind=Kind.RECOMMENDATION, id=thing, to_agency="health", reason="The team moved"))
    assert clocks(story, thing) == {"health": ResponseClock("health", story.on(20), story.on(30))}


def test_a_merger_gives_no_further_time(story: Story) -> None:
    thing, answered = query_context(story, "police", "schools"), query_context(story, "police")
    story.day = 3
    story.when(Respond(id=answered, answer=Answer.ACCEPTED), story.agency("police"))
    story.day = 20
    story.when(MergeAgencies(key="police", into="health"), story.administrator)
    assert late(story, thing, story.on(20)) == {"health", "schools"}
    assert clocks(story, thing)["health"].started_on == story.on(0)
    assert clocks(story, answered) == {"health": ResponseClock("health", story.on(0), story.on(10), story.on(3))}


def test_a_merged_agencys_answer_does_not_stand_for_one_that_has_answered_itself(story: Story) -> None:
    thing = query_context(story, "police", "health")
    for day, agency in ((3, "police"), (11, "health")):
        story.day = day
        story.when(Respond(id=thing, answer=Answer.ACCEPTED), story.agency(agency))
    story.when(MergeAgencies(key="police", into="health"), story.administrator)
    assert clocks(story, thing) == {"health": ResponseClock("health", story.on(0), story.on(10), story.on(11))}


def test_of_two_that_become_one_the_earlier_clock_goes_on(story: Story) -> None:
    thing = query_context(story, "police")
    story.day = 12
    story.assign(Kind.RECOMMENDATION, thing, "health")
    story.day = 15
    story.when(MergeAgencies(key="police", into="health"), story.administrator)
    assert clocks(story, thing) == {"health": ResponseClock("health", story.on(0), story.on(10))}


def test_closing_stops_what_was_not_answered_and_reopening_starts_it_again(story: Story) -> None:
    thing = query_context(story, "police")
    story.day = 15
    story.when(Close(kind=Kind.RECOMMENDATION, id=thing, outcome=ClosureOutcome.SUPERSEDED), story.body)
    assert clocks(story, thing)["police"].stopped_on == story.on(15)
    assert late(story, thing, story.on(20)) == set()
    asked = Reopen(kind=Kind.RECOMMENDATION, id=thing, reason="Needed", due_on=story.on(60))
    story.when(asked, story.body)
    assert late(story, thing, story.on(20)) == {"police"}


def test_one_answer_stops_the_clocks_of_all_that_became_the_agency_while_it_was_closed(story: Story) -> None:
    thing = query_context(story, "housing", "police", "schools")
    story.when(Close(kind=Kind.RECOMMENDATION, id=thing, outcome=ClosureOutcome.SUPERSEDED), story.body)
    for merged in ("housing", "police"):
        story.when(MergeAgencies(key=merged, into="health"), story.administrator)
    story.when(Reopen(kind=Kind.RECOMMENDATION, id=thing, reason="Again", due_on=story.on(90)), story.body)
    story.day = 6
    story.when(Respond(id=thing, answer=Answer.ACCEPTED), story.agency("health"))
    assert {agency: clock.stopped_on for agency, clock in clocks(story, thing).items()} == {
        "health": story.on(6),
        "schools": None,
    }
    assert clocks(story, thing)["health"].started_on == story.on(0)
