"""What moves in a merger and on which day; what was moved before, or is told twice, stays."""

from uuid import UUID

import pytest

from domain.agency.commands import MergeAgencies
from domain.challenge.commands import EscalateChallenge, IssueChallenge, RespondToChallenge
from domain.lifecycle import commands as life
from domain.review.commands import ConfirmLearning
from domain.shared import refusals
from domain.shared.facts import Fact
from domain.shared.vocabulary import Kind
from support.in_memory_register import Story


def merging(story: Story, day: int | None = None, key: str = "housing", into: str = "health") -> dict[UUID, Fact]:
    command = MergeAgencies(key=key, into=into, happened_on=None if day is None else story.on(day))
    return {thing: fact for _, thing, fact in story.when(command, story.administrator)[1:]}


def test_what_moves_in_a_merger_says_why_and_what_was_moved_before_it_stays(story: Story, kind: Kind) -> None:
    thing, gone = story.assigned(kind, lead="housing"), story.assigned(kind, lead="housing")
    told = {"kind": kind, "id": gone, "to_agency": "police", "reason": "The team moved"}
    story.when(life.Transfer.model_validate(told), story.unit)
    moved = merging(story)
    assert moved.keys() == {thing}
    assert getattr(moved[thing], "reason", "") == "The housing has gone on in The health."


def test_a_second_telling_of_a_merger_moves_nothing_that_was_reopened_since(story: Story, kind: Kind) -> None:
    thing = story.implemented(kind, lead="housing")
    merging(story)
    told = {"kind": kind, "id": thing, "reason": "Again", "due_on": story.on(90)}
    story.when(life.Reopen.model_validate(told), story.body)
    assert story.when(MergeAgencies(key="housing", into="health"), story.administrator) == []


@pytest.mark.parametrize(("day", "moves_on"), [(2, 5), (7, 7)])
def test_what_moves_in_a_merger_dated_back_moves_from_its_day_or_since_it_was_the_agencys(
    story: Story, kind: Kind, day: int, moves_on: int
) -> None:
    raised = story.an_action() if kind is Kind.ACTION else story.a_recommendation()
    challenged_thing = story.assigned(Kind.ACTION, lead="housing")
    told = {"agency": "housing", "grounds": "Late", "subjects": [{"kind": Kind.ACTION, "id": challenged_thing}]}
    mark = story.create(IssueChallenge.model_validate(told), story.chair)
    story.day = 5
    story.assign(kind, raised, lead="housing")
    asked = story.a_recommendation(addressed_to=("housing",))
    story.when(RespondToChallenge(id=mark, narrative="We shall"), story.agency("housing"))
    story.when(EscalateChallenge(id=mark, reason="Not enough"), story.chair)
    story.day = 9
    moved = merging(story, day)
    assert {moved[thing].happened_on for thing in (raised, asked)} == {story.on(moves_on)}
    assert moved[mark].happened_on == story.on(day)
    assert story.challenge(mark).agency == "health"


def test_a_merger_is_dated_no_earlier_than_one_into_the_agency_and_its_duties_move_on(story: Story) -> None:
    arisen, confirmed, moved = (story.a_review(agencies=(key,)) for key in ("housing", "housing", "police"))
    story.day = 3
    for review in (arisen, confirmed, moved):
        story.disseminated(review)
    story.day = 5
    assurance = ConfirmLearning(review_id=confirmed, assurance="Every team was briefed")
    story.when(assurance, story.agency("housing"))
    story.day = 7
    merging(story, key="police", into="housing")
    too_early = MergeAgencies(key="housing", into="health", happened_on=story.on(6))
    assert story.refused(refusals.DateOutOfOrder, too_early, story.administrator).field == ("happenedOn",)
    story.day = 9
    days = {review: fact.happened_on for review, fact in merging(story, 7).items()}
    assert days == {arisen: story.on(7), confirmed: story.on(7), moved: story.on(7)}
