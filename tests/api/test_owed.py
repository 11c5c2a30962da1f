"""Everything that an agency owes, by itself: with its days, in pages, at any pair of moments, and nobody else's."""

from typing import Any

import pytest

from api.app.founding import FOUNDER
from domain.agency.commands import MergeAgencies
from support.disseminated_learning import disseminated
from support.partnership_world import Stage, World, on

ITEM = """kind agency { key } dueOn overdue daysOverdue duty { key }
  subject { __typename id ... on Recommendation { wording } ... on Review { reference } }"""


def owed(world: World, who: str = "police", given: str = "", **moment: str) -> list[dict[str, Any]]:
    found = world.read(who, f"owed{given} {{ totalCount nodes {{ {ITEM} }} }}", **moment)["owed"]
    assert found["totalCount"] == len(found["nodes"])
    nodes: list[dict[str, Any]] = found["nodes"]
    return nodes


def told(nodes: list[dict[str, Any]]) -> list[tuple[str, str | None, bool]]:
    return [(each["kind"], each["dueOn"], each["overdue"]) for each in nodes]


def story(world: World) -> dict[str, str]:
    """Something of every kind that the police owe, all from the first day, and a neighbour of each."""
    above = world.a_recommendation(addressedTo=["police", "health"], responseDueOn=on(7))
    whenever = world.a_recommendation(addressedTo=["police", "health"])
    led = world.a_recommendation()
    world.do("unit", "recommendationAssign", id=led, leadAgency="police", dueOn=on(20))
    answered = {"id": led, "answer": "ACCEPTED"}
    world.do("police", "recommendationRespond", **answered)
    action, other = world.assigned("police", due=10), world.assigned("health", due=5)
    challenge, _ = (
        world.do("chair", "challengeIssue", agency=agency, subjects=[thing], grounds="Late", responseDueOn=on(15))["id"]
        for agency, thing in (("police", action), ("health", other))
    )
    return {"ACTION": action, "RECOMMENDATION": led, "RESPONSE": above, "later": whenever, "CHALLENGE": challenge}


@pytest.fixture
def world(stage: Stage) -> World:
    return stage(story).world


@pytest.fixture
def things(stage: Stage) -> dict[str, str]:
    return stage(story).told


def test_all_that_an_agency_owes_is_listed_by_the_days_on_which_it_falls_due(
    world: World, things: dict[str, str]
) -> None:
    review = disseminated(world)
    returned: Any = world.do("unit", "returnsCall", "id agency { key } dueOn duties { id }", year=2024)
    own = next(each for each in returned if each["agency"]["key"] == "police")
    world.at(12)
    nodes = owed(world)
    assert {each["agency"]["key"] for each in nodes} == {"police"}
    duties = [each for each in nodes if each["kind"] == "DUTY"]
    assert {(each["duty"]["key"], each["subject"]["id"]) for each in duties} == {
        (key, review) for key in ("disseminate-onward", "embed")
    }
    assert told([each for each in nodes if each["kind"] != "DUTY"]) == [
        ("RESPONSE", on(7), True),
        ("ACTION", on(10), True),
        ("CHALLENGE_RESPONSE", on(15), False),
        ("RECOMMENDATION", on(20), False),
        ("RETURN", own["dueOn"], False),
        ("RESPONSE", None, False),
    ]
    assert nodes[1]["daysOverdue"] == 2
    subjects = {each["kind"]: each["subject"]["id"] for each in nodes[:4]}
    assert subjects == {
        "RESPONSE": things["RESPONSE"],
        "ACTION": things["ACTION"],
        "CHALLENGE_RESPONSE": things["CHALLENGE"],
        "RECOMMENDATION": things["RECOMMENDATION"],
    }
    days = [each["dueOn"] or "9999" for each in nodes]
    assert days == sorted(days)
    world.do("police", "returnConfirm", "id", id=own["id"], assurance="As our audit shows")
    world.do("police", "learningConfirm", "id", reviewId=review, assurance="Every team was briefed")
    assert {each["kind"] for each in owed(world)}.isdisjoint({"DUTY", "RETURN"})
    assert {each["kind"] for each in owed(world, "health")} >= {"DUTY", "RETURN"}


def test_what_is_done_or_answered_is_owed_no_more_and_was_then(world: World, things: dict[str, str]) -> None:
    world.at(12)
    before = world.known_at()
    evidence = world.evidence(things["ACTION"], completedOn=on(9))
    assert told(owed(world, given="(kinds: [ACTION])")) == [("ACTION", on(10), True)]
    world.do("body", "actionAcceptEvidence", id=things["ACTION"], evidenceId=evidence)
    world.do("police", "recommendationRespond", id=things["RESPONSE"], answer="NOT_ACCEPTED", reason="No funds")
    world.do("police", "challengeRespond", id=things["CHALLENGE"], narrative="Done since")
    assert told(owed(world)) == [("RECOMMENDATION", on(20), False), ("RESPONSE", None, False)]
    then = [each["kind"] for each in owed(world, knownAt=before)]
    assert then == ["RESPONSE", "ACTION", "CHALLENGE_RESPONSE", "RECOMMENDATION", "RESPONSE"]
    on_the_eighth = [each["kind"] for each in owed(world, effectiveOn=on(8))]
    assert on_the_eighth == ["RESPONSE", "ACTION", "CHALLENGE_RESPONSE", "RECOMMENDATION", "RESPONSE"]


@pytest.mark.parametrize(
    ("given", "kinds"),
    [
        ("(overdue: true)", ["RESPONSE", "ACTION"]),
        ("(overdue: false)", ["CHALLENGE_RESPONSE", "RECOMMENDATION", "RESPONSE"]),
        (f'(dueBefore: "{on(15)}")', ["RESPONSE", "ACTION"]),
        ("(kinds: [RESPONSE])", ["RESPONSE", "RESPONSE"]),
        ("(kinds: [])", []),
        ('(agency: "police", kinds: [ACTION, RECOMMENDATION])', ["ACTION", "RECOMMENDATION"]),
        ('(agency: "health")', []),
    ],
)
def test_it_is_filtered_and_an_agency_reads_its_own_only(
    world: World, things: dict[str, str], given: str, kinds: list[str]
) -> None:
    world.at(12)
    assert [each["kind"] for each in owed(world, given=given)] == kinds


def test_the_board_reads_what_one_agency_owes_or_what_all_do(world: World, things: dict[str, str]) -> None:
    world.at(12)
    assert owed(world, "unit", '(agency: "police")') == owed(world)
    everybody = owed(world, "inspector")
    assert {each["agency"]["key"] for each in everybody} == {"police", "health"}
    assert len(everybody) == len(owed(world)) + len(owed(world, "health"))
    assert owed(world, "school") == []
    unknown = world.answer("unit", '{ register { owed(agency: "nobody") { totalCount } } }')
    assert unknown["errors"][0]["extensions"]["code"] == "UNKNOWN_AGENCY"


def test_its_pages_go_both_ways_and_end_with_what_is_due_on_no_day(world: World, things: dict[str, str]) -> None:
    page = "nodes { kind dueOn } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"

    def read(given: str) -> dict[str, Any]:
        found: dict[str, Any] = world.read("police", f"owed({given}) {{ {page} }}")["owed"]
        return found

    whole = read("first: 100")["nodes"]
    forward, after, more = list[Any](), "", True
    while more:
        part = read(f"first: 2{after}")
        forward += part["nodes"]
        after, more = f', after: "{part["pageInfo"]["endCursor"]}"', part["pageInfo"]["hasNextPage"]
    backward, before, more = list[Any](), "", True
    while more:
        part = read(f"last: 2{before}")
        backward = part["nodes"] + backward
        before, more = f', before: "{part["pageInfo"]["startCursor"]}"', part["pageInfo"]["hasPreviousPage"]
    assert forward == backward == whole
    elsewhere = world.answer("police", f"{{ register {{ owed(overdue: true{after}) {{ totalCount }} }} }}")
    assert elsewhere["errors"][0]["extensions"]["code"] == "INVALID"


def test_what_has_gone_to_another_agency_is_its_own_also_of_the_days_before(
    world: World, things: dict[str, str]
) -> None:
    world.do("unit", "actionTransfer", id=things["ACTION"], toAgency="health", reason="The team moved")
    assert things["ACTION"] not in [each["subject"]["id"] for each in owed(world)]
    assert things["ACTION"] in [each["subject"]["id"] for each in owed(world, "health", "(kinds: [ACTION])")]
    known = world.known_at()
    world.at(3)
    world.register.handle(MergeAgencies(key="police", into="school"), FOUNDER)
    kinds = {each["kind"] for each in owed(world, "school")}
    assert kinds == {"RESPONSE", "CHALLENGE_RESPONSE", "RECOMMENDATION"}
    assert {each["agency"]["key"] for each in owed(world, "school", knownAt=known)} == {"police"}
    assert {each["agency"]["key"] for each in owed(world, "police")} == {"school"}


def test_an_agency_that_ended_is_told_what_it_owed_and_nothing_that_its_successor_owes_by_itself(
    world: World, things: dict[str, str]
) -> None:
    theirs = world.assigned("school", due=8)
    shared = world.assigned("school", due=9)
    above = world.a_recommendation()
    for mutation, thing in (("actionAssign", shared), ("recommendationAssign", above)):
        asked = {"id": thing, "leadAgency": "school", "dueOn": on(9), "contributingAgencies": ["police"]}
        world.do("unit", mutation, **asked)
    review = disseminated(world, agencies=["police", "school"])
    world.at(3)
    world.register.handle(MergeAgencies(key="police", into="school"), FOUNDER)
    ended, gone_on = owed(world), owed(world, "school")
    assert {each["agency"]["key"] for each in (*ended, *gone_on)} == {"school"}
    assert things["ACTION"] in [each["subject"]["id"] for each in ended]
    led = [each["subject"]["id"] for each in ended if each["kind"] in {"ACTION", "RECOMMENDATION"}]
    assert {theirs, shared, above}.isdisjoint(led)
    assert world.read("police", f'action(id: "{shared}") {{ wording }}')["action"]["wording"]
    assert theirs in [each["subject"]["id"] for each in gone_on]
    duties = [[each["duty"]["key"] for each in found if each["subject"]["id"] == review] for found in (ended, gone_on)]
    assert duties[0]
    assert len(duties[1]) == 2 * len(duties[0])
    assert owed(world, "police", '(agency: "school")') == ended
