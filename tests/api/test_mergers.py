"""A merger of agencies as partners see it: moved with one recording, and read as it was before."""

from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import date, timedelta
from typing import Any, TypeAlias

import pytest

from api.app.founding import FOUNDER
from domain.agency.commands import MergeAgencies
from domain.frameworks import shipped_frameworks
from domain.ports import Histories
from domain.register import Register
from domain.shared.facts import Recorded
from domain.shared.refusals import VersionConflict
from projections.engine.history_rows import histories
from support.partnership_world import START, World, on

Touched: TypeAlias = Iterable[tuple[Sequence[Recorded], Sequence[Recorded]]]


def day(number: int) -> date:
    return START + timedelta(days=number)


def merge(world: World, key: str = "police", into: str = "health") -> None:
    assert world.register.handle(MergeAgencies(key=key, into=into), FOUNDER)


def overdue(world: World, **moment: str) -> dict[str, Any]:
    rows = world.read("unit", "overdueByAgency { agency { key } overdue }", **moment)["overdueByAgency"]
    return {row["agency"]["key"]: row["overdue"] for row in rows}


def test_a_merger_moves_what_is_open_and_the_past_keeps_the_old_name(world: World) -> None:
    action = world.assigned("police", due=5)
    challenge = world.do("chair", "challengeIssue", agency="police", subjects=[action], grounds="Late")["id"]
    world.at(10)
    world.do("police", "actionReportProgress", id=action, narrative="Half way")
    then = world.known_at()
    merge(world)
    shown = "leadAgency { key } history { name recordedAt }"
    query = f'action(id: "{action}") {{ {shown} }} challenge(id: "{challenge}") {{ agency {{ key name }} }}'
    now, past = world.read("unit", query), world.read("unit", query, knownAt=then)
    assert (now["action"]["leadAgency"], now["challenge"]["agency"]["key"]) == ({"key": "health"}, "health")
    assert (past["action"]["leadAgency"], past["challenge"]["agency"]["name"]) == ({"key": "police"}, "The police")
    assert world.read("unit", query, effectiveOn=on(9))["action"]["leadAgency"] == {"key": "police"}
    assert (overdue(world), overdue(world, knownAt=then)) == ({"health": 1}, {"police": 1})
    assert world.read("health", query)["action"]["leadAgency"] == {"key": "health"}
    told = [each for each in now["action"]["history"] if each["name"] == "action.transferred.v1"]
    agencies = world.read("unit", "agencies { key succeededBy { key } }")["agencies"]
    assert {each["key"]: each["succeededBy"] for each in agencies}["police"] == {"key": "health"}
    assert told[0]["recordedAt"] == world.known_at()


def test_a_merger_has_its_turn_on_a_register_that_never_rests(world: World) -> None:
    """Somebody records something after each of its readings; from its second on the other's save waits for it."""
    action = world.assigned("police", due=5, contributingAgencies=["council"])
    told: list[Future[Any]] = []

    def meanwhile(touched: Touched) -> Histories:
        told.append(others.submit(world.do, "council", "actionReportProgress", id=action, narrative="Half way"))
        wait(told, timeout=1)
        return histories(touched)

    busy = Register(world.register.ledger, meanwhile, shipped_frameworks())
    with ThreadPoolExecutor(1) as others:
        assert busy.handle(MergeAgencies(key="police", into="health"), FOUNDER)
    assert [each.exception() for each in told] == [None] * len(told)
    moved = world.read("unit", f'action(id: "{action}") {{ leadAgency {{ key }} progress {{ narrative }} }}')["action"]
    assert (moved["leadAgency"]["key"], len(moved["progress"])) == ("health", len(told))


def test_the_successor_goes_on_with_what_moved_and_the_old_credentials_read_and_record_nothing(world: World) -> None:
    action = world.assigned("police", due=5)
    asked = "{ viewer { permittedCommands } }"
    assert "actionReportProgress" in world.ask("police", asked)["viewer"]["permittedCommands"]
    merge(world)
    world.do("health", "actionReportProgress", id=action, narrative="Taken over")
    told = {"id": action, "narrative": "Handed over"}
    assert world.refused("police", "actionReportProgress", **told) == ["NOT_PERMITTED"]
    read = world.read("police", f'action(id: "{action}") {{ progress {{ narrative }} }}')["action"]
    assert read == {"progress": [{"narrative": "Taken over"}]}
    assert world.ask("police", asked)["viewer"]["permittedCommands"] == []
    told = world.read("school", f'action(id: "{action}") {{ id }}')["action"]
    assert told is None


def test_what_is_assigned_while_a_merger_is_decided_is_never_left_behind(world: World) -> None:
    moving, register = world.an_action(), world.register
    session = register.open()
    assert len(register.decide(session, MergeAgencies(key="police", into="health"), FOUNDER)) == 1
    world.do("unit", "actionAssign", id=moving, leadAgency="police", dueOn=on(60))
    with pytest.raises(VersionConflict):
        register.save(session)
    merge(world)
    assert world.read("unit", f'action(id: "{moving}") {{ leadAgency {{ key }} }}')["action"] == {
        "leadAgency": {"key": "health"}
    }


def test_a_merger_dated_back_keeps_the_answers_of_the_agency_that_ended(world: World) -> None:
    """As the board judges any day since: answered by the police, in time, for what the police have become."""
    asked = {"addressedTo": ["police"], "responseDueOn": on(12)}
    thing = world.a_recommendation(**asked)
    world.do("unit", "recommendationAssign", id=thing, leadAgency="police", dueOn=on(60))
    world.at(7)
    world.do("police", "recommendationRespond", id=thing, answer="ACCEPTED")
    world.at(24)
    world.register.handle(MergeAgencies(key="police", into="health", happened_on=day(2)), FOUNDER)
    shown = "leadAgency { key } responseOverdue clocks { stoppedOn }"
    for effective, lead, stopped in ((1, "police", None), (2, "health", None), (20, "health", on(7))):
        read = world.read("unit", f'recommendation(id: "{thing}") {{ {shown} }}', effectiveOn=on(effective))
        found = read["recommendation"]
        assert (found["leadAgency"]["key"], found["clocks"][0]["stoppedOn"]) == (lead, stopped)
        assert found["responseOverdue"] is False
    accepted = 'recommendations(filter: {answers: [ACCEPTED], text: "chronology"}) { nodes { id } }'
    assert [each["id"] for each in world.read("health", accepted)["recommendations"]["nodes"]] == [thing]
    world.do("health", "actionRaise", "id", recommendationId=thing, wording="Train the team")


def test_what_is_reopened_after_a_merger_is_the_successors_to_see_and_to_do(world: World) -> None:
    action, neighbour = world.closed("police", contributingAgencies=["school"]), world.closed("council")
    merge(world)
    merge(world, "school", "council")
    shown = f'action(id: "{action}") {{ leadAgency {{ key }} contributingAgencies {{ key }} overdue }}'
    closed = {"leadAgency": {"key": "police"}, "contributingAgencies": [{"key": "school"}], "overdue": False}
    assert world.read("unit", shown)["action"] == closed
    world.at(5)
    world.do("body", "actionReopen", id=action, reason="It happened again", dueOn=on(9))
    world.at(12)
    for who in ("health", "council"):
        found = world.read(who, shown)["action"]
        assert (found["leadAgency"]["key"], found["contributingAgencies"]) == ("health", [{"key": "council"}])
    assert overdue(world) == {"health": 1}
    assert world.read("unit", shown, effectiveOn=on(4))["action"] == closed
    world.evidence(action, "health")
    assert world.read("unit", f'action(id: "{neighbour}") {{ leadAgency {{ key }} }}')["action"] == {
        "leadAgency": {"key": "council"}
    }
