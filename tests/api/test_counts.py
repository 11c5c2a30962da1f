"""What a count says is what its name says, and what the lists that it counts say."""

from typing import Any

from domain.shared.actor import Caller
from domain.shared.vocabulary import Role
from domain.theme.commands import MergeTheme
from support.partnership_world import World, on


def row(world: World, agency: str = "police", **moment: str) -> dict[str, Any]:
    asked = "overdueByAgency(includeUpToDate: true) { agency { key } reportedLate dueWithin30Days overdue }"
    rows = world.read("unit", asked, **moment)["overdueByAgency"]
    return next(each for each in rows if each["agency"]["key"] == agency)


def test_reported_late_is_what_was_done_in_time_not_what_has_been_closed_or_put_off_since(world: World) -> None:
    late, closed, extended, moved = (world.assigned(due=5) for _ in range(4))
    world.at(20)
    world.evidence(late, completedOn=on(8))
    world.do("body", "actionClose", id=closed, outcome="SUPERSEDED", reason="A wider one")
    world.do("police", "actionRequestExtension", id=extended, until=on(50), reason="Illness")
    world.do("unit", "actionTransfer", id=moved, toAgency="health", reason="It is theirs")
    assert row(world, effectiveOn=on(10))["reportedLate"] == 0
    evidence = world.read("unit", f'action(id: "{late}") {{ evidence {{ id }} }}')["action"]["evidence"][0]["id"]
    world.do("body", "actionAcceptEvidence", id=late, evidenceId=evidence)
    assert row(world, effectiveOn=on(10))["reportedLate"] == 1
    assert row(world, effectiveOn=on(7))["reportedLate"] == 0


def test_a_claim_that_was_filed_in_time_and_told_late_counts_for_the_lead_of_then(world: World) -> None:
    action = world.assigned(due=5)
    world.at(20)
    paper = {"narrative": "By post", "claimsComplete": True, "happenedOn": on(4), "agency": "police"}
    world.do("unit", "actionSubmitEvidence", id=action, **paper)
    assert row(world, effectiveOn=on(10))["reportedLate"] == 1
    world.do("unit", "actionTransfer", id=action, toAgency="health", reason="It is theirs")
    told = [row(world, agency, effectiveOn=on(10))["reportedLate"] for agency in ("police", "health")]
    assert told == [1, 0]


def test_due_within_thirty_days_leaves_out_what_is_accepted_as_complete(world: World) -> None:
    done, _ = world.assigned(due=20), world.assigned(due=20)
    evidence = world.evidence(done)
    assert row(world)["dueWithin30Days"] == 2
    world.do("body", "actionAcceptEvidence", id=done, evidenceId=evidence)
    assert row(world)["dueWithin30Days"] == 1


def test_evidence_is_found_by_the_verdict_that_it_is_shown_with(world: World) -> None:
    waiting, superseded, withdrawn, returned = (world.assigned() for _ in range(4))
    world.evidence(waiting)
    world.evidence(superseded)
    world.do("body", "actionClose", id=superseded, outcome="SUPERSEDED", reason="A wider one")
    world.do(
        "police", "actionWithdrawEvidence", id=withdrawn, evidenceId=world.evidence(withdrawn), reason="Wrong file"
    )
    world.do("body", "actionReturnEvidence", id=returned, evidenceId=world.evidence(returned), reason="Unsigned")
    shown = world.read("unit", "actions(first: 100) { nodes { id evidence { verdict } } }")["actions"]["nodes"]
    for verdict in ("AWAITING", "RETURNED", "ACCEPTED"):
        asked = f"actions(filter: {{evidenceVerdicts: [{verdict}]}}) {{ nodes {{ id }} }}"
        found = {node["id"] for node in world.read("unit", asked)["actions"]["nodes"]}
        assert found == {each["id"] for each in shown if {"verdict": verdict} in each["evidence"]}


def test_a_finding_of_not_embedded_is_counted_until_the_next_one(world: World) -> None:
    action = world.closed()
    world.closed("health")
    finding = {"id": action, "measure": "audit", "finding": "NOT_EMBEDDED"}
    world.at(10)
    world.do("body", "actionVerifyImpact", **finding, followUp={"reason": "Nobody knew", "reopenUntil": on(50)})

    def counted(**moment: str) -> int:
        plans = world.read("unit", "implementation { notEmbedded byAgency { notEmbedded } }", **moment)[
            "implementation"
        ]
        assert all(plan["notEmbedded"] == sum(each["notEmbedded"] for each in plan["byAgency"]) for plan in plans)
        return sum(plan["notEmbedded"] for plan in plans)

    assert (counted(effectiveOn=on(9)), counted()) == (0, 1)
    world.at(20)
    world.do("body", "actionAcceptEvidence", id=action, evidenceId=world.evidence(action))
    world.do("body", "actionClose", id=action, outcome="IMPLEMENTED")
    assert counted() == 1
    world.at(30)
    world.do("body", "actionVerifyImpact", **finding | {"finding": "EMBEDDED"})
    assert (counted(effectiveOn=on(29)), counted()) == (1, 0)


def test_evidence_that_is_dated_before_its_assignment_stands_in_oversight(world: World) -> None:
    action = world.an_action()
    world.at(10)
    world.do("unit", "actionAssign", id=action, leadAgency="police", dueOn=on(60))
    world.do("unit", "actionSubmitEvidence", id=action, narrative="By post", happenedOn=on(4), agency="police")
    asked = "oversight { waiting(queues: [EVIDENCE_AWAITING]) { edges { node { since } } } }"
    for day in (4, 9, 10):
        edges = world.read("body", asked, effectiveOn=on(day))["oversight"]["waiting"]["edges"]
        assert [edge["node"]["since"] for edge in edges] == [on(4)]
    assert not world.read("body", asked, effectiveOn=on(3))["oversight"]["waiting"]["edges"]


def test_a_merged_theme_finds_among_the_recurring_what_it_finds_among_recommendations(world: World) -> None:
    for _ in range(2):
        world.a_recommendation(themes=["neglect"])
        world.a_recommendation(themes=["domestic-abuse"])
    world.at(5)
    merge = MergeTheme(key="neglect", into="domestic-abuse")
    world.register.handle(merge, Caller("admin", Role.ADMINISTRATOR))
    world.a_recommendation(themes=["domestic-abuse"])
    for theme in ("neglect", "domestic-abuse"):
        wanted = f'filter: {{themes: ["{theme}"]}}'
        listed = world.read("unit", f"recommendations(first: 100, {wanted}) {{ nodes {{ id }} }}")["recommendations"]
        below = "nodes { recommendations(first: 100) { nodes { id } } }"
        recurring = world.read("unit", f"recurringLearning({wanted}) {{ {below} }}")["recurringLearning"]["nodes"]
        found = [node["id"] for each in recurring for node in each["recommendations"]["nodes"]]
        assert sorted(found) == sorted(node["id"] for node in listed["nodes"])
