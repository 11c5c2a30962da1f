"""Standing duties through the edge: called for, answered for, overdue, and seen by whom they concern."""

from typing import Any
from uuid import uuid4

from api.app.founding import FOUNDER
from api.relay import global_id
from domain.agency.commands import MergeAgencies
from support.partnership_world import World, on

SHOWN = "id agency { key } year from until dueOn duties { id key doneOn }"
DUE = 386  # 28 January 2025


def call(world: World, **given: Any) -> dict[str, dict[str, Any]]:
    """The returns of a year, by agency."""
    found: Any = world.do("unit", "returnsCall", SHOWN, year=2024, **given)
    return {each["agency"]["key"]: each for each in found}


def standing(world: World, who: str = "unit", asked: str = "year: 2024", **moment: str) -> list[dict[str, Any]]:
    selection = f"standingDuties({asked}) {{ key agency {{ key }} dueOn doneOn overdue assurance }}"
    found: list[dict[str, Any]] = world.read(who, selection, **moment)["standingDuties"]
    return found


def late(world: World, **moment: str) -> dict[str, int]:
    rows = world.read("unit", "overdueByAgency { agency { key } dutiesOverdue }", **moment)["overdueByAgency"]
    return {row["agency"]["key"]: row["dutiesOverdue"] for row in rows}


def test_a_year_is_called_for_answered_and_overdue(world: World) -> None:
    called = call(world)
    assert sorted(called) == ["council", "health", "police", "school"]
    police = called["police"]
    assert [police[name] for name in ("year", "from", "until", "dueOn")] == [2024, "2024-01-01", "2024-12-31", on(DUE)]
    assert len(police["duties"]) == 10
    asked = {"id": police["id"], "assurance": "As our own audit shows"}
    world.do("police", "returnConfirm", "id", **asked, dutyId=police["duties"][0]["id"])
    world.at(DUE + 1)
    assert late(world) == {"council": 10, "health": 10, "police": 9, "school": 10}
    assert late(world, effectiveOn=on(DUE)) == {}
    known = world.known_at()
    world.do("police", "returnConfirm", "id", **asked)
    assert (late(world)["council"], late(world).get("police")) == (10, None)
    assert late(world, knownAt=known, effectiveOn=on(DUE + 1))["police"] == 9
    assert {each["doneOn"] for each in standing(world, asked='year: 2024, agencies: ["police"]')} == {
        on(0),
        on(DUE + 1),
    }


def test_calling_again_calls_only_whom_it_left_out(world: World) -> None:
    assert sorted(call(world, agencies=["police"])) == ["police"]
    before = world.position()
    assert sorted(call(world, agencies=["police"])) == ["police"]
    assert world.position() == before
    assert len(call(world)) == 4


def test_a_return_is_given_on_paper_and_corrected(world: World) -> None:
    police = call(world, dueOn=on(20))["police"]
    world.at(9)
    world.do("unit", "returnConfirm", "id", id=police["id"], assurance="By letter", happenedOn=on(4))
    query = "query ($id: ID!) { node(id: $id) { ... on YearlyReturn { history { eventId name summary } } } }"
    told = world.ask("police", query, id=police["id"])["node"]["history"]
    assert [each["summary"] for each in told] == [
        "The police was called for its return for 2024, due 28 January 2024.",
        "The police confirmed 10 duties.",
    ]
    asked = {"id": police["id"], "reason": "Misread"}
    for field, value, event, code in (
        ("happenedOn", on(-1), 1, "DATE_BEFORE_START"),
        ("dueOn", on(-1), 0, "DUE_DATE_IN_PAST"),
        ("year", "2023", 0, "INVALID"),
    ):
        wrong = asked | {"eventId": told[event]["eventId"], "field": field, "newValue": value}
        assert world.refused("unit", "returnCorrect", **wrong) == [code]
    world.do("unit", "returnCorrect", "id", **asked, eventId=told[0]["eventId"], field="dueOn", newValue=on(3))
    world.do("unit", "returnCorrect", "id", **asked, eventId=told[1]["eventId"], field="voided", newValue="true")
    assert late(world) == {"police": 10}
    assert {each["doneOn"] for each in standing(world, "police")} == {None}


def test_what_makes_no_sense_is_refused_by_name(world: World) -> None:
    for given, code in (
        ({"year": 2025}, "DATE_IN_FUTURE"),
        ({"year": 2022}, "DUE_DATE_IN_PAST"),
        ({"year": 1066}, "INVALID"),
        ({"year": 2024, "period": 2}, "INVALID"),
        ({"year": 2024, "agencies": ["moon"]}, "UNKNOWN_AGENCY"),
    ):
        assert world.refused("unit", "returnsCall", **given) == [code]
    assert world.refused("chair", "returnsCall", year=2024) == ["NOT_PERMITTED"]
    police = call(world)["police"]
    nowhere = {"id": global_id.encode("return", uuid4()), "assurance": "x"}
    assert world.refused("unit", "returnConfirm", **nowhere) == ["NOT_FOUND"]
    assert world.refused("chair", "returnConfirm", id=police["id"], assurance="x") == ["NOT_PERMITTED"]
    unknown = world.answer("unit", '{ register { standingDuties(year: 2024, agencies: ["moon"]) { key } } }')
    assert unknown["errors"][0]["extensions"]["code"] == "UNKNOWN_AGENCY"


def test_an_agency_sees_its_own_return_and_nobody_elses(world: World) -> None:
    called = call(world)
    listed = "yearlyReturns(year: 2024) { id agency { key } duties { key } }"
    assert [each["agency"]["key"] for each in world.read("police", listed)["yearlyReturns"]] == ["police"]
    assert {each["agency"]["key"] for each in standing(world, "police")} == {"police"}
    assert standing(world, "police", 'year: 2024, agencies: ["health"]') == []
    node = "query ($id: ID!) { node(id: $id) { id } }"
    for of in ("police", "health"):
        own = called[of]["id"] if of == "police" else None
        assert (world.ask("police", node, id=called[of]["id"])["node"] or {}).get("id") == own
        duty = called[of]["duties"][0]["id"]
        assert (world.ask("police", node, id=duty)["node"] or {}).get("id") == (duty if of == "police" else None)
    theirs = called["health"]
    asked = {"id": theirs["id"], "assurance": "x"}
    assert world.refused("police", "returnConfirm", **asked) == ["NOT_FOUND"]
    assert world.refused("police", "returnConfirm", **asked, dutyId=theirs["duties"][0]["id"]) == ["NOT_FOUND"]
    world.do("health", "returnConfirm", "id", **asked)
    changes = "{ changes { nodes { name subject { id } } } }"
    seen = [(each["name"], each["subject"]["id"]) for each in world.ask("police", changes)["changes"]["nodes"]]
    assert seen == [("return.called.v1", called["police"]["id"])]
    assert len(world.read("inspector", listed)["yearlyReturns"]) == 4


def test_a_merger_moves_what_is_open_of_a_return(world: World) -> None:
    police = call(world, dueOn=on(5))["police"]
    world.do("police", "returnConfirm", "id", id=police["id"], assurance="x", dutyId=police["duties"][0]["id"])
    world.at(7)
    world.register.handle(MergeAgencies(key="police", into="school"), FOUNDER)
    assert late(world) == {"council": 10, "health": 10, "school": 19}
    held = {each["agency"]["key"] for each in standing(world, "school") if each["doneOn"]}
    assert held == {"police"}
    world.do("school", "returnConfirm", "id", id=police["id"], assurance="Taken over")
    assert late(world)["school"] == 10
