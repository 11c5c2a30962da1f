"""The lead officer leaves: another one is named at any time before closing; a transfer clears who it was."""

from support.partnership_world import World, on

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


def test_a_recommendation_whose_actions_are_closed_awaits_its_closing_and_closes_with_the_last_of_them(
    world: World,
) -> None:
    first, second = world.a_recommendation(), world.a_recommendation()
    for above in (first, second):
        world.do("unit", "recommendationAssign", id=above, leadAgency="police", dueOn=on(60))
    asked = "oversight { waiting(queues: [TO_CLOSE]) { nodes { subject { id } since } } }"
    world.at(5)
    world.closed(recommendationId=first)
    last = world.assigned(recommendationId=second)
    world.do("body", "actionAcceptEvidence", id=last, evidenceId=world.evidence(last))
    waiting = world.read("unit", asked)["oversight"]["waiting"]["nodes"]
    assert {(each["subject"]["id"], each["since"]) for each in waiting} == {(first, on(5)), (last, on(5))}
    assert world.read("unit", asked, effectiveOn=on(4))["oversight"]["waiting"]["nodes"] == []
    world.do("body", "actionClose", id=last, outcome="IMPLEMENTED", closeRecommendation=True)
    world.do("body", "recommendationClose", id=first, outcome="IMPLEMENTED", byItsActions=True)
    shown = "stage closure { outcome } evidence { narrative verdict }"
    for above in (first, second):
        found = world.read("police", f'recommendation(id: "{above}") {{ {shown} }}')["recommendation"]
        assert (found["stage"], found["closure"]["outcome"]) == ("CLOSED", "IMPLEMENTED")
        assert [each["verdict"] for each in found["evidence"]] == ["ACCEPTED"]
    assert world.read("unit", asked)["oversight"]["waiting"]["nodes"] == []
