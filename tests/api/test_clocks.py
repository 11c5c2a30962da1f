"""A review's clocks through the edge: overdue or met at any pair of moments."""

from typing import Any

from domain.shared.dates import add_working_days
from projections.engine.rebuild import rebuild
from support.partnership_world import START, World, on

CLOCKS = "clocks { name startedOn dueOn stoppedOn workingDays overdue }"
DUE = add_working_days(START, 15).isoformat()


def clocks(world: World, review: str, who: str = "inspector", **moment: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = world.read(who, f'review(id: "{review}") {{ {CLOCKS} }}', **moment)["review"][
        "clocks"
    ]
    return found


def test_a_clock_is_started_runs_late_and_is_stopped(world: World) -> None:
    review = world.a_review()
    asked = {"reviewId": review, "clock": "rapid-review"}
    found = world.do("unit", "clockStart", CLOCKS, **asked, startedOn=on(0))["clocks"]
    running = {
        "name": "rapid-review",
        "startedOn": on(0),
        "dueOn": DUE,
        "stoppedOn": None,
        "workingDays": True,
        "overdue": False,
    }
    assert found == [running]
    world.at(30)
    late = world.known_at()
    assert clocks(world, review) == [running | {"overdue": True}]
    assert clocks(world, review, effectiveOn=DUE) == [running]
    world.do("unit", "clockStop", **asked, stoppedOn=on(10))
    met = running | {"stoppedOn": on(10)}
    assert clocks(world, review) == [met]
    assert clocks(world, review, effectiveOn=on(25)) == [met]
    assert clocks(world, review, effectiveOn=on(9)) == [running]
    assert clocks(world, review, effectiveOn=on(25), knownAt=late) == [running | {"overdue": True}]


def test_a_clock_stopped_late_was_overdue_until_then(world: World) -> None:
    review = world.a_review()
    asked = {"reviewId": review, "clock": "statement-of-action"}
    world.do("unit", "clockStart", **asked, startedOn=on(0), dueOn=on(7))
    world.at(30)
    world.do("unit", "clockStop", **asked, stoppedOn=on(20))
    overdue = [clocks(world, review, effectiveOn=on(day))[0]["overdue"] for day in (7, 8, 19, 20, 30)]
    assert overdue == [False, True, True, False, False]


def test_clocks_are_refused_by_name(world: World) -> None:
    asked = {"reviewId": world.a_review(), "clock": "rapid-review"}
    assert world.refused("unit", "clockStop", **asked, stoppedOn=on(0)) == ["CONDITIONS_NOT_MET"]
    assert world.refused("unit", "clockStart", **asked, startedOn=on(1)) == ["DATE_IN_FUTURE"]
    assert world.refused("chair", "clockStart", **asked, startedOn=on(0)) == ["NOT_PERMITTED"]
    unknown = asked | {"clock": "moon"}
    assert world.refused("unit", "clockStart", **unknown, startedOn=on(0)) == ["INVALID"]
    assert world.refused("unit", "clockStart", **asked, startedOn=on(0), expectedVersion=9) == ["VERSION_CONFLICT"]


def test_the_header_above_what_an_agency_sees_shows_its_clocks(world: World) -> None:
    review = world.a_review()
    world.do("unit", "clockStart", reviewId=review, clock="rapid-review", startedOn=on(0))
    action = world.assigned("council", recommendationId=world.a_recommendation(reviewId=review))
    shown = "recommendation { review { stage clocks { name dueOn } agreements { agreedOn } advice { advice } } }"
    found = world.read("council", f'action(id: "{action}") {{ {shown} }}')["action"]["recommendation"]["review"]
    assert found == {
        "stage": "COMMISSIONED",
        "clocks": [{"name": "rapid-review", "dueOn": DUE}],
        "agreements": [],
        "advice": [],
    }


def test_a_corrected_clock_ran_from_its_corrected_day_and_the_mistake_stays_known(world: World) -> None:
    review = world.a_review()
    asked = {"reviewId": review, "clock": "statement-of-action"}
    world.at(10)
    world.do("unit", "clockStart", **asked, startedOn=on(8), dueOn=on(20))
    before = world.known_at()
    entries = world.read("unit", f'review(id: "{review}") {{ history {{ eventId name }} }}')["review"]["history"]
    event = next(entry["eventId"] for entry in entries if entry["name"] == "review.clock_started.v1")
    for field, day in (("startedOn", 5), ("dueOn", 9)):
        given = {"id": review, "eventId": event, "field": field, "newValue": on(day), "reason": "Misread letter"}
        world.do("unit", "reviewCorrect", **given)
    clock = {"startedOn": on(5), "dueOn": on(9), "overdue": True}
    assert [{name: each[name] for name in clock} for each in clocks(world, review)] == [clock]
    assert [each["startedOn"] for each in clocks(world, review, effectiveOn=on(5))] == [on(5)]
    assert clocks(world, review, effectiveOn=on(4)) == []
    assert clocks(world, review, effectiveOn=on(7), knownAt=before) == []
    assert [each["startedOn"] for each in clocks(world, review, effectiveOn=on(10), knownAt=before)] == [on(8)]


def test_a_clock_counted_in_working_days_is_late_by_its_corrected_start(world: World) -> None:
    review = world.a_review()
    world.at(22)
    world.do("unit", "clockStart", reviewId=review, clock="rapid-review", startedOn=on(2))
    entries = world.read("unit", f'review(id: "{review}") {{ history {{ eventId name }} }}')["review"]["history"]
    event = next(entry["eventId"] for entry in entries if entry["name"] == "review.clock_started.v1")
    assert [(each["dueOn"], each["overdue"]) for each in clocks(world, review)] == [(on(23), False)]
    given = {"id": review, "eventId": event, "field": "startedOn", "newValue": on(0), "reason": "Misread letter"}
    world.do("unit", "reviewCorrect", **given)
    counted = {"dueOn": on(21), "overdue": True, "workingDays": True}
    assert [{name: each[name] for name in counted} for each in clocks(world, review)] == [counted]


def test_a_clock_says_whether_it_was_met_once_it_has_stopped_at_any_pair_of_moments(world: World) -> None:
    review = world.a_review()
    asked = {"reviewId": review, "clock": "statement-of-action"}
    shown = f'review(id: "{review}") {{ clocks {{ overdue met }} }}'

    def told(**moment: str) -> tuple[bool, bool | None]:
        (clock,) = world.read("inspector", shown, **moment)["review"]["clocks"]
        return clock["overdue"], clock["met"]

    world.do("unit", "clockStart", **asked, startedOn=on(0), dueOn=on(7))
    world.at(30)
    before = world.known_at()
    assert [told(effectiveOn=on(day)) for day in (7, 8, 30)] == [(False, None), (True, None), (True, None)]
    world.do("unit", "clockStop", **asked, stoppedOn=on(20))
    assert [told(effectiveOn=on(day)) for day in (7, 19, 20, 30)] == [
        (False, None),
        (True, None),
        (False, False),
        (False, False),
    ]
    assert told(knownAt=before, effectiveOn=on(30)) == (True, None)
    entries = world.read("unit", f'review(id: "{review}") {{ history {{ eventId name }} }}')["review"]["history"]
    event = next(entry["eventId"] for entry in entries if entry["name"] == "review.clock_stopped.v1")
    corrected = {"id": review, "eventId": event, "field": "stoppedOn", "newValue": on(7), "reason": "Misread letter"}
    world.do("unit", "reviewCorrect", **corrected)
    assert (told(), told(effectiveOn=on(6))) == ((False, True), (False, None))


def test_publishing_stops_the_clock_of_the_publication_and_withholding_only_with_improvements(world: World) -> None:
    publication = "local-review-publication"
    clock = {"name": publication, "startedOn": on(0), "dueOn": "2024-07-08", "workingDays": False, "overdue": False}
    published, withheld, bare = (world.a_review(title=title) for title in ("J", "K", "L"))
    for review in (published, withheld, bare):
        world.do("unit", "clockStart", reviewId=review, clock=publication, startedOn=on(0))
        world.do("unit", "reviewComplete", id=review)
    world.at(200)
    assert [each["overdue"] for each in clocks(world, published)] == [True]
    payload = world.send_command("chair", "reviewPublish", CLOCKS, id=published, boardResponse="We accept it")
    assert payload["review"]["clocks"] == [clock | {"stoppedOn": on(200)}]
    assert len(payload["eventIds"]) == 1
    world.do("chair", "reviewWithholdPublication", id=withheld, reason="A trial", improvements="Three of them")
    world.do("chair", "reviewWithholdPublication", id=bare, reason="A trial")
    assert clocks(world, withheld) == [clock | {"stoppedOn": on(200)}]
    assert clocks(world, bare) == [clock | {"stoppedOn": None, "overdue": True}]
    assert clocks(world, published, effectiveOn=on(199)) == [clock | {"stoppedOn": None, "overdue": True}]
    framework = world.read("inspector", "partnership { framework { deadlines { key stoppedBy } } }")["partnership"][
        "framework"
    ]
    stopped = {each["key"]: each["stoppedBy"] for each in framework["deadlines"] if each["stoppedBy"]}
    assert stopped == {publication: "PUBLICATION"}


QUEUED = (
    "oversight { waiting(queues: [CLOCK_RUNNING, CLOCK_MISSED]) { nodes { queue since dueOn daysLate body { key } "
    "subject { id } clock { name runsFrom } } } }"
)
NOTICE = "serious-incident-notification"


def waiting(world: World, who: str = "unit", **moment: str) -> list[tuple[str, str, str]]:
    found = world.read(who, QUEUED, **moment)["oversight"]["waiting"]["nodes"]
    return [(each["queue"], each["subject"]["id"], each["clock"]["name"]) for each in found]


def listed(world: World, who: str, *states: str, **moment: str) -> list[str]:
    asked = (
        f"reviews(filter: {{ clocks: [{', '.join(states)}] }}, orderBy: REFERENCE_ASC) {{ totalCount nodes {{ id }} }}"
    )
    found = world.read(who, asked, **moment)["reviews"]
    assert found["totalCount"] == len(found["nodes"])
    return [each["id"] for each in found["nodes"]]


def test_awareness_starts_a_clock_that_stands_in_a_queue_until_it_is_stopped_and_then_others_run(world: World) -> None:
    case = world.do("unit", "reviewRefer", "id", title="Child L", agencies=["police"], awareOn=on(-3))["id"]
    other = world.do("unit", "reviewRefer", "id", title="Child M", agencies=["police"])["id"]
    shown = "clocks { name startedOn dueOn runsFrom workingDays stoppedOn }"
    notice = {
        "name": NOTICE,
        "startedOn": on(-3),
        "dueOn": on(4),
        "runsFrom": "AWARENESS",
        "workingDays": True,
        "stoppedOn": None,
    }
    assert world.read("chair", f'review(id: "{case}") {{ {shown} }}')["review"]["clocks"] == [notice]
    assert world.read("chair", f'review(id: "{other}") {{ {shown} }}')["review"]["clocks"] == []
    assert waiting(world) == waiting(world, "chair") == [("CLOCK_RUNNING", case, NOTICE)]
    assert waiting(world, "body") == []
    assert (listed(world, "unit", "RUNNING"), listed(world, "unit", "MISSED", "MET")) == ([case], [])
    world.at(7)
    assert waiting(world) == [("CLOCK_MISSED", case, NOTICE)]
    assert listed(world, "unit", "MISSED") == [case]
    before = world.known_at()
    world.do("unit", "clockStop", reviewId=case, clock=NOTICE, stoppedOn=on(2))
    assert waiting(world) == [("CLOCK_RUNNING", case, "rapid-review")]
    assert waiting(world, effectiveOn=on(1)) == [("CLOCK_RUNNING", case, NOTICE)]
    assert waiting(world, knownAt=before, effectiveOn=on(7)) == [("CLOCK_MISSED", case, NOTICE)]
    assert (listed(world, "unit", "MET"), listed(world, "unit", "MISSED")) == ([case], [])
    rapid = world.read("chair", f'review(id: "{case}") {{ {shown} }}')["review"]["clocks"][1]
    assert (rapid["name"], rapid["startedOn"], rapid["runsFrom"]) == ("rapid-review", on(2), "NOTIFICATION")


def test_a_clock_stopped_late_is_missed_and_no_agency_finds_one_that_it_may_not_see(world: World) -> None:
    late, met = (world.a_review(title=title, awareOn=on(0)) for title in ("J", "K"))
    world.at(30)
    world.do("unit", "clockStop", reviewId=late, clock=NOTICE, stoppedOn=on(20))
    world.do("unit", "clockStop", reviewId=met, clock=NOTICE, stoppedOn=on(2))
    for review, day in ((late, 22), (met, 10)):
        world.do("unit", "clockStop", reviewId=review, clock="rapid-review", stoppedOn=on(day))
    assert listed(world, "inspector", "MISSED") == [late]
    assert listed(world, "inspector", "MET") == sorted([late, met], key=[late, met].index)
    assert listed(world, "inspector", "RUNNING") == []
    assert waiting(world) == []
    assert listed(world, "police", "MET", "MISSED", "RUNNING") == []
    assert world.read("police", QUEUED)["oversight"] is None
    for review in (late, met):
        world.do("unit", "reviewComplete", id=review)
    world.do("chair", "reviewPublish", id=met, boardResponse="Yes")
    assert listed(world, "police", "MET", "MISSED") == [met]


def test_a_rebuild_leaves_clocks_that_started_by_themselves_as_they_were(world: World) -> None:
    case = world.do("unit", "reviewRefer", "id", title="Child L", agencies=["police"], awareOn=on(-3))["id"]
    world.at(5)
    world.do("unit", "clockStop", reviewId=case, clock=NOTICE, stoppedOn=on(2))
    entries = world.read("unit", f'review(id: "{case}") {{ history {{ eventId }} }}')["review"]["history"]
    corrected = {"id": case, "eventId": entries[0]["eventId"], "field": "awareOn", "newValue": on(-2)}
    world.do("unit", "reviewCorrect", **corrected, reason="Misread")
    moments: list[dict[str, str]] = [{}, {"effectiveOn": on(1)}, {"effectiveOn": on(0)}]
    before = [clocks(world, case, **moment) for moment in moments]
    assert [each["startedOn"] for each in before[0]] == [on(-2), on(2)]
    rebuild(world.installation.conninfo, "gt_knowsley")
    assert [clocks(world, case, **moment) for moment in moments] == before
