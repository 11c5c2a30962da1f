"""Learning is disseminated through the edge; duties, coverage and lateness at any pair of moments."""

from typing import Any

from api.app.founding import FOUNDER
from api.relay import global_id
from domain.agency.commands import MergeAgencies
from support.disseminated_learning import disseminated, learned
from support.partnership_world import World, on

DUTY = "key role wording heldBy agency { key } arisenOn dueOn doneOn overdue assurance by { subject role }"
TOLD = (
    "disseminations { method audience agencies { key } disseminatedOn confirmBy by { subject } "
    "learning { wording } duties { key agency { key } } }"
)
LATE = "overdueByAgency { agency { key } open overdue dutiesOverdue }"
COVERED = (
    "methods disseminations agencies confirmed duties done outstanding overdue "
    "byAgency { agency { key } methods since duties done outstanding overdue }"
)


def duties(world: World, review: str, who: str = "unit", **moment: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = world.read(who, f'review(id: "{review}") {{ duties {{ id {DUTY} }} }}', **moment)[
        "review"
    ]["duties"]
    return found


def late(world: World, who: str = "unit", **moment: str) -> dict[str, int]:
    rows = world.read(who, LATE, **moment)["overdueByAgency"]
    return {row["agency"]["key"]: row["dutiesOverdue"] for row in rows}


def confirm(world: World, review: str, who: str, **given: Any) -> None:
    world.do(who, "learningConfirm", "id", reviewId=review, assurance="Every team was briefed", **given)


def test_learning_is_disseminated_and_obliges_whom_it_reaches(world: World) -> None:
    review = disseminated(world)
    [told] = world.read("unit", f'review(id: "{review}") {{ {TOLD} }}')["review"]["disseminations"]
    held = [
        {"key": key, "agency": {"key": agency}}
        for agency in ("health", "police")
        for key in ("disseminate-onward", "embed")
    ]
    assert told == {
        "method": "newsletter",
        "audience": ["social workers"],
        "agencies": [{"key": "police"}, {"key": "health"}],
        "disseminatedOn": on(0),
        "confirmBy": on(28),
        "by": {"subject": "unit"},
        "learning": [{"wording": "Nobody asked the child"}],
        "duties": held,
    }


def test_a_duty_is_confirmed_with_an_assurance(world: World) -> None:
    review = disseminated(world)
    world.at(3)
    before = world.known_at()
    confirm(world, review, "police")
    shown = {each["agency"]["key"]: each for each in duties(world, review) if each["key"] == "embed"}
    assert {name: shown["police"][name] for name in ("doneOn", "assurance", "by", "overdue")} == {
        "doneOn": on(3),
        "assurance": "Every team was briefed",
        "by": {"subject": "police", "role": "AGENCY"},
        "overdue": False,
    }
    assert (shown["health"]["doneOn"], shown["health"]["by"]) == (None, None)
    assert {each["doneOn"] for each in duties(world, review, knownAt=before)} == {None}
    assert {each["doneOn"] for each in duties(world, review, effectiveOn=on(2))} == {None}


def test_an_agency_whose_only_lateness_is_a_duty_appears(world: World) -> None:
    review = disseminated(world, confirmBy=on(10))
    world.assigned("council")
    world.at(11)
    known = world.known_at()
    confirm(world, review, "police")
    assert late(world) == {"council": 0, "health": 2}
    assert late(world, knownAt=known, effectiveOn=on(11)) == {"council": 0, "health": 2, "police": 2}
    assert late(world, effectiveOn=on(10)) == {"council": 0}
    assert late(world, "health") == {"health": 2}
    assert late(world, "school") == {}
    world.at(12)
    confirm(world, review, "unit", agency="health", happenedOn=on(9))
    assert late(world) == {"council": 0}
    assert late(world, effectiveOn=on(11)) == {"council": 0, "police": 0} or late(world, effectiveOn=on(11)) == {
        "council": 0
    }


def test_a_presentation_that_joins_two_reviews_is_listed_under_both(world: World) -> None:
    home, other, neighbour = (world.a_review() for _ in range(3))
    points = [learned(world, home), learned(world, other, wording="Nobody asked the father")]
    disseminated(world, home, learning=points, agencies=["school"], method="briefings")
    shown = "disseminations { id learning { wording review { id } } } duties { id }"
    found = [world.read("unit", f'review(id: "{each}") {{ {shown} }}')["review"] for each in (home, other, neighbour)]
    assert found[0] == found[1]
    assert [each["review"]["id"] for each in found[0]["disseminations"][0]["learning"]] == [home, other]
    assert (len(found[0]["duties"]), found[2]) == (2, {"disseminations": [], "duties": []})
    asked = {"reviewId": other, "assurance": "In every class"}
    assert world.do("school", "learningConfirm", "id", **asked)["id"] == other
    assert {each["doneOn"] for each in duties(world, home)} == {on(0)}
    names = [
        each["name"]
        for each in world.read("unit", f'review(id: "{other}") {{ history {{ name }} }}')["review"]["history"]
    ]
    assert names[-1] == "review.learning_joined.v1"


def coverage(world: World, review: str, who: str = "unit", **moment: str) -> list[dict[str, Any]]:
    asked = f'learningCoverage(reviewId: "{review}") {{ learning {{ wording }} {COVERED} }}'
    found: list[dict[str, Any]] = world.read(who, asked, **moment)["learningCoverage"]
    return found


def test_coverage_says_whom_learning_has_reached_by_which_methods(world: World) -> None:
    review = world.a_review()
    first = learned(world, review)
    disseminated(world, review, learning=[first], confirmBy=on(5))
    disseminated(world, review, learning=[first], method="briefings", agencies=["police", "school"])
    learned(world, review, wording="Told to nobody yet")
    world.at(6)
    known = world.known_at()
    confirm(world, review, "school")
    reached, unreached = coverage(world, review)
    assert {name: reached[name] for name in ("methods", "disseminations", "agencies", "confirmed")} == {
        "methods": ["briefings", "newsletter"],
        "disseminations": 2,
        "agencies": 3,
        "confirmed": 1,
    }
    assert [reached[name] for name in ("duties", "done", "outstanding", "overdue")] == [6, 2, 4, 4]
    assert reached["byAgency"][1] == {
        "agency": {"key": "police"},
        "methods": ["briefings", "newsletter"],
        "since": on(0),
        "duties": 2,
        "done": 0,
        "outstanding": 2,
        "overdue": 2,
    }
    assert (unreached["agencies"], unreached["methods"], unreached["byAgency"]) == (0, [], [])
    assert coverage(world, review, knownAt=known)[0]["done"] == 0
    assert coverage(world, review, effectiveOn=on(5))[0]["overdue"] == 0
    assert [(each["agencies"], each["duties"]) for each in coverage(world, review, "school")] == [(1, 2)]
    assert coverage(world, review, "council") == []


def test_learning_told_again_is_counted_by_both_methods_and_obliges_about_what_is_new(world: World) -> None:
    review = world.a_review()
    first = learned(world, review)
    disseminated(world, review, learning=[first], agencies=["police"])
    second = learned(world, review, wording="Nobody asked the father")
    disseminated(world, review, method="briefings", agencies=["police"])
    old, new = coverage(world, review)
    assert [(each["duties"], each["methods"]) for each in (old, new)] == [
        (2, ["briefings", "newsletter"]),
        (2, ["briefings"]),
    ]
    [police] = world.read("police", "coverageByAgency { duties learning disseminations methods }")["coverageByAgency"]
    assert police == {"duties": 4, "learning": 2, "disseminations": 2, "methods": ["briefings", "newsletter"]}
    told = world.read("police", f'review(id: "{review}") {{ duties {{ id learning {{ id }} }} }}')["review"]["duties"]
    about = sorted(point["id"] for duty in told for point in duty["learning"])
    assert (about, len(told)) == (sorted([first, first, second, second]), 4)
    named = [duty["id"] for duty in told[:3]]
    confirm(world, review, "police", dutyIds=named)
    assert [each["id"] for each in duties(world, review, "police") if each["doneOn"]] == named
    assert world.refused("health", "learningConfirm", reviewId=review, assurance="x", dutyIds=named) == ["NOT_FOUND"]


RECIPIENTS = "method expectedMethod agencies { key } bodies { key name } public media duties { id }"


def test_learning_goes_to_bodies_the_public_and_the_media_beside_agencies(world: World) -> None:
    review = world.a_review()
    learned(world, review)
    asked: dict[str, Any] = {"reviewId": review, "method": "newsletter", "audience": ["everybody"]}
    known = world.known_at()
    world.do("unit", "learningDisseminate", **asked, agencies=[], bodies=["training"], public=True)
    world.do("unit", "learningDisseminate", **(asked | {"method": "briefing-event"}), agencies=["police"], media=True)
    told = f'review(id: "{review}") {{ disseminations {{ {RECIPIENTS} }} }}'
    by_method = {each["method"]: each for each in world.read("unit", told)["review"]["disseminations"]}
    assert by_method["newsletter"] == {
        "method": "newsletter",
        "expectedMethod": False,
        "agencies": [],
        "bodies": [{"key": "training", "name": "Training"}],
        "public": True,
        "media": False,
        "duties": [],
    }
    event = by_method["briefing-event"]
    assert (event["expectedMethod"], event["bodies"], event["media"], len(event["duties"])) == (True, [], True, 2)
    assert world.read("unit", told, knownAt=known)["review"]["disseminations"] == []
    [polices] = world.read("police", told)["review"]["disseminations"]
    assert polices["method"] == "briefing-event"
    assert world.refused("unit", "learningDisseminate", **asked, agencies=[]) == ["INVALID"]
    assert world.refused("unit", "learningDisseminate", **asked, bodies=["the-pub"]) == ["UNKNOWN_BODY"]


def test_coverage_by_agency_counts_what_is_done_outstanding_and_overdue(world: World) -> None:
    one, two = disseminated(world, confirmBy=on(5)), disseminated(world, world.a_review(agencies=["police"]))
    world.at(6)
    confirm(world, one, "health")
    counted = "agency { key } learning disseminations methods duties done outstanding overdue oldestDueOn"
    rows = world.read("unit", f"coverageByAgency {{ {counted} }}")["coverageByAgency"]
    health, police = rows
    assert [health[name] for name in ("learning", "duties", "done", "outstanding", "overdue", "oldestDueOn")] == [
        1, 2, 2, 0, 0, None,
    ]  # fmt: skip
    assert [police[name] for name in ("learning", "disseminations", "duties", "done", "overdue", "oldestDueOn")] == [
        2, 2, 4, 0, 2, on(5),
    ]  # fmt: skip
    only = world.read("unit", f'coverageByAgency(reviewId: "{two}", agencies: ["police"]) {{ {counted} }}')
    assert [(row["duties"], row["overdue"]) for row in only["coverageByAgency"]] == [(2, 0)]
    assert [
        row["agency"]["key"] for row in world.read("health", f"coverageByAgency {{ {counted} }}")["coverageByAgency"]
    ] == ["health"]
    assert world.read("school", f"coverageByAgency {{ {counted} }}")["coverageByAgency"] == []
    empty = world.answer("unit", '{ register { coverageByAgency(reviewId: "") { duties } } }')
    assert empty["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    unknown = world.answer("unit", '{ register { coverageByAgency(agencies: ["moon"]) { duties } } }')
    assert unknown["errors"][0]["extensions"]["code"] == "UNKNOWN_AGENCY"


def test_coverage_of_one_review_counts_its_own_points_of_a_joint_presentation(world: World) -> None:
    home, other = world.a_review(), world.a_review()
    points = [learned(world, each) for each in (home, other, other)]
    disseminated(world, home, learning=points, agencies=["school"])
    counted = "learning disseminations duties"

    def reached(who: str, asked: str = "") -> list[list[int]]:
        rows = world.read(who, f"coverageByAgency{asked} {{ {counted} }}")["coverageByAgency"]
        return [[row[name] for name in counted.split()] for row in rows]

    for who in ("unit", "school"):
        assert reached(who, f'(reviewId: "{home}")') == [[1, 1, 2]]
        assert reached(who, f'(reviewId: "{other}")') == [[2, 1, 2]]
        assert reached(who) == [[3, 1, 2]]
    assert reached("unit", f'(reviewId: "{world.a_review()}")') == []


def test_what_makes_no_sense_is_refused_by_name(world: World) -> None:
    review = world.a_review()
    asked: dict[str, Any] = {"reviewId": review, "method": "newsletter", "audience": ["all"]}
    assert world.refused("unit", "learningDisseminate", **asked) == ["CONDITIONS_NOT_MET"]
    learned(world, review)
    elsewhere = global_id.encode("learning", "00000000-0000-0000-0000-000000000001")
    for changed, code in (
        ({"method": "carrier-pigeon"}, "UNKNOWN_METHOD"),
        ({"audience": []}, "INVALID"),
        ({"audience": [" "]}, "INVALID"),
        ({"agencies": ["moon"]}, "UNKNOWN_AGENCY"),
        ({"confirmBy": on(-1)}, "DUE_DATE_IN_PAST"),
        ({"happenedOn": on(1)}, "DATE_IN_FUTURE"),
        ({"learning": [elsewhere]}, "NOT_FOUND"),
        ({"expectedVersion": 9}, "VERSION_CONFLICT"),
    ):
        assert set(world.refused("unit", "learningDisseminate", **(asked | changed))) == {code}, changed
    assert world.refused("chair", "learningDisseminate", **asked) == ["NOT_PERMITTED"]


def test_a_confirmation_is_recorded_once_under_its_key_and_refused_the_second_time(world: World) -> None:
    review = disseminated(world)
    asked = {"reviewId": review, "assurance": "Briefed", "idempotencyKey": "8f14e45f-ceea-4e7a-9d2b-6b0c1d2e3f40"}
    once = world.send_command("police", "learningConfirm", "id", **asked)
    again = world.send_command("police", "learningConfirm", "id", **asked)
    assert once == again
    assert len(once["eventIds"]) == 1
    assert world.refused("police", "learningConfirm", reviewId=review, assurance="Again") == ["CONDITIONS_NOT_MET"]
    assert world.refused("police", "learningConfirm", reviewId=review, assurance=" ") == ["INVALID"]


def test_a_mistaken_assurance_is_struck_out_and_the_duty_is_outstanding_again(world: World) -> None:
    review = disseminated(world, confirmBy=on(5))
    world.at(3)
    confirm(world, review, "police")
    known = world.known_at()
    world.at(9)
    told = world.read("unit", f'review(id: "{review}") {{ history {{ eventId name summary }} }}')["review"]["history"]
    confirmed = next(each for each in told if each["name"] == "review.duties_confirmed.v1")
    assert confirmed["summary"] == "The police confirmed 2 duties."
    asked = {"id": review, "eventId": confirmed["eventId"], "reason": "Another review's"}
    world.do("unit", "reviewCorrect", **asked, field="assurance", newValue="All but nights")
    assert {each["assurance"] for each in duties(world, review)} == {"All but nights", None}
    early = asked | {"field": "happenedOn", "newValue": on(-1)}
    assert world.refused("unit", "reviewCorrect", **early) == ["DATE_BEFORE_START"]
    world.do("unit", "reviewCorrect", **asked, field="voided", newValue="true")
    assert late(world) == {"health": 2, "police": 2}
    assert late(world, knownAt=known, effectiveOn=on(9)) == {"health": 2}


def test_corrected_days_keep_learning_dissemination_and_assurance_in_order(world: World) -> None:
    review = world.a_review()
    world.at(2)
    learned(world, review)
    world.at(4)
    disseminated(world, review)
    world.at(6)
    confirm(world, review, "police")
    world.at(9)
    told = world.read("unit", f'review(id: "{review}") {{ history {{ eventId name }} }}')["review"]["history"]
    events = {each["name"].split(".")[1]: each["eventId"] for each in told}
    for event, field, value, code in (
        ("learning_disseminated", "happenedOn", on(1), "DATE_OUT_OF_ORDER"),
        ("learning_disseminated", "happenedOn", on(7), "DATE_OUT_OF_ORDER"),
        ("learning_identified", "happenedOn", on(5), "DATE_OUT_OF_ORDER"),
        ("duties_confirmed", "happenedOn", on(3), "DATE_OUT_OF_ORDER"),
        ("duties_confirmed", "happenedOn", on(10), "DATE_IN_FUTURE"),
        ("learning_disseminated", "confirmBy", on(3), "DUE_DATE_IN_PAST"),
        ("learning_disseminated", "method", "smoke-signals", "UNKNOWN_METHOD"),
    ):
        asked = {"id": review, "eventId": events[event], "field": field, "newValue": value, "reason": "Misread"}
        assert world.refused("unit", "reviewCorrect", **asked) == [code], (event, field, value)
    fix = {"id": review, "eventId": events["learning_disseminated"], "reason": "Misread"}
    world.do("unit", "reviewCorrect", **fix, field="happenedOn", newValue=on(3))
    world.do("unit", "reviewCorrect", **fix, field="confirmBy", newValue=on(5))
    world.do("unit", "reviewCorrect", **fix, field="audience", newValue="nurses, teachers")
    [shown] = world.read("unit", f'review(id: "{review}") {{ {TOLD} }}')["review"]["disseminations"]
    assert (shown["disseminatedOn"], shown["confirmBy"], shown["audience"]) == (on(3), on(5), ["nurses", "teachers"])
    assert late(world) == {"health": 2}


def test_a_merger_moves_open_duties_and_the_past_keeps_the_old_name(world: World) -> None:
    review = disseminated(world, confirmBy=on(5))
    one = next(each["id"] for each in duties(world, review) if each["agency"]["key"] == "police")
    confirm(world, review, "police", dutyId=one)
    world.at(7)
    known = world.known_at()
    world.register.handle(MergeAgencies(key="police", into="school"), FOUNDER)
    held = sorted((each["agency"]["key"], each["doneOn"]) for each in duties(world, review, "school"))
    assert held == [("police", on(0)), ("school", None)]
    assert late(world) == {"health": 2, "school": 1}
    assert late(world, knownAt=known, effectiveOn=on(7)) == {"health": 2, "police": 1}
    confirm(world, review, "school")
    assert late(world) == {"health": 2}


def test_joined_learning_keeps_its_order_whichever_of_the_two_reviews_is_corrected(world: World) -> None:
    home, other = world.a_review(), world.a_review()
    world.at(3)
    point = learned(world, other)
    world.at(5)
    learned(world, home)
    disseminated(world, home, learning=[point])
    world.at(9)
    for review, event, wrong in ((home, "learning_disseminated", 2), (other, "learning_identified", 6)):
        told = world.read("unit", f'review(id: "{review}") {{ history {{ eventId name }} }}')["review"]["history"]
        [id] = [each["eventId"] for each in told if each["name"] == f"review.{event}.v1"]
        asked = {"id": review, "eventId": id, "field": "happenedOn", "reason": "Misread"}
        assert world.refused("unit", "reviewCorrect", **asked, newValue=on(wrong)) == ["DATE_OUT_OF_ORDER"]
        world.do("unit", "reviewCorrect", **asked, newValue=on(4))
