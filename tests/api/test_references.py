"""A reference that the register gives is free, whatever callers named their own things."""

from world import World


def reference(world: World, mutation: str, **given: object) -> str:
    return str(world.do("unit", mutation, "reference", **given)["reference"])


def commissioned(world: World, **given: object) -> str:
    asked = {"kind": "practice-learning-review", "title": "Child J", "agencies": ["police"]} | given
    return reference(world, "reviewCommission", **asked)


def test_reviews_pass_the_numbers_that_others_brought(world: World) -> None:
    first = int(commissioned(world)[1:])
    for number in range(first + 1, first + 12):
        commissioned(world, reference=f"R{number:04d}")
    assert commissioned(world) == f"R{first + 12:04d}"
    assert reference(world, "reviewRefer", title="Child K", agencies=["police"]) == f"R{first + 13:04d}"


def test_a_number_below_one_review_may_be_carried_by_what_arose_from_another(world: World) -> None:
    review, other = world.a_review(), world.a_review()
    above = world.read("unit", f'review(id: "{review}") {{ reference }}')["review"]["reference"]
    raising = {"wording": "Share", "themes": ["neglect"]}
    for number in (1, 2):
        reference(world, "recommendationRaise", reviewId=other, reference=f"{above}/{number}", **raising)
    assert reference(world, "recommendationRaise", reviewId=review, **raising) == f"{above}/3"
    recommendation = world.a_recommendation(reviewId=review, reference="OWN")
    world.an_action(reference="OWN/A1")
    assert reference(world, "actionRaise", recommendationId=recommendation, wording="Train") == "OWN/A2"


def test_a_callers_own_reference_that_is_carried_already_is_refused_by_name(world: World) -> None:
    review = world.a_review(reference="MINE")
    again = {"kind": "practice-learning-review", "title": "T", "agencies": ["police"], "reference": "MINE"}
    assert world.refused("unit", "reviewCommission", **again) == ["INVALID"]
    raising = {"reviewId": review, "wording": "Share", "themes": ["neglect"], "reference": "MINE/1"}
    reference(world, "recommendationRaise", **raising)
    payload = world.send_command("unit", "recommendationRaise", **raising)
    assert [(error["code"], error["field"]) for error in payload["userErrors"]] == [("INVALID", ["reference"])]
