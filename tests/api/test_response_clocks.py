"""The clocks of recommendations and challenges through the edge: overdue or met at any pair of moments."""

from typing import Any

from domain.shared.dates import add_working_days
from support.partnership_world import START, World, on

CLOCKS = "clocks { name startedOn dueOn stoppedOn workingDays overdue agency { key } }"
RUNNING = {"startedOn": on(0), "stoppedOn": None, "workingDays": False, "overdue": False}


def clocks(world: World, kind: str, thing: str, who: str = "inspector", **moment: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = world.read(who, f'{kind}(id: "{thing}") {{ {CLOCKS} }}', **moment)[kind]["clocks"]
    return found


def late(world: World, **moment: str) -> dict[str, int]:
    rows = world.read("inspector", "overdueByAgency { agency { key } responsesOverdue }", **moment)["overdueByAgency"]
    return {row["agency"]["key"]: row["responsesOverdue"] for row in rows if row["responsesOverdue"]}


def test_an_answer_to_a_recommendation_is_awaited_late_and_met_on_both_clocks(world: World) -> None:
    asked = world.a_recommendation(addressedTo=["police", "health"], responseDueOn=on(10))
    police = RUNNING | {"name": "response", "dueOn": on(10), "agency": {"key": "police"}}
    health = police | {"agency": {"key": "health"}}
    assert clocks(world, "recommendation", asked) == [health, police]
    world.at(15)
    before = world.known_at()
    world.do("police", "recommendationRespond", id=asked, answer="ACCEPTED")
    met = police | {"stoppedOn": on(15)}
    assert clocks(world, "recommendation", asked) == [health | {"overdue": True}, met]
    then = clocks(world, "recommendation", asked, effectiveOn=on(12))
    assert then == [each | {"overdue": True} for each in (health, police)]
    unheard = clocks(world, "recommendation", asked, knownAt=before, effectiveOn=on(15))
    assert unheard[1] == police | {"overdue": True}
    assert late(world) == {"health": 1}
    assert late(world, effectiveOn=on(12)) == {"health": 1, "police": 1}
    assert late(world, effectiveOn=on(10)) == {}


def test_a_lead_assigned_after_the_day_for_answers_is_not_late_at_once(world: World) -> None:
    asked = world.a_recommendation(responseDueOn=on(10))
    world.at(20)
    world.do("unit", "recommendationAssign", id=asked, leadAgency="police", dueOn=on(90))
    world.at(30)
    assert late(world) == {}
    assert [each["dueOn"] for each in clocks(world, "recommendation", asked, "police")] == [on(30)]
    world.at(31)
    assert late(world) == {"police": 1}
    overdue = "recommendations(filter: {responseOverdue: true}) { nodes { id responseDueOn responseOverdue } }"
    shown = {"id": asked, "responseDueOn": on(10), "responseOverdue": True}
    assert world.read("unit", overdue)["recommendations"]["nodes"] == [shown]


def test_whose_answer_is_late_is_not_told_with_a_header_or_what_is_published(world: World) -> None:
    review = world.a_review()
    asked = world.a_recommendation(reviewId=review, addressedTo=["police"], responseDueOn=on(5))
    world.assigned("health", recommendationId=asked)
    world.at(10)
    assert clocks(world, "recommendation", asked, "health") == []
    assert len(clocks(world, "recommendation", asked, "police")) == 1
    world.do("unit", "reviewComplete", id=review)
    world.do("chair", "reviewPublish", id=review, boardResponse="Accepted")
    assert clocks(world, "recommendation", asked, "school") == []


def test_each_level_of_a_challenge_has_its_clock(world: World) -> None:
    given = {"agency": "police", "subjects": [world.assigned("police")], "grounds": "Late"}
    challenge = world.do("chair", "challengeIssue", **given)["id"]
    first = add_working_days(START, 10).isoformat()
    world.at(20)
    world.do("chair", "challengeEscalate", id=challenge, reason="Silence", responseDueOn=on(25))
    names = [step["name"] for step in route(world)]
    police = {"key": "police"}
    left = {"name": names[0], "startedOn": on(0), "dueOn": first, "stoppedOn": on(20), "overdue": False}
    found = clocks(world, "challenge", challenge)
    assert found[0] == left | {"workingDays": True, "agency": police}
    assert found[1] == RUNNING | {"name": names[1], "startedOn": on(20), "dueOn": on(25), "agency": police}
    late_then = clocks(world, "challenge", challenge, effectiveOn=on(19))
    assert late_then == [found[0] | {"stoppedOn": None, "overdue": True}]
    assert clocks(world, "challenge", challenge, "police", effectiveOn=on(26))[1]["overdue"]


def route(world: World) -> list[dict[str, str]]:
    asked = "partnership { framework { challengeRoute { name } } }"
    found: list[dict[str, str]] = world.read("unit", asked)["partnership"]["framework"]["challengeRoute"]
    return found


def test_a_challenge_tells_its_levels_name_and_the_days_left_for_the_answer(world: World) -> None:
    given = {"agency": "police", "subjects": [world.assigned("police")], "grounds": "Late", "responseDueOn": on(10)}
    challenge = world.do("chair", "challengeIssue", **given)["id"]
    asked = f'challenge(id: "{challenge}") {{ levelName daysToRespond answeredOn overdue }}'
    level = route(world)[0]["name"]
    waiting = {"levelName": level, "daysToRespond": 10, "answeredOn": None, "overdue": False}
    assert world.read("police", asked)["challenge"] == waiting
    world.at(12)
    assert world.read("police", asked)["challenge"] == waiting | {"daysToRespond": -2, "overdue": True}
    world.do("unit", "challengeRespond", id=challenge, narrative="By letter", happenedOn=on(11))
    answered = waiting | {"daysToRespond": None, "answeredOn": on(11)}
    assert world.read("police", asked)["challenge"] == answered
