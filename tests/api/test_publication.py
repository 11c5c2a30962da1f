"""Publication through the edge: with the board's response, withheld with improvements instead, and later after all."""

from typing import Any

from support.partnership_world import LED, World, on

REVIEW = "stage publishedOn withheldOn publicationWithheldReason improvements boardResponse"
INSTEAD = "publishedImprovements { kind { key } improvements publishedOn review { title } }"
WHY = "The siblings can be recognised"


def completed(world: World, **given: Any) -> str:
    review = world.a_review(**{"kind": "serious-case-review"} | LED | given)
    world.do("chair", "reviewAgree", id=review)
    world.do("unit", "reviewComplete", id=review)
    return review


def withheld(world: World, improvements: str | None = "Histories are read before a visit", **given: Any) -> str:
    review = completed(world, **given)
    world.do("chair", "reviewWithholdPublication", id=review, reason=WHY, improvements=improvements)
    return review


def seen(world: World, who: str, review: str, **moment: str) -> Any:
    return world.read(who, f'review(id: "{review}") {{ {REVIEW} }}', **moment)["review"]


def instead(world: World, who: str, **moment: str) -> Any:
    return world.read(who, INSTEAD, **moment)["publishedImprovements"]


def test_a_statutory_review_is_not_published_without_the_boards_response(world: World) -> None:
    review = completed(world)
    asked = "partnership { framework { reviewKinds { key publishedWithResponse } } }"
    kinds = world.read("police", asked)["partnership"]["framework"]["reviewKinds"]
    assert [kind["key"] for kind in kinds if kind["publishedWithResponse"]] == ["serious-case-review"]
    (error,) = world.send_command("chair", "reviewPublish", id=review)["userErrors"]
    assert (error["code"], error["field"]) == ("CONDITIONS_NOT_MET", ["boardResponse"])
    assert world.refused("chair", "reviewPublish", id=review, boardResponse="  ") == ["INVALID"]


def test_a_withheld_review_is_published_later_and_its_history_tells_why_it_was_withheld(world: World) -> None:
    review = withheld(world)
    then = world.known_at()
    assert seen(world, "unit", review) == {
        "stage": "WITHHELD",
        "publishedOn": None,
        "withheldOn": on(0),
        "publicationWithheldReason": WHY,
        "improvements": "Histories are read before a visit",
        "boardResponse": None,
    }
    world.at(400)
    world.do("chair", "reviewPublish", id=review, boardResponse="They are grown up and agree")
    after = seen(world, "unit", review)
    assert (after["stage"], after["withheldOn"], after["publishedOn"]) == ("PUBLISHED", on(0), on(400))
    assert after["publicationWithheldReason"] is None
    asked = f'review(id: "{review}") {{ history {{ name reason changes {{ field from to }} }} }}'
    history = {entry["name"]: entry for entry in world.read("unit", asked)["review"]["history"]}
    kept = history["review.publication_withheld.v1"]
    assert (kept["reason"], {"field": "withheldOn", "from": None, "to": on(0)} in kept["changes"]) == (WHY, True)
    for moment in ({"knownAt": then}, {"effectiveOn": on(399)}):
        assert seen(world, "unit", review, **moment)["publicationWithheldReason"] == WHY


def test_the_improvements_of_a_withheld_review_are_for_everybody_and_the_review_is_not(world: World) -> None:
    review = withheld(world)
    shown = {"kind": {"key": "serious-case-review"}, "improvements": "Histories are read before a visit"}
    assert instead(world, "school") == [shown | {"publishedOn": on(0), "review": None}]
    for who in ("inspector", "police"):  # the police are under review, and see the header
        assert instead(world, who) == [shown | {"publishedOn": on(0), "review": {"title": "Child J"}}]
    assert seen(world, "school", review) is None
    for who in ("school", "police"):
        assert world.read(who, "reviews { totalCount }")["reviews"] == {"totalCount": 0}
    node = "query ($id: ID!) { node(id: $id) { id } }"
    assert world.ask("school", node, id=review)["node"] is None
    assert world.ask("police", "{ changes { nodes { name } } }")["changes"]["nodes"] == []


def test_whoever_has_a_part_below_a_withheld_review_sees_its_header_and_the_improvements(world: World) -> None:
    review = withheld(world)
    world.assigned("police", recommendationId=world.a_recommendation(reviewId=review))
    assert [each["review"] for each in instead(world, "police")] == [{"title": "Child J"}]
    header = seen(world, "police", review)
    assert header == dict.fromkeys(header) | {"stage": "WITHHELD"}


def test_a_review_that_is_withheld_without_improvements_leaves_no_trace_for_agencies(world: World) -> None:
    withheld(world, improvements=None)
    completed(world)
    assert instead(world, "police") == instead(world, "inspector") == []


def test_improvements_are_read_at_any_pair_of_moments_and_not_once_they_were_taken_back(world: World) -> None:
    before = world.known_at()
    world.at(10)
    review = withheld(world)
    then = world.known_at()
    assert instead(world, "police", knownAt=before) == instead(world, "police", effectiveOn=on(9)) == []
    assert len(instead(world, "police", knownAt=then)) == 1
    asked = f'review(id: "{review}") {{ history {{ eventId name }} }}'
    facts = {fact["name"]: fact["eventId"] for fact in world.read("unit", asked)["review"]["history"]}
    mistaken = {"eventId": facts["review.publication_withheld.v1"], "field": "improvements"}
    world.do("unit", "reviewCorrect", id=review, **mistaken, newValue=None, reason="It names a school")
    assert instead(world, "police") == instead(world, "police", knownAt=then) == []
    assert [each["improvements"] for each in instead(world, "inspector", knownAt=then)] == [
        "Histories are read before a visit"
    ]


def test_once_the_review_is_published_an_agency_reads_it_with_the_improvements(world: World) -> None:
    review = withheld(world)
    world.do("chair", "reviewPublish", id=review, boardResponse="They agree now")
    found = seen(world, "school", review)
    assert (found["stage"], found["boardResponse"]) == ("PUBLISHED", "They agree now")
    assert (found["withheldOn"], found["publicationWithheldReason"]) == (None, None)
    assert [each["review"] for each in instead(world, "school")] == [{"title": "Child J"}]


def test_the_past_of_a_published_review_does_not_tell_an_agency_that_it_was_withheld(world: World) -> None:
    review = withheld(world, improvements=None)
    world.assigned("police", recommendationId=world.a_recommendation(reviewId=review))
    then = world.known_at()
    world.at(400)
    world.do("chair", "reviewPublish", id=review, boardResponse="They agree now")
    totals = "withheld: reviews(filter: {stages: [WITHHELD]}) { totalCount } \
        completed: reviews(filter: {stages: [COMPLETED]}) { totalCount }"
    for moment in ({"knownAt": then}, {"effectiveOn": on(399)}):
        for who in ("school", "police"):
            found = seen(world, who, review, **moment)
            assert found == dict.fromkeys(found) | {"stage": "COMPLETED"}
            counted = world.read(who, totals, **moment)
            assert [counted[name]["totalCount"] for name in ("withheld", "completed")] == [0, 1]
        assert seen(world, "inspector", review, **moment)["stage"] == "WITHHELD"
        whole = world.read("inspector", totals, **moment)
        assert [whole[name]["totalCount"] for name in ("withheld", "completed")] == [1, 0]
