"""A claim of completion that gives no day says so, wherever it is read."""

from api.relay.global_id import decode
from domain.lifecycle.commands import SubmitEvidence
from domain.shared.actor import Caller
from domain.shared.vocabulary import Kind, Role
from support.partnership_world import World, on

READ = """action(id: "%s") { overdue evidence { completedOn verdict } closure { completedOn }
  history { summary changes { field to } } }"""


def test_a_claim_without_a_day_stays_without_one_when_it_is_accepted_and_closed(world: World) -> None:
    action, other = world.assigned(due=5), world.assigned(due=5)
    world.at(9)
    imported = Caller("import:plan", Role.BUSINESS_UNIT, on_paper=True)
    command = SubmitEvidence(
        kind=Kind.ACTION, id=decode(action).uuid, narrative="The tracker says so", claims_complete=True, imported=True
    )
    world.register.handle(command, imported)
    filed = world.read("unit", READ % action)["action"]
    assert (filed["overdue"], filed["evidence"]) == (True, [{"completedOn": None, "verdict": "AWAITING"}])

    evidence = world.read("unit", f'action(id: "{action}") {{ evidence {{ id }} }}')["action"]["evidence"][0]["id"]
    world.at(12)
    world.do("body", "actionAcceptEvidence", id=action, evidenceId=evidence)
    days = [world.read("unit", READ % action, effectiveOn=on(day))["action"]["overdue"] for day in (8, 9, 12)]
    assert days == [True, False, False]
    world.do("body", "actionClose", id=action, outcome="IMPLEMENTED")

    closed = world.read("unit", READ % action)["action"]
    assert closed["closure"] == {"completedOn": None}
    entries = closed["history"]
    told = " ".join(entry["summary"] for entry in entries)
    assert "claims completion, giving no day" in told
    assert "The work was completed; on which day was not said." in told
    assert not [change for entry in entries for change in entry["changes"] if change["field"] == "completedOn"]
    assert world.read("unit", READ % other)["action"]["overdue"]


def test_the_day_on_which_such_a_claim_was_filed_is_none_of_completion_once_it_is_corrected(world: World) -> None:
    action = world.assigned(due=5)
    world.at(9)
    imported = Caller("import:plan", Role.BUSINESS_UNIT, on_paper=True)
    command = SubmitEvidence(
        kind=Kind.ACTION, id=decode(action).uuid, narrative="The tracker says so", claims_complete=True, imported=True
    )
    world.register.handle(command, imported)
    read = f'action(id: "{action}") {{ evidence {{ id }} history {{ eventId name changes {{ field to }} }} }}'
    found = world.read("unit", read)["action"]
    world.at(12)
    world.do("body", "actionAcceptEvidence", id=action, evidenceId=found["evidence"][0]["id"])
    filed = next(each["eventId"] for each in found["history"] if "evidence" in each["name"])
    asked = {"id": action, "eventId": filed, "field": "happenedOn", "newValue": str(on(8)), "reason": "Misread"}
    world.do("unit", "actionCorrect", **asked)
    told = [change for each in world.read("unit", read)["action"]["history"] for change in each["changes"]]
    assert {"field": "happenedOn", "to": str(on(8))} in told
    assert "completedOn" not in [change["field"] for change in told]
