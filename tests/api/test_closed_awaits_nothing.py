"""A claim that was never judged before its item was closed awaits no verdict; after a reopening it awaits again."""

from typing import Any

import pytest

from support.partnership_world import World, on

AWAITING = "(filter: {awaitingReview: true}) { nodes { id } }"
VERDICTS = "(filter: {evidenceVerdicts: [AWAITING]}) { nodes { id } }"
EVERYWHERE = f"""actions{AWAITING}
  overdueByAgency {{ agency {{ key }} awaitingReview }}
  implementation {{ evidenceAwaitingReview oldestEvidenceAwaitingSince byAgency {{ awaitingReview }} }}
  oversight {{ waiting(queues: [EVIDENCE_AWAITING]) {{ totalCount }} }}"""


def readings(world: World, **moment: str) -> dict[str, Any]:
    """How many await a verdict, by every reading that says so."""
    read = world.read("body", EVERYWHERE, **moment)
    (plan,) = read["implementation"]
    return {
        "listed": len(read["actions"]["nodes"]),
        "agencies": sum(row["awaitingReview"] for row in read["overdueByAgency"]),
        "plan": plan["evidenceAwaitingReview"],
        "of the plan's agencies": sum(row["awaitingReview"] for row in plan["byAgency"]),
        "queue": read["oversight"]["waiting"]["totalCount"],
        "oldest": plan["oldestEvidenceAwaitingSince"],
    }


def alike(count: int, oldest: str | None) -> dict[str, Any]:
    names = ("listed", "agencies", "plan", "of the plan's agencies", "queue")
    return dict.fromkeys(names, count) | {"oldest": oldest}


@pytest.mark.parametrize("outcome", ["SUPERSEDED", "NOT_IMPLEMENTED"])
def test_what_was_closed_with_a_claim_unjudged_awaits_no_verdict_in_any_reading(world: World, outcome: str) -> None:
    action = world.assigned("police")
    world.at(10)
    evidence = world.evidence(action)
    assert readings(world) == alike(1, on(10))
    world.at(20)
    world.do("body", "actionClose", id=action, outcome=outcome, reason="The team is gone")
    assert readings(world) == alike(0, None)
    assert readings(world, effectiveOn=on(19)) == alike(1, on(10))
    judged = {"id": action, "evidenceId": evidence}
    assert world.refused("body", "actionAcceptEvidence", **judged) == ["ALREADY_CLOSED"]
    shown = "query ($id: ID!) { node(id: $id) { ... on Action { awaitingReview evidence { verdict } } } }"
    told = world.ask("body", shown, id=action)["node"]
    assert told == {"awaitingReview": False, "evidence": [{"verdict": "AWAITING"}]}
    assert world.read("body", f"actions{VERDICTS}")["actions"]["nodes"] == [{"id": action}]
    world.at(30)
    world.do("body", "actionReopen", id=action, reason="The team is back", dueOn=on(60))
    assert readings(world) == alike(1, on(10))
    world.do("body", "actionReturnEvidence", **judged, reason="Of the team as it was")
    assert readings(world) == alike(0, None)


def test_a_superseded_recommendation_awaits_no_verdict_either(world: World) -> None:
    above = world.a_recommendation()
    world.do("unit", "recommendationAssign", id=above, leadAgency="police", dueOn=on(60))
    world.do("police", "recommendationSubmitEvidence", id=above, narrative="Done", claimsComplete=True)
    awaiting = f"recommendations{AWAITING}"
    (found,) = world.read("body", awaiting)["recommendations"]["nodes"]
    assert found == {"id": above}
    world.do("body", "recommendationClose", id=above, outcome="SUPERSEDED", reason="A wider one took its place")
    assert world.read("body", awaiting)["recommendations"]["nodes"] == []
