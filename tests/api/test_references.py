"""A reference that the register gives is free, whatever callers named their own things."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from api.relay.global_id import decode
from domain.action.commands import RaiseAction
from domain.recommendation.commands import RaiseRecommendation
from domain.review.commands import CommissionReview
from domain.shared.actor import Caller
from domain.shared.refusals import UnknownReviewKind, UnknownTheme
from domain.shared.vocabulary import Role
from support.partnership_world import World

UNIT = Caller("officer", Role.BUSINESS_UNIT)


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
    for number in (1, 2, 4):
        reference(world, "recommendationRaise", reviewId=other, reference=f"{above}/{number}", **raising)
    given = [reference(world, "recommendationRaise", reviewId=review, **raising) for _ in range(2)]
    assert given == [f"{above}/3", f"{above}/5"]
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


def numbers(world: World, selection: str) -> list[str]:
    found = world.read("inspector", f"{selection}(first: 100) {{ nodes {{ reference }} }}")[selection]["nodes"]
    return sorted(node["reference"] for node in found)


def test_refused_commands_take_no_number(world: World) -> None:
    first = int(commissioned(world)[1:])
    for _ in range(2):
        assert world.refused("unit", "reviewCommission", kind="no-such-kind", title="T", agencies=["police"])
        assert world.refused("unit", "reviewRefer", title="T", agencies=["nobody"])
    assert commissioned(world) == f"R{first + 1:04d}"
    assert reference(world, "reviewRefer", title="Child K", agencies=["police"]) == f"R{first + 2:04d}"


def test_refused_challenges_take_no_number(world: World) -> None:
    about = [world.assigned()]
    words = {"grounds": "No answer", "requested": "One"}
    assert world.refused("chair", "challengeIssue", agency="health", subjects=about, **words)
    assert world.refused("chair", "challengeIssue", agency="nobody", subjects=about, **words)
    issued = world.do("chair", "challengeIssue", "reference", agency="police", subjects=about, **words)
    assert issued["reference"] == "C0001"


def test_an_idempotent_repetition_takes_no_number(world: World) -> None:
    asked = {"kind": "practice-learning-review", "title": "Child J", "agencies": ["police"]}
    again = asked | {"idempotencyKey": "5f0f3a2e-0000-4000-8000-000000000001"}
    first = commissioned(world, **again)
    assert commissioned(world, **again) == first
    assert int(commissioned(world)[1:]) == int(first[1:]) + 1


def test_references_have_no_holes_when_twenty_ask_at_once(world: World) -> None:
    def ask(number: int) -> None:
        kind = "no-such-kind" if number % 4 == 0 else "practice-learning-review"
        command = CommissionReview(kind=kind, title="Child J", agencies=("police",))
        with suppress(UnknownReviewKind):
            world.register.handle(command, UNIT)

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(ask, range(40)))
    assert numbers(world, "reviews") == [f"R{number:04d}" for number in range(1, 31)]


def test_what_is_raised_below_one_thing_at_once_is_numbered_without_holes(world: World) -> None:
    review = world.a_review()
    recommendation = world.a_recommendation(reviewId=review, reference="OWN")
    ids = [decode(id).uuid for id in (review, recommendation)]

    def ask(number: int) -> None:
        theme = "nothing" if number % 3 == 0 else "neglect"
        with suppress(UnknownTheme):
            world.register.handle(RaiseRecommendation(review_id=ids[0], wording="Share", themes=(theme,)), UNIT)
            world.register.handle(RaiseAction(recommendation_id=ids[1], wording="Train"), UNIT)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(ask, range(9)))
    above = world.read("unit", f'review(id: "{review}") {{ reference }}')["review"]["reference"]
    assert numbers(world, "recommendations") == ["OWN", *(f"{above}/{number}" for number in range(1, 7))]
    assert numbers(world, "actions") == [f"OWN/A{number}" for number in range(1, 7)]


def test_references_sort_as_people_count(world: World) -> None:
    review = world.a_review()
    brought = ["LSCB 10", "lscb 9", "CP-2/10", "CP-2/9", "CP-12", "R2/3", "R10/1", "R010/2", "7", "007/A2", "007/A10"]
    for each in brought:
        world.a_recommendation(reviewId=review, reference=each)
    counted = ["7", "007/A2", "007/A10", "CP-2/9", "CP-2/10", "CP-12", "lscb 9", "LSCB 10", "R2/3", "R10/1", "R010/2"]
    fields = "edges { cursor node { reference } } pageInfo { hasNextPage hasPreviousPage }"
    for first, edge in (("first", "after"), ("last", "before")):
        found: list[str] = []
        place = ""
        while len(found) < len(brought):
            asked = f"recommendations(orderBy: REFERENCE_ASC, {first}: 3{place}) {{ {fields} }}"
            edges = world.read("inspector", asked)["recommendations"]["edges"]
            page = [each["node"]["reference"] for each in edges]
            found = found + page if first == "first" else page + found
            place = f', {edge}: "{edges[-1 if first == "first" else 0]["cursor"]}"'
        assert found == counted


def test_what_stands_below_a_thing_is_listed_in_the_order_of_its_numbers(world: World) -> None:
    recommendation = world.a_recommendation(reference="OWN")
    for _ in range(11):
        world.an_action(recommendationId=recommendation)
    asked = f'recommendation(id: "{recommendation}") {{ actions {{ nodes {{ reference }} }} }}'
    nodes = world.read("unit", asked)["recommendation"]["actions"]["nodes"]
    assert [node["reference"] for node in nodes] == [f"OWN/A{number}" for number in range(1, 12)]
    latest = asked.replace("actions", "actions(last: 2)")
    nodes = world.read("unit", latest)["recommendation"]["actions"]["nodes"]
    assert [node["reference"] for node in nodes] == ["OWN/A10", "OWN/A11"]


def test_an_empty_list_in_a_filter_matches_nothing(world: World) -> None:
    world.a_recommendation()
    for asked in ("stages", "themes", "leadAgencies", "monitoredBy"):
        listed = world.read("unit", f"recommendations(filter: {{{asked}: []}}) {{ nodes {{ id }} }}")
        assert listed["recommendations"]["nodes"] == []
    assert world.read("unit", "recommendations(filter: {stages: null}) { nodes { id } }")["recommendations"]["nodes"]
