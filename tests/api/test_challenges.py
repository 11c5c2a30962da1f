"""A formal challenge through the edge: its levels and clocks, its move, and what an agency sees of it."""

import pytest

from api.app.founding import FOUNDER
from domain.agency.commands import AddAgency
from domain.shared.dates import add_working_days
from domain.shared.vocabulary import AgencyKind, Role
from support.partnership_world import KEY, START, World, on

SHOWN = "id stage level responseDueOn overdue"
ESCALATIONS = "escalations { level reason escalatedOn responseDueOn by { role } }"


def issued(world: World, *subjects: str, agency: str = "police", **given: object) -> str:
    asked = {"agency": agency, "subjects": subjects or [world.assigned(agency)], "grounds": "Late"} | given
    return str(world.do("chair", "challengeIssue", **asked)["id"])


def overdue(world: World, agency: str, **moment: str) -> int:
    asked = f'overdueByAgency(agencies: ["{agency}"], includeUpToDate: true) {{ challengeResponsesOverdue }}'
    return int(world.read("inspector", asked, **moment)["overdueByAgency"][0]["challengeResponsesOverdue"])


def test_a_challenge_climbs_its_route_and_each_level_has_its_own_clock(world: World) -> None:
    challenge = issued(world, responseDueOn=on(5))
    world.at(10)
    assert overdue(world, "police") == 1
    shown = f"{SHOWN} {ESCALATIONS}"
    found = world.do("chair", "challengeEscalate", shown, id=challenge, reason="Silence")
    due = add_working_days(START.fromisoformat(on(10)), 10).isoformat()
    step = {"level": 2, "reason": "Silence", "escalatedOn": on(10), "responseDueOn": due, "by": {"role": "CHAIR"}}
    assert (found["stage"], found["level"], found["responseDueOn"], found["overdue"]) == ("ESCALATED", 2, due, False)
    assert found["escalations"] == [step]
    assert overdue(world, "police") == 0
    world.at(30)
    assert overdue(world, "police") == 1
    world.do("police", "challengeRespond", id=challenge, narrative="We know")
    assert overdue(world, "police") == 0
    last = world.do("chair", "challengeEscalate", shown, id=challenge, reason="No date", responseDueOn=on(40))
    assert [each["responseDueOn"] for each in last["escalations"]] == [due, on(40)]
    assert world.refused("chair", "challengeEscalate", id=challenge, reason="Further") == ["CONDITIONS_NOT_MET"]


def test_level_and_day_for_the_answer_are_read_on_both_clocks(world: World) -> None:
    challenge = issued(world, responseDueOn=on(5))
    world.at(12)
    before = world.known_at()
    world.do("chair", "challengeEscalate", id=challenge, reason="Silence", responseDueOn=on(30), happenedOn=on(10))
    asked = f'challenge(id: "{challenge}") {{ level responseDueOn overdue escalations {{ level }} }}'

    def at(**moment: str) -> list[object]:
        return list(world.read("inspector", asked, **moment)["challenge"].values())

    assert at(effectiveOn=on(9)) == [1, on(5), True, []]
    assert at(effectiveOn=on(10)) == [2, on(30), False, [{"level": 2}]]
    assert at(effectiveOn=on(10), knownAt=before) == [1, on(5), True, []]
    assert at(effectiveOn=on(31)) == [2, on(30), True, [{"level": 2}]]


def test_a_transferred_challenge_is_the_other_agencys_from_then_on(world: World) -> None:
    action = world.assigned("police")
    challenge = issued(world, action, responseDueOn=on(5))
    moved = {"toAgency": "health", "reason": "The team moved"}
    assert world.refused("unit", "challengeTransfer", id=challenge, **moved) == ["SUBJECT_NOT_OF_AGENCY"]
    world.do("unit", "actionTransfer", id=action, **moved)
    shown = "agency { key } responseDueOn history { name summary reason }"
    found = world.do("unit", "challengeTransfer", shown, id=challenge, **moved)
    assert (found["agency"], found["responseDueOn"]) == ({"key": "health"}, on(5))
    assert found["history"][-1] == {
        "name": "challenge.transferred.v1",
        "summary": "Transferred from The police to The health.",
        "reason": "The team moved",
    }
    assert world.read("police", f'challenge(id: "{challenge}") {{ id }}')["challenge"] is None
    assert world.refused("police", "challengeRespond", id=challenge, narrative="Ours?") == ["NOT_FOUND"]
    assert world.do("health", "challengeRespond", "stage", id=challenge, narrative="Ours")["stage"] == "RESPONDED"


def test_a_closed_action_is_challenged_and_reopened_when_upheld(world: World) -> None:
    action = world.closed()
    challenge = issued(world, action)
    ending = {"id": challenge, "outcome": "UPHELD", "reason": "Nothing changed"}
    assert world.refused("chair", "challengeResolve", **ending) == ["INVALID"]
    shown = "stage subjects { ... on Action { stage dueOn challenged } }"
    found = world.do("chair", "challengeResolve", shown, **ending, reopenDueOn=on(50))
    assert found == {"stage": "RESOLVED", "subjects": [{"stage": "ASSIGNED", "dueOn": on(50), "challenged": False}]}


@pytest.mark.parametrize("kind", [AgencyKind.BOARD, AgencyKind.OTHER_PARTNERSHIP])
def test_the_board_itself_and_another_partnership_answer_a_challenge(world: World, kind: AgencyKind) -> None:
    added = AddAgency(key="outside", name="Someone else", agency_kind=kind)
    world.installation.register(KEY).handle(added, FOUNDER)
    tokens = {**world.tokens, "outside": world.installation.issue_token(KEY, Role.AGENCY, "outside", "outside")}
    world = World(world.installation, tokens)
    asked = world.a_recommendation(addressedTo=["outside"])
    challenge = issued(world, asked, agency="outside")
    shown = "stage agency { key kind } subjects { ... on Recommendation { challenged } }"
    found = world.do("outside", "challengeRespond", shown, id=challenge, narrative="On our agenda")
    assert found == {
        "stage": "RESPONDED",
        "agency": {"key": "outside", "kind": kind.value},
        "subjects": [{"challenged": True}],
    }
    on_paper = issued(world, asked, agency="outside", grounds="No plan either")
    told = "responses { agency { key } by { role } }"
    answered = world.do("unit", "challengeRespond", told, id=on_paper, narrative="Minute 7 of the board")
    assert answered["responses"] == [{"agency": {"key": "outside"}, "by": {"role": "BUSINESS_UNIT"}}]


def test_the_business_unit_writes_down_what_was_answered_on_paper(world: World) -> None:
    challenge = issued(world)
    world.at(6)
    told = "responses { narrative respondedOn agency { key } by { role } } history { summary }"
    given = {"id": challenge, "narrative": "By letter", "happenedOn": on(4)}
    found = world.do("unit", "challengeRespond", told, **given)
    answer = {"narrative": "By letter", "respondedOn": on(4), "agency": {"key": "police"}}
    assert found["responses"] == [answer | {"by": {"role": "BUSINESS_UNIT"}}]
    assert found["history"][-1] == {"summary": "The police answered at level 1."}
    own = world.do("police", "challengeRespond", told, id=challenge, narrative="Ours")["responses"][-1]
    assert (own["agency"], own["by"]) == ({"key": "police"}, {"role": "AGENCY"})
    assert world.refused("chair", "challengeRespond", id=challenge, narrative="x") == ["NOT_PERMITTED"]


def test_a_stale_version_and_a_replayed_key_change_nothing(world: World) -> None:
    challenge = issued(world)
    given = {"id": challenge, "reason": "Silence", "idempotencyKey": "018f4b1e-7c5a-4f0e-9d3b-2a6c1e5f7a91"}
    assert world.refused("chair", "challengeEscalate", expectedVersion=7, **given) == ["VERSION_CONFLICT"]
    first = world.send_command("chair", "challengeEscalate", SHOWN, **given)
    again = world.send_command("chair", "challengeEscalate", SHOWN, **given)
    assert first == again
    assert first["challenge"]["level"] == 2
    assert len(first["eventIds"]) == 1
