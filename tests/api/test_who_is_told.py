"""What an agency sees of learning that was disseminated: what it was told and what it owes, and never more."""

from typing import Any
from uuid import uuid4

import pytest

from api.app.founding import FOUNDER
from api.relay import global_id
from domain.agency.commands import MergeAgencies
from support.disseminated_learning import disseminated, learned
from support.partnership_world import World, on

NODE = "query ($id: ID!, $at: DateTime) { node(id: $id, knownAt: $at) { __typename id } }"
CHANGES = (
    "query ($agencies: [String!]) { changes(agencies: $agencies) { nodes { name subject { id } by { subject } } } }"
)
TOLD, CONFIRMED = "review.learning_disseminated.v1", "review.duties_confirmed.v1"
SEEN = """title reference version agencies { key } learning { wording } history { name }
  disseminations { id method agencies { key } duties { agency { key } } learning { id wording agencies { key } } }
  duties { id agency { key } assurance }"""


@pytest.fixture
def review(world: World) -> str:
    """Of police, told to police and school."""
    found = world.a_review(leadReviewer="Dr Day", agencies=["police"])
    learned(world, found, agencies=["police", "health"])
    return disseminated(world, found, agencies=["police", "school"])


def seen(world: World, who: str, review: str, **moment: str) -> Any:
    return world.read(who, f'review(id: "{review}") {{ {SEEN} }}', **moment)["review"]


def names(world: World, who: str, **asked: Any) -> list[str]:
    return [each["name"] for each in world.ask(who, CHANGES, **asked)["changes"]["nodes"]]


def test_an_agency_sees_what_it_was_told_below_the_header_of_the_review(world: World, review: str) -> None:
    world.do("school", "learningConfirm", "id", reviewId=review, assurance="In every class")
    found = seen(world, "police", review)
    assert (found["title"], found["version"]) == ("Child J", 0)
    assert (found["agencies"], found["learning"], found["history"]) == ([], [], [])
    [told] = found["disseminations"]
    assert (told["method"], told["agencies"]) == ("newsletter", [{"key": "police"}])
    assert {each["agency"]["key"] for each in (*told["duties"], *found["duties"])} == {"police"}
    assert {each["assurance"] for each in found["duties"]} == {None}
    assert [(each["wording"], each["agencies"]) for each in told["learning"]] == [
        ("Nobody asked the child", [{"key": "police"}])
    ]


@pytest.mark.parametrize("who", ["health", "council"])
def test_whom_nothing_was_told_sees_nothing_of_it(world: World, review: str, who: str) -> None:
    whole = seen(world, "unit", review)
    assert seen(world, who, review) is None
    [told] = whole["disseminations"]
    for thing in (told["id"], told["learning"][0]["id"], whole["duties"][0]["id"]):
        assert world.ask(who, NODE, id=thing)["node"] is None
        assert world.ask("unit", NODE, id=thing)["node"]["id"] == thing
    assert names(world, who) == []
    assert world.read(who, "coverageByAgency { duties }")["coverageByAgency"] == []
    assert world.read(who, f'learningCoverage(reviewId: "{review}") {{ duties }}')["learningCoverage"] == []
    assert world.refused(who, "learningConfirm", reviewId=review, assurance="x") == ["NOT_FOUND"]


def test_by_its_id_an_agency_finds_its_own_duty_and_what_it_was_told(world: World, review: str) -> None:
    whole = seen(world, "unit", review)
    own = {each["agency"]["key"]: each["id"] for each in whole["duties"]}
    told = whole["disseminations"][0]
    for thing in (own["police"], told["id"], told["learning"][0]["id"], review):
        assert world.ask("police", NODE, id=thing)["node"]["id"] == thing
    assert world.ask("police", NODE, id=own["school"])["node"] is None
    unheard = learned(world, review)
    assert world.ask("police", NODE, id=unheard)["node"] is None


def test_changes_tell_an_agency_of_its_own_duties_only(world: World, review: str) -> None:
    world.do("police", "learningConfirm", "id", reviewId=review, assurance="Briefed")
    world.do("school", "learningConfirm", "id", reviewId=review, assurance="In every class")
    disseminated(world, review, agencies=["health"])
    assert names(world, "police") == [TOLD, CONFIRMED]
    assert names(world, "health") == [TOLD]
    assert names(world, "council") == []
    actors = [each["by"]["subject"] for each in world.ask("police", CHANGES)["changes"]["nodes"]]
    assert actors == ["unit", "police"]
    assert names(world, "unit", agencies=["school"]) == [TOLD, CONFIRMED]
    assert names(world, "unit").count(CONFIRMED) == 2


def test_changes_filtered_by_agency_do_not_tell_who_else_was_told(world: World, review: str) -> None:
    home, other = world.a_review(), world.a_review()
    points = [learned(world, each) for each in (home, other)]
    disseminated(world, home, learning=points, agencies=["police", "school"])
    whole = [TOLD, "review.learning_joined.v1", TOLD]
    assert sorted(names(world, "unit", agencies=["school"])) == sorted(names(world, "police", agencies=["police"]))
    assert sorted(names(world, "police", agencies=["school", "police"])) == sorted(whole)
    for others in (["school"], ["council"], ["school", "council"], []):
        assert names(world, "police", agencies=others) == []


def test_a_correction_of_what_another_assured_is_not_told_of(world: World, review: str) -> None:
    world.do("school", "learningConfirm", "id", reviewId=review, assurance="In every class")
    history = world.read("unit", f'review(id: "{review}") {{ history {{ eventId name }} }}')["review"]["history"]
    asked = {"id": review, "eventId": history[-1]["eventId"], "field": "assurance", "newValue": "x", "reason": "y"}
    world.do("unit", "reviewCorrect", "id", **asked)
    assert "review.corrected.v1" in names(world, "school")
    assert "review.corrected.v1" not in names(world, "police")
    for who in ("school", "unit"):
        found = {key: "review.corrected.v1" in names(world, who, agencies=[key]) for key in ("school", "police")}
        assert found == {"school": True, "police": False}, who


def test_somebody_elses_duty_is_not_found_and_no_version_is_given_away(world: World, review: str) -> None:
    own = {each["agency"]["key"]: each["id"] for each in seen(world, "unit", review)["duties"]}
    nowhere = global_id.encode("duty", uuid4())
    asked = {"reviewId": review, "assurance": "x"}
    answers = [
        world.send_command("police", "learningConfirm", **asked, dutyId=duty)["userErrors"]
        for duty in (own["school"], nowhere)
    ]
    assert answers[0] == answers[1]
    assert [error["code"] for error in answers[0]] == ["NOT_FOUND"]
    assert world.refused("police", "learningConfirm", **asked, expectedVersion=1) == ["NOT_PERMITTED"]
    assert world.refused("police", "learningConfirm", **asked, agency="school") == ["NOT_PERMITTED"]
    assert world.refused("police", "learningConfirm", **asked, happenedOn=on(0)) == ["INVALID"]


def test_of_a_published_review_the_duties_of_others_stay_hidden(world: World, review: str) -> None:
    world.do("unit", "reviewComplete", id=review)
    world.do("chair", "reviewPublish", id=review, boardResponse="We accept it")
    found = seen(world, "council", review)
    assert (found["disseminations"], found["duties"]) == ([], [])
    assert [each["wording"] for each in found["learning"]] == ["Nobody asked the child"]
    [told] = seen(world, "police", review)["disseminations"]
    assert told["learning"][0]["agencies"] == [{"key": "police"}, {"key": "health"}]
    assert {each["agency"]["key"] for each in told["duties"]} == {"police"}


def test_a_presentation_shows_the_header_of_every_review_that_it_joins(world: World) -> None:
    home, other = (world.a_review(title=title) for title in ("Child K", "Child M"))
    disseminated(world, home, learning=[learned(world, each) for each in (home, other)], agencies=["school"])
    for review in (home, other):
        found = seen(world, "school", review)
        assert [len(each["learning"]) for each in found["disseminations"]] == [2]
        assert {each["agency"]["key"] for each in found["duties"]} == {"school"}
        assert seen(world, "council", review) is None
    learning = "disseminations { learning { review { title } } }"
    [told] = world.read("school", f'review(id: "{other}") {{ {learning} }}')["review"]["disseminations"]
    assert [each["review"]["title"] for each in told["learning"]] == ["Child K", "Child M"]


def test_a_successor_sees_what_its_predecessor_was_told(world: World, review: str) -> None:
    world.do("police", "learningConfirm", "id", reviewId=review, assurance="Briefed")
    world.register.handle(MergeAgencies(key="police", into="council"), FOUNDER)
    found = seen(world, "council", review)
    assert {each["assurance"] for each in found["duties"]} == {"Briefed"}
    assert found["disseminations"][0]["agencies"] == [{"key": "police"}]
    assert names(world, "council") == [TOLD, CONFIRMED, "review.duties_transferred.v1"]


def test_what_it_sees_of_the_past_is_todays_position_with_the_knowledge_of_then(world: World, review: str) -> None:
    before = world.known_at()
    world.do("police", "learningConfirm", "id", reviewId=review, assurance="Briefed")
    assert {each["assurance"] for each in seen(world, "police", review, knownAt=before)["duties"]} == {None}
    assert {each["assurance"] for each in seen(world, "police", review)["duties"]} == {"Briefed"}
    assert seen(world, "health", review, knownAt=before) is None


def test_a_recommendation_does_not_tell_whom_its_learning_concerns_beside_the_agency_that_answers(
    world: World,
) -> None:
    review = world.a_review()
    point = learned(world, review, agencies=["police", "health"])
    world.a_recommendation(reviewId=review, learning=[point], addressedTo=["police", "council"])
    asked = "recommendations { nodes { learning { wording agencies { key } } } }"

    def concerned(who: str) -> list[str]:
        [found] = world.read(who, asked)["recommendations"]["nodes"]
        assert [each["wording"] for each in found["learning"]] == ["Nobody asked the child"]
        return [each["key"] for each in found["learning"][0]["agencies"]]

    assert (concerned("police"), concerned("council"), concerned("unit")) == (["police"], [], ["police", "health"])
    world.do("unit", "reviewComplete", id=review)
    world.do("chair", "reviewPublish", id=review, boardResponse="We accept it")
    assert concerned("police") == concerned("school") == ["police", "health"]
