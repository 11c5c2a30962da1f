"""The rules about days and knowledge, as a partner meets them at the edge (rules.md, "Days and moments")."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from support.partnership_world import World, on

LONDON = ZoneInfo("Europe/London")
OVERDUE = "overdueByAgency { agency { key } open overdue awaitingReview overdueAgainstOriginal reportedLate }"


def row(world: World, key: str = "police", **moment: str) -> dict[str, Any]:
    rows = world.read("inspector", OVERDUE, **moment)["overdueByAgency"]
    return next((found for found in rows if found["agency"]["key"] == key), {})


def clock(world: World, text: str) -> None:
    world.register.ledger.set_clock(datetime.fromisoformat(text))


def test_finished_on_the_3rd_reported_on_the_20th_accepted_on_the_30th(world: World) -> None:
    action = world.assigned("police", due=5)
    world.at(20)
    evidence = world.evidence(action, completedOn=on(3))
    world.at(25)
    world.a_review()
    the_25th = world.known_at()
    world.at(30)
    world.do("body", "actionAcceptEvidence", id=action, evidenceId=evidence)
    assert row(world, knownAt=the_25th, effectiveOn=on(10))["overdue"] == 1
    now = row(world, effectiveOn=on(10))
    assert (now["overdue"], now["reportedLate"]) == (0, 1)
    between = [row(world, effectiveOn=on(day)).get("awaitingReview", 0) for day in (19, 20, 29, 30)]
    assert between == [0, 1, 1, 0]


def test_what_was_known_at_the_end_of_its_own_day_is_not_reported_late(world: World) -> None:
    action = world.assigned("police", due=5)
    world.at(10)
    world.do("body", "actionAcceptEvidence", id=action, evidenceId=world.evidence(action, completedOn=on(3)))
    assert row(world, effectiveOn=on(10)).get("reportedLate", 0) == 0
    assert row(world, effectiveOn=on(9))["reportedLate"] == 1


def test_reopening_clears_what_was_completed_and_the_first_due_date_stays(world: World) -> None:
    action = world.closed("police")
    world.at(70)
    world.do("body", "actionReopen", id=action, reason="Undone", dueOn=on(80))
    world.at(90)
    shown = "stage overdue overdueAgainstOriginal dueOn originalDueOn daysOverdue closure { outcome }"
    found = world.read("inspector", f'action(id: "{action}") {{ {shown} }}')["action"]
    assert found == {
        "stage": "ASSIGNED",
        "overdue": True,
        "overdueAgainstOriginal": True,
        "dueOn": on(80),
        "originalDueOn": on(60),
        "daysOverdue": 10,
        "closure": None,
    }


def test_closed_and_reopened_on_one_day_leaves_it_open_and_both_in_its_history(world: World) -> None:
    action = world.closed("police")
    world.do("body", "actionReopen", id=action, reason="Too soon", dueOn=on(70))
    found = world.read("inspector", f'action(id: "{action}") {{ stage closure {{ outcome }} history {{ name }} }}')
    names = [entry["name"] for entry in found["action"]["history"]]
    assert (found["action"]["stage"], found["action"]["closure"]) == ("ASSIGNED", None)
    assert [name for name in names if "closed" in name or "reopened" in name] == [
        "action.closed.v1",
        "action.reopened.v1",
    ]


def test_a_returned_claim_is_late_since_its_due_date_whatever_it_is_to_be_fixed_by(world: World) -> None:
    action = world.assigned("police", due=10)
    world.at(9)
    evidence = world.evidence(action)
    world.at(20)
    assert row(world)["overdue"] == 0
    world.do("body", "actionReturnEvidence", id=action, evidenceId=evidence, reason="No names", fixBy=on(40))
    shown = "stage overdue daysOverdue dueOn"
    assert world.read("inspector", f'action(id: "{action}") {{ {shown} }}')["action"] == {
        "stage": "ASSIGNED",
        "overdue": True,
        "daysOverdue": 10,
        "dueOn": on(10),
    }
    assert row(world, effectiveOn=on(15))["overdue"] == 0


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2024-03-31T00:59:50+00:00", "2024-03-31"),
        ("2024-03-31T23:00:00+00:00", "2024-04-01"),
        ("2024-03-31T22:59:50+00:00", "2024-03-31"),
        ("2024-10-26T22:59:50+00:00", "2024-10-26"),
        ("2024-10-26T23:00:00+00:00", "2024-10-27"),
        ("2024-10-27T23:59:50+00:00", "2024-10-27"),
        ("2024-10-28T00:00:00+00:00", "2024-10-28"),
    ],
)
def test_a_day_is_londons_around_midnight_and_where_the_clocks_change(world: World, instant: str, day: str) -> None:
    clock(world, instant)
    commissioned = world.read("inspector", f'review(id: "{world.a_review()}") {{ commissionedOn }}')["review"]
    assert commissioned == {"commissionedOn": day}
    assert world.read("inspector", "effectiveOn")["effectiveOn"] == day
    assert world.read("inspector", "effectiveOn", knownAt=instant)["effectiveOn"] == day


def test_lateness_begins_at_londons_midnight(world: World) -> None:
    action = world.assigned("police", due=0)
    world.do("unit", "actionTransfer", id=action, toAgency="health", reason="Moved")
    clock(world, "2024-06-30T22:59:00+00:00")
    late = world.an_action()
    world.do("unit", "actionAssign", id=late, leadAgency="police", dueOn="2024-06-30")
    assert row(world)["overdue"] == 0
    clock(world, "2024-06-30T23:00:01+00:00")
    assert row(world)["overdue"] == 1


def test_reported_late_looks_back_to_the_last_moment_of_the_day_in_summer(world: World) -> None:
    clock(world, "2024-06-10T09:00:00+01:00")
    action = world.an_action()
    world.do("unit", "actionAssign", id=action, leadAgency="police", dueOn="2024-06-28")
    clock(world, "2024-06-30T23:30:00+01:00")
    evidence = world.evidence(action, completedOn="2024-06-20")
    world.do("body", "actionAcceptEvidence", id=action, evidenceId=evidence)
    assert row(world, effectiveOn="2024-06-30").get("reportedLate", 0) == 0
    assert row(world, effectiveOn="2024-06-29")["reportedLate"] == 1


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_every_day_of_the_calendar_can_be_asked_about(world: World, day: str) -> None:
    world.assigned("police")
    asked = (
        f"{OVERDUE} unassigned recurringLearning {{ nodes {{ occurrences }} }} partnership {{ framework {{ key }} }}"
    )
    found = world.answer("inspector", f'{{ register(effectiveOn: "{day}") {{ {asked} }} }}')
    assert "errors" not in found, found["errors"]


def test_lateness_of_an_agency_that_was_added_later_is_counted_all_the_same(world: World) -> None:
    review = world.a_review(happenedOn=on(-200), agencies=["police"])
    above = world.a_recommendation(reviewId=review, happenedOn=on(-190))
    action = world.an_action(recommendationId=above, happenedOn=on(-190))
    world.do("unit", "actionAssign", id=action, leadAgency="police", dueOn=on(-100), happenedOn=on(-180))
    assert world.read("inspector", f'action(id: "{action}") {{ overdue }}', effectiveOn=on(-50))["action"]["overdue"]
    assert row(world, effectiveOn=on(-50)).get("overdue") == 1


def test_asking_twice_for_a_moment_gives_the_same_answer_while_writers_write(world: World) -> None:
    world.register.ledger.set_clock(None)
    actions = [world.assigned("police", due=4000) for _ in range(3)]
    stop = Event()

    def write(who: str, action: str) -> None:
        while not stop.is_set():
            world.do(who, "actionReportProgress", id=action, narrative="More")

    asked = "knownAt position actions { nodes { id version progress { narrative } } }"
    writers = [Thread(target=write, args=("police", action)) for action in actions]
    for writer in writers:
        writer.start()
    try:
        for _ in range(12):
            first = world.read("inspector", asked)
            again = world.read("inspector", asked, knownAt=first["knownAt"])
            later = (datetime.fromisoformat(first["knownAt"]).astimezone(UTC) + timedelta(microseconds=1)).isoformat()
            assert again == first
            assert int(world.read("inspector", asked, knownAt=later)["position"]) >= int(first["position"])
            told = Counter(node["version"] - 2 - len(node["progress"]) for node in first["actions"]["nodes"])
            assert told == {0: 3}, "an answer mixed two moments"
    finally:
        stop.set()
        for writer in writers:
            writer.join()
