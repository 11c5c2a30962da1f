"""The learning of all reviews as a list: what each filter finds, in which order, and what an agency is not shown."""

from typing import Any

import pytest

from support.partnership_world import Stage, World, on

ASKED = """query ($filter: LearningFilter, $first: Int, $after: String, $last: Int, $knownAt: DateTime) {
  register(knownAt: $knownAt) { learning(filter: $filter, first: $first, after: $after, last: $last) {
    totalCount pageInfo { hasNextPage endCursor } nodes { wording identifiedOn } } } }"""
POINTS: dict[str, tuple[str, int, dict[str, Any]]] = {
    "Ask about neglect": ("open", 1, {"themes": ["neglect"], "agencies": ["police"]}),
    "Keep the café open": ("open", 2, {"goodPractice": True, "agencies": ["health"]}),
    "Mr O’Brien’s rota": ("audit", 3, {"themes": ["supervision"], "agencies": ["police", "health"]}),
    "Wait for nobody": ("audit", 400, {}),
    "Share the log": ("published", 2, {"themes": ["neglect"], "agencies": ["school"]}),
}
FOUND: tuple[tuple[dict[str, Any], str], ...] = (
    ({}, "WMSKA"),
    ({"themes": ["neglect"]}, "SA"),
    ({"uncoded": True}, "WK"),
    ({"uncoded": False}, "MSA"),
    ({"agencies": ["police"]}, "MA"),
    ({"agencies": []}, ""),
    ({"kinds": ["thematic-audit"]}, "WM"),
    ({"goodPractice": True}, "K"),
    ({"goodPractice": False}, "WMSA"),
    ({"year": 2025}, "W"),
    ({"year": -1}, ""),
    ({"text": "o'brien"}, "M"),
    ({"text": "CAFE"}, "K"),
    ({"text": "%"}, ""),
    ({"themes": ["neglect"], "agencies": ["school"]}, "S"),
)


def told(world: World) -> str:
    """Five points of learning of three reviews, one of which is published; when the last but one was known."""
    reviews = {
        "open": world.a_review(),
        "audit": world.a_review(kind="thematic-audit", title="Audit", agencies=["council"]),
        "published": world.a_review(title="Child P", agencies=["school"]),
    }
    known = ""
    for wording, (review, day, given) in sorted(POINTS.items(), key=lambda each: each[1][1]):
        known = world.known_at()
        world.at(day)
        world.do("unit", "learningIdentify", **{"reviewId": reviews[review], "wording": wording, "themes": []} | given)
    world.do("unit", "reviewComplete", id=reviews["published"])
    world.do("chair", "reviewPublish", id=reviews["published"])
    return known


@pytest.fixture
def world(stage: Stage) -> World:
    return stage(told).world


def learning(world: World, who: str, **asked: Any) -> dict[str, Any]:
    found: dict[str, Any] = world.ask(who, ASKED, **asked)["register"]["learning"]
    return found


def letters(found: dict[str, Any]) -> str:
    return "".join(node["wording"][0] for node in found["nodes"])


def test_each_filter_finds_what_it_names_newest_first(world: World) -> None:
    for asked, expected in FOUND:
        found = learning(world, "inspector", filter=asked)
        both = "".join(sorted(letters(found))), found["totalCount"]
        assert both == ("".join(sorted(expected)), len(expected)), asked
    assert [node["identifiedOn"] for node in learning(world, "inspector")["nodes"]] == [
        on(d) for d in (400, 3, 2, 2, 1)
    ]


def test_a_page_goes_on_behind_its_cursor_and_begins_at_either_end(world: World) -> None:
    whole = letters(learning(world, "inspector"))
    first = learning(world, "inspector", first=2)
    cursor = first["pageInfo"]["endCursor"]

    assert letters(first) == whole[:2]
    assert letters(learning(world, "inspector", first=2, after=cursor)) == whole[2:4]
    assert letters(learning(world, "inspector", last=2)) == whole[-2:]


def test_what_was_not_known_yet_is_not_listed(stage: Stage) -> None:
    staged = stage(told)
    assert "W" in letters(learning(staged.world, "inspector"))
    assert learning(staged.world, "inspector", knownAt=staged.told)["totalCount"] == 4


def test_an_agency_finds_that_of_published_reviews_and_nothing_tells_of_the_rest(world: World) -> None:
    for who in ("police", "health", "council"):
        for asked, expected in FOUND:
            found = learning(world, who, filter=asked)
            seen = "S" if "S" in expected else ""
            assert (letters(found), found["totalCount"]) == (seen, len(seen)), (who, asked)


def test_a_theme_and_an_agency_that_nobody_knows_are_refused_by_name(world: World) -> None:
    for name, code in (("themes", "UNKNOWN_THEME"), ("agencies", "UNKNOWN_AGENCY"), ("kinds", "UNKNOWN_REVIEW_KIND")):
        (error,) = world.answer("inspector", ASKED, filter={name: ["nobody"]})["errors"]
        assert error["extensions"]["code"] == code
        assert name in str(error["extensions"])
