"""What the chair and the business unit owe on receipt of learning, where the board sees it: late, or conditional."""

from typing import Any

import pytest

from api.app.founding import FOUNDER
from domain.agency.commands import AddAgency
from domain.shared.vocabulary import Role
from support.disseminated_learning import disseminated
from support.partnership_world import START, Stage, World, on

QUEUE = """oversight { counts { body { key } queue waiting oldestSince longestDays late chairOnly }
  waiting(queues: [DUTY_OUTSTANDING]) { totalCount nodes {
    body { key } since days dueOn daysLate chairOnly subject { id } evidence { id } extension { reason }
    duty { id key heldBy agency { key } overdue } } } }"""
CHAIRS = ["chair-arranges", "chair-challenges", "chair-disseminates"]
UNITS = [
    "unit-advises",
    "unit-collates-plans",
    "unit-supports-audit",
    "unit-supports-workshops",
    "unit-updates-training",
]


def tees_too(world: World) -> dict[str, str]:
    world.installation.create_partnership("tees", "Tees", "sunderland-2015", demonstration=True, today=START)
    for agency in ("police", "health"):
        world.installation.register("tees").handle(AddAgency(key=agency, name=f"The {agency}"), FOUNDER)
    roles = {"unit": Role.BUSINESS_UNIT, "chair": Role.CHAIR, "inspector": Role.INSPECTOR}
    tokens = {name: world.installation.issue_token("tees", role, name) for name, role in roles.items()}
    tokens["police"] = world.installation.issue_token("tees", Role.AGENCY, "police", "police")
    tokens["body"] = world.installation.issue_token(
        "tees", Role.MONITORING_BODY, "body", bodies=("board",), independent=True
    )
    return tokens


@pytest.fixture
def tees(stage: Stage) -> World:
    staged = stage(tees_too)
    return World(staged.world.installation, staged.told, "tees")


def an_audit(world: World) -> str:
    return world.a_review(kind="case-file-audit", mandatedBy="board")


def outstanding(world: World, **moment: str) -> list[dict[str, Any]]:
    found: dict[str, Any] = world.read("inspector", QUEUE, **moment)["oversight"]["waiting"]
    nodes: list[dict[str, Any]] = found["nodes"]
    assert found["totalCount"] == len(nodes)
    return nodes


def late(world: World, **moment: str) -> dict[str, int]:
    return {node["duty"]["key"]: node["daysLate"] for node in outstanding(world, **moment) if node["daysLate"]}


def test_the_boards_duties_are_a_queue_with_the_days_they_are_late(tees: World) -> None:
    review = disseminated(tees, an_audit(tees), method="website")
    before = tees.known_at()
    nodes = outstanding(tees)
    assert sorted(node["duty"]["key"] for node in nodes) == CHAIRS + UNITS
    assert {node["dueOn"] for node in nodes} == {on(28), None}
    (conditional,) = [node for node in nodes if node["dueOn"] is None]
    assert (conditional["duty"]["key"], conditional["duty"]["agency"]) == ("chair-challenges", None)
    assert all((node["since"], node["subject"], node["body"]) == (on(0), {"id": review}, None) for node in nodes)
    assert all(node["chairOnly"] == (node["duty"]["heldBy"] == "CHAIR") for node in nodes)
    assert late(tees) == {}
    tees.at(40)
    everything = sorted({*CHAIRS, *UNITS} - {"chair-challenges"})
    assert late(tees) == dict.fromkeys(everything, 12)
    assert late(tees, effectiveOn=on(28)) == {}
    (count,) = tees.read("chair", QUEUE)["oversight"]["counts"]
    assert count == {
        "body": None,
        "queue": "DUTY_OUTSTANDING",
        "waiting": 8,
        "oldestSince": on(0),
        "longestDays": 40,
        "late": 7,
        "chairOnly": 3,
    }
    named = next(node["duty"]["id"] for node in nodes if node["duty"]["key"] == "unit-advises")
    tees.do("unit", "learningConfirm", reviewId=review, dutyId=named, assurance="Advice was given")
    assert set(late(tees)) == {*everything} - {"unit-advises"}
    assert set(late(tees, effectiveOn=on(39))) == set(everything)
    assert late(tees, knownAt=before, effectiveOn=on(40)) == dict.fromkeys(everything, 12)


def test_a_conditional_duty_is_never_overdue_and_outstanding_until_it_is_confirmed(tees: World) -> None:
    review = disseminated(tees, an_audit(tees), method="website")
    tees.at(400)
    shown = f'review(id: "{review}") {{ duties {{ id key dueOn doneOn overdue }} }}'

    def challenge() -> dict[str, Any]:
        duties = tees.read("inspector", shown)["review"]["duties"]
        return next(each for each in duties if each["key"] == "chair-challenges")

    found = challenge()
    assert (found["dueOn"], found["doneOn"], found["overdue"]) == (None, None, False)
    tees.do("chair", "learningConfirm", reviewId=review, dutyId=found["id"], assurance="It was issued")
    assert challenge()["doneOn"] == on(400)
    assert "chair-challenges" not in {node["duty"]["key"] for node in outstanding(tees)}
    asked = "partnership { framework { duties { key conditional } } }"
    said = tees.read("inspector", asked)["partnership"]["framework"]["duties"]
    assert [each["key"] for each in said if each["conditional"]] == ["chair-challenges"]


def test_the_boards_duties_are_hidden_from_agencies_and_stand_in_no_bodys_queue(tees: World) -> None:
    review = disseminated(tees, an_audit(tees), method="website")
    assert review
    assert tees.read("police", QUEUE)["oversight"] is None
    assert tees.read("body", QUEUE)["oversight"] == {"counts": [], "waiting": {"totalCount": 0, "nodes": []}}
