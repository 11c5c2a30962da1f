"""Challenges about duties, returns, clocks and performance through the edge, and what the challenged agency sees."""

from typing import Any
from uuid import UUID

import pytest

from api.relay import global_id
from domain.challenge.commands import IssueChallenge
from domain.shared.actor import Caller
from domain.shared.refusals import ChallengeOpen, VersionConflict
from domain.shared.vocabulary import Role
from support.disseminated_learning import disseminated
from support.partnership_world import World, on

SUBJECTS = """aboutPerformance subjects { __typename
  ... on Duty { key challenged } ... on YearlyReturn { year challenged }
  ... on ChallengedClock { review { title } clock { name dueOn overdue } } }"""


def duty_of(world: World, review: str, agency: str) -> str:
    asked = f'review(id: "{review}") {{ duties {{ id key agency {{ key }} }} }}'
    duties: list[dict[str, Any]] = world.read("unit", asked)["review"]["duties"]
    return next(str(each["id"]) for each in duties if each["agency"] == {"key": agency})


def issue(world: World, agency: str = "police", **given: Any) -> str:
    asked = {"agency": agency, "subjects": [], "grounds": "Nothing has come", "responseDueOn": on(20)} | given
    return str(world.do("chair", "challengeIssue", **asked)["id"])


def shown(world: World, challenge: str, who: str = "police", **moment: str) -> dict[str, Any]:
    found: dict[str, Any] = world.read(who, f'challenge(id: "{challenge}") {{ {SUBJECTS} }}', **moment)["challenge"]
    return found


def test_a_challenge_is_about_a_duty_a_return_a_clock_and_performance(world: World) -> None:
    review = disseminated(world)
    clock = {"reviewId": review, "clock": "report", "startedOn": on(0), "dueOn": on(3)}
    world.do("unit", "clockStart", "id", **clock)
    called: Any
    (called,) = world.do("unit", "returnsCall", "id", year=2024, agencies=["police"])
    world.at(5)
    duty = {"dutyId": duty_of(world, review, "police"), "arisenFrom": review}
    about: dict[str, Any] = {
        "duties": [duty],
        "clocks": [{"reviewId": review, "clock": "report"}],
        "aboutPerformance": True,
    }
    challenge = issue(world, subjects=[called["id"]], **about)
    expected = {
        "aboutPerformance": True,
        "subjects": [
            {"__typename": "YearlyReturn", "year": 2024, "challenged": True},
            {"__typename": "Duty", "key": "disseminate-onward", "challenged": True},
            {
                "__typename": "ChallengedClock",
                "review": {"title": "Child J"},
                "clock": {"name": "report", "dueOn": on(3), "overdue": True},
            },
        ],
    }
    assert shown(world, challenge) == shown(world, challenge, "inspector") == expected
    owed = "owed(kinds: [CHALLENGE_RESPONSE]) { nodes { dueOn subject { id } } }"
    assert world.read("police", owed)["owed"]["nodes"] == [{"dueOn": on(20), "subject": {"id": challenge}}]
    assert world.read("health", f'challenge(id: "{challenge}") {{ id }}')["challenge"] is None
    before = world.known_at()
    world.do("chair", "challengeResolve", id=challenge, outcome="UPHELD", reason="A plan by May")
    assert [each.get("challenged") for each in shown(world, challenge)["subjects"]] == [False, False, None]
    then = shown(world, challenge, knownAt=before)["subjects"]
    assert [each.get("challenged") for each in then] == [True, True, None]


def test_a_duty_and_a_return_tell_which_challenges_are_about_them_to_their_own_agency(world: World) -> None:
    review = disseminated(world)
    duty = {"dutyId": duty_of(world, review, "police"), "arisenFrom": review}
    challenge = issue(world, duties=[duty])
    asked = f'review(id: "{review}") {{ duties {{ agency {{ key }} challenged challenges {{ id }} }} }}'

    def told(who: str) -> list[tuple[str, list[str]]]:
        duties = world.read(who, asked)["review"]["duties"]
        return [
            (each["agency"]["key"], [one["id"] for one in each["challenges"]]) for each in duties if each["challenged"]
        ]

    assert told("unit") == told("police") == [("police", [challenge])]
    assert told("health") == []


def test_what_is_not_the_agencys_or_is_about_nothing_is_refused_by_its_field(world: World) -> None:
    review = disseminated(world)
    duty = {"dutyId": duty_of(world, review, "health"), "arisenFrom": review}
    for given, code, field in (
        ({}, "INVALID", ["subjects"]),
        ({"duties": [duty]}, "SUBJECT_NOT_OF_AGENCY", ["duties", "0"]),
        ({"clocks": [{"reviewId": review, "clock": "none"}]}, "NOT_FOUND", ["clocks", "0", "clock"]),
        ({"duties": [{"dutyId": review, "arisenFrom": review}]}, "NOT_FOUND", ["duties", "0", "dutyId"]),
    ):
        sent = {"agency": "police", "subjects": [], "grounds": "Late"} | given
        (error,) = world.send_command("chair", "challengeIssue", "id", **sent)["userErrors"]
        assert (error["code"], error["field"]) == (code, field), given


def test_the_same_is_refused_while_it_is_open_whatever_it_is_about(world: World) -> None:
    review = disseminated(world)
    world.do("unit", "clockStart", "id", reviewId=review, clock="report", startedOn=on(0), dueOn=on(3))
    called: Any
    (called,) = world.do("unit", "returnsCall", "id duties { id }", year=2024, agencies=["police"])
    within = {"dutyId": called["duties"][0]["id"], "arisenFrom": called["id"]}
    about: list[dict[str, Any]] = [
        {"duties": [{"dutyId": duty_of(world, review, "police"), "arisenFrom": review}]},
        {"duties": [within]},
        {"clocks": [{"reviewId": review, "clock": "report"}]},
        {"subjects": [called["id"]]},
        {"aboutPerformance": True},
    ]
    issued = [issue(world, **each) for each in about]
    for each, first in zip(about, issued, strict=True):
        again = {"agency": "police", "subjects": [], "grounds": "nothing has  come"} | each
        reference = world.read("unit", f'challenge(id: "{first}") {{ reference }}')["challenge"]["reference"]
        (error,) = world.send_command("chair", "challengeIssue", **again)["userErrors"]
        assert (error["code"], error["field"], error["message"][:5]) == ("CHALLENGE_OPEN", ["grounds"], reference)
        issue(world, **each | {"grounds": "It was late last year as well"})
    world.do("chair", "challengeWithdraw", id=issued[-1], reason="It has come")
    issue(world, **about[-1])


def test_the_same_issued_by_two_at_once_is_recorded_once(world: World) -> None:
    """Both have looked before either has saved: they took the same number, and the second decides anew."""
    command = IssueChallenge(agency="police", about_performance=True, grounds="Nothing has come")
    chair = Caller("chair", Role.CHAIR)
    elsewhere = world.register.open()
    world.register.decide(elsewhere, command, chair)
    world.register.handle(command, chair)
    with pytest.raises(VersionConflict):
        world.register.save(elsewhere)
    with pytest.raises(ChallengeOpen):
        world.register.handle(command, chair)


NOWHERE = global_id.encode("review", UUID(int=7))


@pytest.mark.parametrize(
    ("named", "field"),
    [
        ({"subjects": [global_id.encode("action", UUID(int=7))]}, ["subjects", "0"]),
        ({"clocks": [{"reviewId": NOWHERE, "clock": "report"}]}, ["clocks", "0", "reviewId"]),
        (
            {"duties": [{"dutyId": global_id.encode("duty", UUID(int=7)), "arisenFrom": NOWHERE}]},
            ["duties", "0", "arisenFrom"],
        ),
    ],
)
def test_what_is_not_there_is_refused_by_the_field_that_names_it(
    world: World, named: dict[str, Any], field: list[str]
) -> None:
    asked = {"agency": "police", "subjects": [], "grounds": "Nothing has come"} | named
    [error] = world.send_command("chair", "challengeIssue", **asked)["userErrors"]
    assert (error["code"], error["field"]) == ("NOT_FOUND", field)
