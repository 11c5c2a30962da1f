"""What a framework expects again and again in a year: so many held, met or missed."""

from typing import Any

import pytest

from support.partnership_world import START, World, establish, on

YEAR = START.year
SHOWN = f"rhythms(year: {YEAR}) {{ key byDefault kinds {{ key }} periods {{ since expected held met }} }}"


def of(world: World, framework: str) -> World:
    return World(world.installation, establish(world.installation, "other", framework, ("board",)), "other")


def rhythms(world: World, who: str = "unit", **moment: str) -> dict[str, list[dict[str, Any]]]:
    return {each["key"]: each["periods"] for each in world.read(who, SHOWN, **moment)["rhythms"]}


def test_frontline_staff_of_sunderland_meet_in_every_quarter_or_it_is_missed(world: World) -> None:
    sunderland = of(world, "sunderland-2015")
    meeting = {"kind": "frontline-staff-meeting", "title": "Neglect", "mandatedBy": "board"}
    before = sunderland.known_at()
    sunderland.a_review(**meeting)
    sunderland.a_review(kind="participation", title="Asked", mandatedBy="board")
    [first, second, third, fourth] = rhythms(sunderland)["frontline-staff-meetings"]
    assert (first["since"], first["expected"], first["held"], first["met"]) == (f"{YEAR}-01-01", 1, 1, True)
    assert [each["met"] for each in (second, third, fourth)] == [None] * 3
    sunderland.at(200)
    assert [each["met"] for each in rhythms(sunderland)["frontline-staff-meetings"]] == [True, False, None, None]
    early = rhythms(sunderland, effectiveOn=on(150))["frontline-staff-meetings"]
    assert [each["met"] for each in early] == [True, None, None, None]
    unknown = rhythms(sunderland, knownAt=before, effectiveOn=on(200))["frontline-staff-meetings"]
    assert [each["held"] for each in unknown] == [0] * 4
    assert sunderland.read("police", SHOWN)["rhythms"] is None


def test_as_many_visits_are_expected_as_were_agreed_for_the_year(world: World) -> None:
    knowsley = of(world, "knowsley-2020")
    visit = {"kind": "focus-visit-with-children", "title": "A visit"}
    knowsley.a_review(**visit)
    assert [(each["expected"], each["held"], each["met"]) for each in rhythms(knowsley)["visits-with-children"]] == [
        (None, 1, None)
    ]
    agreed = {"year": YEAR, "topics": ["neglect"]}
    numbers = [{"rhythm": "visits-with-children", "times": 2}]
    knowsley.do("chair", "auditProgrammeAgree", "year", **agreed, numbers=numbers)
    knowsley.at(1)
    knowsley.do("chair", "auditProgrammeAgree", "year", year=YEAR, topics=["neglect", "supervision"])
    [kept] = rhythms(knowsley)["visits-with-children"]
    assert (kept["expected"], kept["met"]) == (2, None)
    [other] = rhythms(knowsley)["frontline-visits"]
    assert other["expected"] is None
    knowsley.a_review(**visit)
    assert rhythms(knowsley)["visits-with-children"][0]["met"] is True


@pytest.mark.parametrize(
    ("numbers", "nth"),
    [([{"rhythm": "moon", "times": 1}], "0"), ([{"rhythm": "frontline-visits", "times": 1}] * 2, "1")],
)
def test_a_number_is_agreed_once_and_of_what_the_framework_leaves_open(
    world: World, numbers: list[dict[str, Any]], nth: str
) -> None:
    knowsley = of(world, "knowsley-2020")
    asked = {"year": YEAR, "topics": ["neglect"], "numbers": numbers}
    payload = knowsley.send_command("chair", "auditProgrammeAgree", "id", **asked)
    assert [(each["code"], each["field"]) for each in payload["userErrors"]] == [
        ("INVALID", ["numbers", nth, "rhythm"])
    ]


def test_a_framework_that_expects_nothing_shows_nothing(world: World) -> None:
    assert world.read("unit", SHOWN)["rhythms"] == []
