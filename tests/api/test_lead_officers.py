"""The lead officer leaves: another one is named at any time before closing; a transfer clears who it was."""

from world import World, on

SHOWN = "leadAgency { key } leadOfficer contributingAgencies { key } dueOn originalDueOn stage"


def test_a_new_lead_officer_is_named_after_evidence_was_accepted_and_a_transfer_clears_whoever_it_was(
    world: World,
) -> None:
    action = world.an_action()
    asked = {"id": action, "leadAgency": "police", "dueOn": on(80)}
    world.do("unit", "actionAssign", **asked, leadOfficer="Officer A", contributingAgencies=["school"])
    world.at(20)
    world.do("body", "actionAcceptEvidence", id=action, evidenceId=world.evidence(action, claimsComplete=False))
    world.at(50)
    named = {"leadOfficer": "Officer B", "contributingAgencies": ["council"], "happenedOn": on(45)}
    world.do("unit", "actionAssign", **asked, **named)
    read = f'action(id: "{action}") {{ {SHOWN} }}'
    now, before = world.read("police", read)["action"], world.read("police", read, effectiveOn=on(44))["action"]
    assert (now["leadOfficer"], now["contributingAgencies"]) == ("Officer B", [{"key": "council"}])
    assert (now["dueOn"], now["originalDueOn"], now["stage"]) == (on(80), on(80), "EVIDENCED")
    assert (before["leadOfficer"], before["contributingAgencies"]) == ("Officer A", [{"key": "school"}])
    moved = world.do("unit", "actionTransfer", SHOWN, id=action, toAgency="health", reason="The team moved")
    assert (moved["leadAgency"], moved["leadOfficer"]) == ({"key": "health"}, None)
    asked["leadAgency"] = "health"
    assert world.do("unit", "actionAssign", SHOWN, **asked, leadOfficer="Officer C")["leadOfficer"] == "Officer C"
    assert world.refused("unit", "actionAssign", **asked | {"leadAgency": "school"}) == ["EVIDENCE_ALREADY_JUDGED"]


def test_a_request_for_an_extension_lapses_when_the_action_is_closed_as_of_an_earlier_day(world: World) -> None:
    action, neighbour = world.assigned(), world.assigned()
    world.at(5)
    for each in (action, neighbour):
        world.do("police", "actionRequestExtension", id=each, until=on(90), reason="Illness")
    world.at(8)
    world.do("body", "actionClose", id=action, outcome="SUPERSEDED", happenedOn=on(3))
    read = f'action(id: "{action}") {{ extensions {{ answer lapsedOn }} }}'
    assert world.read("police", read)["action"]["extensions"] == [{"answer": None, "lapsedOn": on(5)}]
    pending = world.read("unit", "actions(filter: {extensionPending: true}) { nodes { id } }")["actions"]["nodes"]
    asked = "oversight { waiting(queues: [EXTENSION_PENDING]) { nodes { subject { id } } } }"
    waiting = world.read("unit", asked)["oversight"]["waiting"]["nodes"]
    assert [each["id"] for each in pending] == [neighbour]
    assert [each["subject"]["id"] for each in waiting] == [neighbour]
