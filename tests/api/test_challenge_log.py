"""The challenge log as a board reads it: per challenge, and what the challenges come to."""

from typing import Any

import pytest

from api.app.founding import FOUNDER
from domain.agency.commands import AddAgency
from domain.shared.vocabulary import AgencyKind
from support.partnership_world import KEY, Stage, World, on

LOG = """agency { key kind } grounds requested level levelName stage issuedOn responseDueOn daysToRespond overdue
  subjects { ... on Action { stage } ... on Recommendation { stage } } outcome outcomeReason endedOn"""
TOTALS = "issued open awaitingAnswer overdue escalated upheld answered withdrawn"
NONE = dict.fromkeys(TOTALS.split(), 0)


def issued(world: World, agency: str, subject: str, **given: Any) -> str:
    asked = {"agency": agency, "subjects": [subject], "grounds": "Late", "responseDueOn": on(10)} | given
    return str(world.do("chair", "challengeIssue", **asked)["id"])


def story(world: World) -> dict[str, str]:
    """One of each: late, escalated, answered, upheld about what is closed, withdrawn, and to another partnership."""
    added = AddAgency(key="hwb", name="Health and wellbeing board", agency_kind=AgencyKind.OTHER_PARTNERSHIP)
    world.installation.register(KEY).handle(added, FOUNDER)
    outside = issued(world, "hwb", world.a_recommendation(addressedTo=["hwb"]), responseDueOn=on(40))
    late = issued(world, "police", world.assigned("police"), requested="A date")
    closed = world.closed("health")
    upheld = issued(world, "health", closed)
    climbed, answered, withdrawn = (issued(world, "council", world.assigned("council")) for _ in range(3))
    world.at(8)
    world.do("council", "challengeRespond", id=answered, narrative="Done")
    world.do("chair", "challengeWithdraw", id=withdrawn, reason="In error")
    world.do("chair", "challengeResolve", id=upheld, outcome="UPHELD", reason="Nothing changed", reopenDueOn=on(50))
    world.do("chair", "challengeEscalate", id=climbed, reason="Silence", responseDueOn=on(30))
    world.at(12)
    world.do("chair", "challengeResolve", id=answered, outcome="ANSWERED", reason="Enough")
    return {
        "outside": outside,
        "late": late,
        "upheld": upheld,
        "climbed": climbed,
        "answered": answered,
        "gone": withdrawn,
    }


@pytest.fixture
def world(stage: Stage) -> World:
    return stage(story).world


@pytest.fixture
def log(stage: Stage) -> dict[str, str]:
    return stage(story).told


def test_a_board_reads_each_challenge_with_what_became_of_it(world: World, log: dict[str, str]) -> None:
    nodes = world.read("chair", f"challengeLog {{ challenges {{ totalCount nodes {{ id {LOG} }} }} }}")
    found = {node.pop("id"): node for node in nodes["challengeLog"]["challenges"]["nodes"]}
    assert found.keys() == set(log.values())
    late, upheld = found[log["late"]], found[log["upheld"]]
    assert (late["daysToRespond"], late["overdue"], late["requested"], late["level"]) == (-2, True, "A date", 1)
    assert late["subjects"] == upheld["subjects"] == [{"stage": "ASSIGNED"}]
    assert (upheld["outcome"], upheld["outcomeReason"], upheld["endedOn"]) == ("UPHELD", "Nothing changed", on(8))
    assert (upheld["daysToRespond"], upheld["overdue"]) == (None, False)
    assert found[log["outside"]]["agency"] == {"key": "hwb", "kind": "OTHER_PARTNERSHIP"}
    assert found[log["climbed"]]["level"] == 2


def test_what_the_challenges_come_to(world: World, log: dict[str, str]) -> None:
    assert len(log) == 6
    asked = f"""challengeLog {{ totals {{ {TOTALS} }} byAgency {{ agency {{ key }} totals {{ {TOTALS} }} }}
      byLevel {{ level totals {{ issued open }} }} }}"""
    found = world.read("inspector", asked)["challengeLog"]
    whole = {"issued": 6, "open": 3, "awaitingAnswer": 3, "overdue": 1, "escalated": 1}
    assert found["totals"] == whole | {"upheld": 1, "answered": 1, "withdrawn": 1}
    agencies = {each["agency"]["key"]: each["totals"] for each in found["byAgency"]}
    waiting = NONE | {"issued": 1, "open": 1, "awaitingAnswer": 1}
    assert agencies == {
        "council": waiting | {"issued": 3, "escalated": 1, "answered": 1, "withdrawn": 1},
        "health": NONE | {"issued": 1, "upheld": 1},
        "hwb": waiting,
        "police": waiting | {"overdue": 1},
    }
    assert found["byLevel"] == [
        {"level": 1, "totals": {"issued": 5, "open": 2}},
        {"level": 2, "totals": {"issued": 1, "open": 1}},
    ]


def test_the_log_is_read_at_any_pair_of_moments(world: World, log: dict[str, str]) -> None:
    assert log
    asked = f"challengeLog {{ totals {{ {TOTALS} }} challenges {{ totalCount }} }}"
    then = world.read("inspector", asked, effectiveOn=on(7))["challengeLog"]
    assert then["totals"] == NONE | {"issued": 6, "open": 6, "awaitingAnswer": 6}
    before = world.read("inspector", asked, effectiveOn=on(-1))["challengeLog"]
    assert before == {"totals": NONE, "challenges": {"totalCount": 0}}


def test_an_agency_reads_the_challenges_made_to_it_and_no_others(world: World, log: dict[str, str]) -> None:
    asked = f"challengeLog {{ totals {{ {TOTALS} }} byAgency {{ agency {{ key }} }} challenges {{ nodes {{ id }} }} }}"
    found = world.read("police", asked)["challengeLog"]
    assert found["totals"] == NONE | {"issued": 1, "open": 1, "awaitingAnswer": 1, "overdue": 1}
    assert found["byAgency"] == [{"agency": {"key": "police"}}]
    assert found["challenges"]["nodes"] == [{"id": log["late"]}]
    nothing = {"totals": NONE, "byAgency": [], "challenges": {"nodes": []}}
    assert world.read("school", asked)["challengeLog"] == nothing
    filtered = asked.replace("challengeLog", 'challengeLog(filter: {agencies: ["council"]})')
    assert world.read("police", filtered)["challengeLog"] == nothing


FILTERS: list[tuple[dict[str, Any], set[str]]] = [
    ({"stages": ["RESOLVED"]}, {"upheld", "answered"}),
    ({"agencies": ["council", "police"]}, {"climbed", "answered", "gone", "late"}),
    ({"overdue": True}, {"late"}),
    ({"overdue": False}, {"outside", "upheld", "climbed", "answered", "gone"}),
    ({"levels": [2, 3]}, {"climbed"}),
    ({"agencyKinds": ["OTHER_PARTNERSHIP", "BOARD"]}, {"outside"}),
    ({"issuedSince": on(1)}, set()),
    ({"issuedSince": on(0), "issuedUntil": on(0), "outcomes": ["UPHELD"]}, {"upheld"}),
    ({"issuedUntil": on(-1)}, set()),
    ({"outcomes": ["ANSWERED"], "stages": None}, {"answered"}),
]


def test_the_log_and_the_list_are_filtered_alike(world: World, log: dict[str, str]) -> None:
    query = """query ($filter: ChallengeFilter) { register {
      challengeLog(filter: $filter) { totals { issued } challenges { totalCount nodes { id } } }
      challenges(filter: $filter) { totalCount nodes { id } } } }"""
    names = {id: name for name, id in log.items()}
    for given, expected in FILTERS:
        found = world.ask("unit", query, filter=given)["register"]
        for part in (found["challengeLog"]["challenges"], found["challenges"]):
            assert {names[node["id"]] for node in part["nodes"]} == expected, given
            assert part["totalCount"] == found["challengeLog"]["totals"]["issued"] == len(expected)


def test_the_log_is_paged_in_either_order(world: World, log: dict[str, str]) -> None:
    query = """query ($order: ChallengeOrder, $after: String) { register { challengeLog { challenges(
      orderBy: $order, first: 4, after: $after) { nodes { id issuedOn responseDueOn } pageInfo { endCursor } } } } }"""
    for order in ("RESPONSE_DUE_ASC", "ISSUED_DESC"):
        first, rest = [], []
        page = world.ask("unit", query, order=order)["register"]["challengeLog"]["challenges"]
        first = page["nodes"]
        cursor = page["pageInfo"]["endCursor"]
        rest = world.ask("unit", query, order=order, after=cursor)["register"]["challengeLog"]["challenges"]["nodes"]
        assert {node["id"] for node in first + rest} == set(log.values())
        assert (len(first), len(rest)) == (4, 2)
        due = [node["responseDueOn"] for node in first + rest]
        assert order != "RESPONSE_DUE_ASC" or due == sorted(due)
