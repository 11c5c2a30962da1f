"""How far each review's plan has been carried out, as the body that monitors it asks."""

from typing import Any

from api.relay.global_id import encode
from support.partnership_world import BODY, OTHER_BODY, World, on

COUNTS = """review { id title } recommendations actions closed impactVerified notEmbedded awaitingImpact overdue
  challenged evidenceAwaitingReview oldestEvidenceAwaitingSince extensionsPending
  byAgency { agency { key } actions closed impactVerified notEmbedded overdue awaitingReview challenged }"""


def plans(world: World, who: str, asked: str = "", **moment: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = world.read(who, f"implementation{asked} {{ {COUNTS} }}", **moment)["implementation"]
    return found


def test_a_plan_is_counted_per_review_and_per_agency(world: World) -> None:
    review = world.a_review()
    above = world.a_recommendation(reviewId=review)
    neighbour = world.a_review(title="Child K")
    late = world.assigned("police", due=5, recommendationId=above)
    world.closed("health", recommendationId=above)
    world.an_action(recommendationId=above)
    world.at(10)
    world.evidence(late)
    world.do("police", "actionRequestExtension", id=late, until=on(40), reason="Illness")
    world.do("chair", "challengeIssue", agency="police", subjects=[late], grounds="Late")
    found = {plan["review"]["id"]: plan for plan in plans(world, "body", f'(monitoredBy: "{BODY}")')}
    nothing = {"closed": 0, "impactVerified": 0, "notEmbedded": 0, "overdue": 0, "awaitingReview": 0, "challenged": 0}
    assert found[review] == {
        "review": {"id": review, "title": "Child J"},
        "recommendations": 1,
        "actions": 3,
        "closed": 1,
        "impactVerified": 0,
        "notEmbedded": 0,
        "awaitingImpact": 1,
        "overdue": 1,
        "challenged": 1,
        "evidenceAwaitingReview": 1,
        "oldestEvidenceAwaitingSince": on(10),
        "extensionsPending": 1,
        "byAgency": [
            {**nothing, "agency": {"key": "health"}, "actions": 1, "closed": 1},
            {
                **nothing,
                "agency": {"key": "police"},
                "actions": 1,
                "overdue": 1,
                "awaitingReview": 1,
                "challenged": 1,
            },
        ],
    }
    assert (found[neighbour]["actions"], found[neighbour]["byAgency"]) == (0, [])


def test_a_plan_is_read_as_it_was_known(world: World) -> None:
    review = world.a_review()
    world.assigned("police", due=5, recommendationId=world.a_recommendation(reviewId=review))
    then = world.known_at()
    world.at(10)
    world.assigned("health", recommendationId=world.a_recommendation(reviewId=review))
    asked = f'(reviewId: "{review}")'
    assert [plan["actions"] for plan in plans(world, "unit", asked)] == [2]
    assert [(p["actions"], p["overdue"]) for p in plans(world, "unit", asked, knownAt=then)] == [(1, 0)]
    assert [p["overdue"] for p in plans(world, "unit", asked, knownAt=then, effectiveOn=on(6))] == [1]


def test_an_agency_counts_what_it_may_see(world: World) -> None:
    review = world.a_review(leadReviewer="Dr Day")
    above = world.a_recommendation(reviewId=review)
    world.assigned("police", due=5, recommendationId=above)
    world.assigned("health", due=5, recommendationId=above)
    world.at(10)
    (plan,) = plans(world, "police")
    assert (plan["recommendations"], plan["actions"], plan["overdue"]) == (0, 1, 1)
    assert [each["agency"]["key"] for each in plan["byAgency"]] == ["police"]
    assert plans(world, "school") == []
    (header,) = world.read("police", "implementation { review { title leadReviewer } }")["implementation"]
    assert header == {"review": {"title": "Child J", "leadReviewer": None}}


def test_headers_are_in_the_order_of_their_references_which_tells_nothing_of_their_days(world: World) -> None:
    world.at(10)
    reviews = [world.a_review(happenedOn=on(day), reference=f"R{day}") for day in (3, 9, 6)]
    for review in reviews:
        world.assigned("police", recommendationId=world.a_recommendation(reviewId=review))
    in_order = {who: [reviews.index(plan["review"]["id"]) for plan in plans(world, who)] for who in ("unit", "police")}
    assert in_order == {"unit": [1, 2, 0], "police": [0, 2, 1]}


def test_bodies_and_reviews_that_are_not_there(world: World) -> None:
    world.a_review()
    assert plans(world, "unit", f'(monitoredBy: "{OTHER_BODY}")') == []
    assert plans(world, "unit", f'(reviewId: "{encode("review", "00000000-0000-0000-0000-000000000001")}")') == []
    for asked, code in (('(monitoredBy: "moon")', "UNKNOWN_BODY"), ('(reviewId: "moon")', "NOT_FOUND")):
        answer = world.answer("unit", f"{{ register {{ implementation{asked} {{ actions }} }} }}")
        assert [error["extensions"]["code"] for error in answer["errors"]] == [code]


THEIRS = """recommendations recommendationsClosed recommendationsOverdue recommendationsChallenged
  recommendationsAwaitingReview recommendationExtensionsPending evidenceAwaitingReview extensionsPending"""
SUMS = f"""implementation {{ {THEIRS} }} overdueByAgency {{ agency {{ key }} recommendationsOverdue extensionsPending }}
  oversight {{ waiting(queues: [EXTENSION_PENDING, EVIDENCE_AWAITING]) {{ nodes {{ queue }} }} }}"""


def led(world: World, review: str, due: int) -> str:
    above = world.a_recommendation(reviewId=review)
    world.do("unit", "recommendationAssign", id=above, leadAgency="police", dueOn=on(due))
    return above


def test_recommendations_are_counted_by_themselves_and_the_sums_agree_with_oversight(world: World) -> None:
    review = world.a_review()
    above, superseded, late = led(world, review, 5), led(world, review, 90), led(world, review, 5)
    action = world.assigned("health", due=90, recommendationId=above)
    world.do("body", "recommendationClose", id=superseded, outcome="SUPERSEDED", reason="A wider one took its place")
    world.at(10)
    for thing, agency, kind in ((above, "police", "recommendation"), (action, "health", "action")):
        world.do(agency, f"{kind}RequestExtension", id=thing, until=on(120), reason="Illness")
        world.do(agency, f"{kind}SubmitEvidence", id=thing, narrative="Half of it", claimsComplete=False)
    world.do("chair", "challengeIssue", agency="police", subjects=[late], grounds="Late")
    read = world.read("chair", SUMS)
    (plan,) = read["implementation"]
    assert plan == {
        "recommendations": 3,
        "recommendationsClosed": 1,
        "recommendationsOverdue": 2,
        "recommendationsChallenged": 1,
        "recommendationsAwaitingReview": 1,
        "recommendationExtensionsPending": 1,
        "evidenceAwaitingReview": 1,
        "extensionsPending": 1,
    }
    rows = {row["agency"]["key"]: row["extensionsPending"] for row in read["overdueByAgency"]}
    assert {key: count for key, count in rows.items() if count} == {"police": 1, "health": 1}
    queues = [node["queue"] for node in read["oversight"]["waiting"]["nodes"]]
    assert sorted(queues) == ["EVIDENCE_AWAITING"] * 2 + ["EXTENSION_PENDING"] * 2


def test_of_a_published_recommendation_an_agency_counts_its_closing_and_nothing_that_it_does_not_see(
    world: World,
) -> None:
    review = world.a_review()
    above = led(world, review, 5)
    world.do("unit", "reviewComplete", id=review)
    world.do("chair", "reviewPublish", id=review, boardResponse="We accept it")
    world.at(10)
    world.do("police", "recommendationRequestExtension", id=above, until=on(120), reason="Illness")
    world.do("police", "recommendationSubmitEvidence", id=above, narrative="Half of it", claimsComplete=False)
    counted = {"recommendationsOverdue": 1, "recommendationsAwaitingReview": 1, "recommendationExtensionsPending": 1}
    shown = f"implementation {{ recommendations {' '.join(counted)} }} overdueByAgency {{ extensionsPending }}"
    for who, times in (("police", 1), ("school", 0)):
        read = world.read(who, shown)
        (plan,) = read["implementation"]
        assert plan == {"recommendations": 1, **{name: count * times for name, count in counted.items()}}
        assert [row["extensionsPending"] for row in read["overdueByAgency"]] == [1] * times
