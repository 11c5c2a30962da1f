"""How families and professionals took part is read, counted at any pair of moments, and hidden from agencies."""

from typing import Any

from support.partnership_world import World, on

SHOWN = "participation { participant groups who invited tookPart how whyNot recordedOn by { subject } }"
COUNT = "group participant reviews recorded notRecorded invited notInvited tookPart declined"


def told(world: World, review: str, who: str = "unit", **moment: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = world.read(who, f'review(id: "{review}") {{ {SHOWN} }}', **moment)["review"][
        "participation"
    ]
    return found


def counted(world: World, asked: str = "", **moment: str) -> dict[tuple[str, str | None], list[int]]:
    rows = world.read("inspector", f"participation{asked} {{ {COUNT} }}", **moment)["participation"]
    names = ("reviews", "recorded", "invited", "tookPart", "declined")
    assert all(row["reviews"] == row["recorded"] + row["notRecorded"] for row in rows)
    assert all(row["recorded"] == row["invited"] + row["notInvited"] for row in rows)
    return {(row["group"], row["participant"]): [row[name] for name in names] for row in rows}


def record(world: World, review: str, participant: str, **said: Any) -> None:
    world.do("unit", "reviewRecordParticipation", id=review, participant=participant, **said)


def test_in_how_many_reviews_was_the_family_invited(world: World) -> None:
    one, two, three = (
        world.a_review(),
        world.a_review(),
        world.a_review(kind="single-agency-audit", agencies=["police"]),
    )
    record(world, one, "PARENT", invited=True, tookPart="DECLINED", whyNot="Too soon")
    record(world, one, "SURVIVING_SIBLING", invited=True, tookPart="YES", how="Drew with a worker")
    record(world, two, "CARER", invited=False, whyNot="Police asked us to wait")
    record(world, two, "PROFESSIONAL", invited=True, tookPart="YES")
    family = ("FAMILY", None)
    assert counted(world)[family] == [3, 2, 1, 1, 0]
    assert counted(world)["FAMILY", "PARENT"] == [3, 1, 1, 0, 1]
    assert counted(world)["CHILDREN", None] == [3, 1, 1, 1, 0]
    assert counted(world)["PROFESSIONALS", None] == [3, 1, 1, 1, 0]
    world.at(5)
    known = world.known_at()
    world.at(6)
    record(world, two, "CARER", invited=True, tookPart="YES")
    record(world, three, "CHILD", invited=False, whyNot="An audit of files", happenedOn=on(4))
    assert counted(world)[family] == [3, 2, 2, 2, 0]
    assert counted(world, effectiveOn=on(5))[family] == [3, 2, 1, 1, 0]
    assert counted(world, effectiveOn=on(5))["CHILDREN", "CHILD"] == [3, 1, 0, 0, 0]
    assert counted(world, knownAt=known)["CHILDREN", "CHILD"] == [3, 0, 0, 0, 0]
    assert counted(world, '(kinds: ["single-agency-audit"])')[family] == [1, 0, 0, 0, 0]
    assert counted(world, f'(since: "{on(1)}")')[family] == [0, 0, 0, 0, 0]
    assert counted(world, f'(until: "{on(0)}")')[family] == [3, 2, 2, 2, 0]
    unknown = world.answer("unit", '{ register { participation(kinds: ["seance"]) { reviews } } }')
    assert unknown["errors"][0]["extensions"]["code"] == "UNKNOWN_REVIEW_KIND"


def test_the_answers_of_a_review_are_structured_and_correctable(world: World) -> None:
    review = world.a_review()
    record(world, review, "PARENT", who="The mother", invited=True)
    before = world.known_at()
    world.at(3)
    record(world, review, "PARENT", who="The mother", invited=True, tookPart="YES", how="By letter")
    assert told(world, review) == [
        {
            "participant": "PARENT",
            "groups": ["FAMILY"],
            "who": "The mother",
            "invited": True,
            "tookPart": "YES",
            "how": "By letter",
            "whyNot": None,
            "recordedOn": on(3),
            "by": {"subject": "unit"},
        }
    ]
    assert told(world, review, knownAt=before)[0]["tookPart"] is None
    history = world.read("unit", f'review(id: "{review}") {{ history {{ eventId name summary }} }}')["review"][
        "history"
    ]
    assert history[-1]["summary"] == "The parent (The mother) was invited and took part."
    asked = {"id": review, "eventId": history[-1]["eventId"], "reason": "It was a visit"}
    world.do("unit", "reviewCorrect", **asked, field="how", newValue="At home")
    assert [each["how"] for each in told(world, review)] == ["At home"]
    assert world.refused("unit", "reviewRecordParticipation", id=review, participant="CHILD", invited=False) == [
        "REASON_REQUIRED"
    ]
    assert world.refused("chair", "reviewRecordParticipation", id=review, participant="CHILD", invited=True) == [
        "NOT_PERMITTED"
    ]


def test_how_a_family_took_part_is_nothing_for_an_agency_published_or_not(world: World) -> None:
    review = world.published()
    record(world, review, "PARENT", invited=True, tookPart="YES", how="She told us of her sons")
    other = world.a_review(agencies=["police"])
    record(world, other, "PARENT", invited=True)
    for who in ("police", "school"):
        assert told(world, review, who) == []
        assert world.read(who, "participation { reviews }") == {"participation": None}
        names = [each["name"] for each in world.ask(who, "{ changes { nodes { name } } }")["changes"]["nodes"]]
        assert "review.participation_recorded.v1" not in names
        shown = world.read(who, f'review(id: "{review}") {{ history {{ name }} }}')["review"]["history"]
        assert shown == []
    assert told(world, other, "police") == []
