"""A history tells what each fact changed, from and to."""

from typing import Any

from support.partnership_world import BODY, World, on

CHANGES = "history { name changes { field from to } }"


def told(world: World, who: str, action: str, **moment: str) -> dict[str, dict[str, Any]]:
    """Of each fact, by its name, what it changed."""
    found = world.read(who, f'action(id: "{action}") {{ {CHANGES} }}', **moment)["action"]["history"]
    return {entry["name"]: {each["field"]: (each["from"], each["to"]) for each in entry["changes"]} for entry in found}


def test_a_history_tells_what_each_fact_changed(world: World) -> None:
    action = world.assigned("police", due=5)
    world.at(3)
    world.do("police", "actionReportProgress", id=action, narrative="Half way")
    world.do("police", "actionRequestExtension", id=action, until=on(40), reason="Illness")
    world.do("body", "actionGrantExtension", id=action)
    world.do("unit", "actionTransfer", id=action, toAgency="health", reason="Moved")
    found = told(world, "unit", action)
    assert found["action.raised.v1"] == {"stage": (None, "RAISED"), "monitoredBy": (None, BODY)}
    assert found["action.assigned.v1"] == {
        "stage": ("RAISED", "ASSIGNED"),
        "leadAgency": (None, "police"),
        "originalDueOn": (None, on(5)),
        "dueOn": (None, on(5)),
    }
    assert found["action.progress_reported.v1"] == {}
    assert found["action.extension_requested.v1"] == {}
    assert found["action.extension_granted.v1"] == {"dueOn": (on(5), on(40))}
    assert found["action.transferred.v1"] == {"leadAgency": ("police", "health")}


def test_work_reported_late_changes_what_was_known_when_it_was_recorded(world: World) -> None:
    action = world.assigned("police", due=5)
    world.at(20)
    evidence = world.evidence(action, completedOn=on(3))
    world.at(30)
    world.do("body", "actionAcceptEvidence", id=action, evidenceId=evidence)
    world.do("body", "actionClose", id=action, outcome="IMPLEMENTED", impactDueOn=on(90))
    found = told(world, "unit", action)
    assert found["action.evidence_submitted.v1"] == {"stage": ("ASSIGNED", "EVIDENCED")}
    assert found["action.completed.v1"] == {"completedOn": (None, on(3))}
    assert found["action.closed.v1"] == {
        "stage": ("EVIDENCED", "CLOSED"),
        "closedOn": (None, on(30)),
        "outcome": (None, "IMPLEMENTED"),
        "impactDueOn": (None, on(90)),
    }
    assert told(world, "unit", action, effectiveOn=on(10)).keys() == {
        "action.raised.v1",
        "action.assigned.v1",
        "action.completed.v1",
    }


def test_the_history_of_reviews_recommendations_and_challenges_tells_their_changes(world: World) -> None:
    review = world.published()
    action = world.assigned("police", recommendationId=world.a_recommendation(reviewId=review))
    challenge = world.do("chair", "challengeIssue", agency="police", subjects=[action], grounds="Late")["id"]
    world.do("chair", "challengeWithdraw", id=challenge, reason="Put right")
    query = f'review(id: "{review}") {{ {CHANGES} }} challenge(id: "{challenge}") {{ {CHANGES} }}'
    found = world.read("chair", query)
    stages = [
        [(each["from"], each["to"]) for entry in found[kind]["history"] for each in entry["changes"]
         if each["field"] == "stage"]
        for kind in ("review", "challenge")
    ]  # fmt: skip
    assert stages == [
        [(None, "COMMISSIONED"), ("COMMISSIONED", "COMPLETED"), ("COMPLETED", "PUBLISHED")],
        [(None, "ISSUED"), ("ISSUED", "WITHDRAWN")],
    ]


def test_a_history_tells_the_unit_what_of_each_fact_can_be_corrected_with_what_it_says(world: World) -> None:
    action = world.assigned("police", due=5)
    selection = f'action(id: "{action}") {{ history {{ eventId name correctable {{ field value }} }} }}'

    def said(who: str) -> list[dict[str, Any]]:
        found = world.read(who, selection)["action"]["history"]
        return [{each["field"]: each["value"] for each in entry["correctable"]} for entry in found]

    assigned = world.read("unit", selection)["action"]["history"][1]["eventId"]
    before = said("unit")[1]
    assert (before["dueOn"], before["leadAgency"], before["leadOfficer"], before["voided"]) == (
        on(5),
        "police",
        None,
        "false",
    )
    world.do("unit", "actionCorrect", id=action, eventId=assigned, field="dueOn", newValue=on(7), reason="Misread")
    assert said("unit")[1] == before | {"dueOn": on(7)}
    assert said("unit")[2] == {}
    for who in ("police", "chair", "inspector"):
        assert said(who) == [{}, {}, {}]
