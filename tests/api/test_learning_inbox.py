"""A body that is fed has an inbox of learning, until it has taken it up."""

from typing import Any

from domain.shared.vocabulary import Role
from support.disseminated_learning import disseminated, learned
from support.partnership_world import KEY, LED, World, on

ITEM = "learning { id yields expectedYield takeUps { body { key } whatWasDone takenUpOn by { subject } } } \
    body { key } since days takenUpOn"


def inbox(world: World, who: str, asked: str = "", **moment: str) -> list[dict[str, Any]]:
    found = world.read(who, f"learningInbox{asked} {{ totalCount nodes {{ {ITEM} }} }}", **moment)["learningInbox"]
    assert found["totalCount"] == len(found["nodes"])
    nodes: list[dict[str, Any]] = found["nodes"]
    return nodes


def trainer(world: World) -> str:
    """Who acts for the training group."""
    token = world.installation.issue_token(KEY, Role.MONITORING_BODY, "trainer", bodies=("training",), independent=True)
    world.tokens = {**world.tokens, "trainer": token}
    return "trainer"


def points(nodes: list[dict[str, Any]]) -> list[str]:
    return [node["learning"]["id"] for node in nodes]


def test_learning_of_every_source_waits_for_training_until_it_is_taken_up(world: World) -> None:
    who = trainer(world)
    review, audit = world.a_review(), world.a_review(kind="single-agency-audit", agencies=["police"])
    first = learned(world, review)
    world.at(2)
    second = learned(world, audit, yields="Themes and trends")
    world.at(9)
    [oldest, newest] = inbox(world, who)
    assert (oldest["learning"]["id"], oldest["body"], oldest["since"], oldest["days"]) == (
        first,
        {"key": "training"},
        on(0),
        9,
    )
    assert (newest["since"], newest["learning"]["expectedYield"]) == (on(2), True)
    known = world.known_at()
    asked = {"reviewId": review, "learningId": first}
    world.do(who, "learningTakeUp", "id", **asked, whatWasDone="A course on fathers")
    assert points(inbox(world, who)) == [second]
    [done] = inbox(world, who, "(takenUp: true)")
    assert done["takenUpOn"] == on(9)
    assert done["learning"]["takeUps"] == [
        {
            "body": {"key": "training"},
            "whatWasDone": "A course on fathers",
            "takenUpOn": on(9),
            "by": {"subject": "trainer"},
        }
    ]
    assert points(inbox(world, who, "(takenUp: null)")) == [first, second]
    assert points(inbox(world, who, knownAt=known)) == [first, second]
    assert points(inbox(world, who, effectiveOn=on(8))) == [first, second]
    assert points(inbox(world, who, effectiveOn=on(1))) == [first]
    assert world.refused(who, "learningTakeUp", **asked, whatWasDone="Again") == ["CONDITIONS_NOT_MET"]
    world.at(10)
    paper = {"reviewId": audit, "learningId": second, "body": "training", "happenedOn": on(8)}
    world.do("unit", "learningTakeUp", "id", **paper, whatWasDone="As minuted")
    assert (points(inbox(world, who)), points(inbox(world, who, effectiveOn=on(7)))) == ([], [first, second])


def test_a_body_that_learning_was_brought_to_has_it_in_its_inbox_and_others_have_not(world: World) -> None:
    review = world.a_review()
    point = learned(world, review)
    world.at(4)
    assert inbox(world, "unit", '(body: "executive")') == []
    disseminated(world, review, bodies=["executive"], agencies=[])
    [item] = inbox(world, "unit", '(body: "executive")')
    assert (item["learning"]["id"], item["since"]) == (point, on(4))
    assert [node["body"]["key"] for node in inbox(world, "inspector")] == ["training", "executive"]
    assert inbox(world, "body") == []
    unknown = world.answer("unit", '{ register { learningInbox(body: "the-pub") { totalCount } } }')
    assert unknown["errors"][0]["extensions"]["code"] == "UNKNOWN_BODY"
    world.do("chair", "learningTakeUp", "id", reviewId=review, learningId=point, body="executive", whatWasDone="Funded")
    assert [node["body"]["key"] for node in inbox(world, "inspector")] == ["training"]


def test_an_agency_has_no_inbox_and_does_not_learn_what_bodies_made_of_learning(world: World) -> None:
    review = world.a_review()
    point = learned(world, review, yields="Gossip")
    disseminated(world, review, agencies=["police"])
    world.do("unit", "learningTakeUp", "id", reviewId=review, learningId=point, body="training", whatWasDone="A course")
    assert world.read("police", "learningInbox { totalCount }") == {"learningInbox": None}
    told = "disseminations { learning { yields expectedYield takeUps { whatWasDone } } }"
    [shown] = world.read("police", f'review(id: "{review}") {{ {told} }}')["review"]["disseminations"][0]["learning"]
    assert shown == {"yields": "Gossip", "expectedYield": False, "takeUps": []}
    names = [each["name"] for each in world.ask("police", "{ changes { nodes { name } } }")["changes"]["nodes"]]
    assert names == ["review.learning_disseminated.v1"]
    asked = {"reviewId": review, "learningId": point, "whatWasDone": "Ours"}
    assert world.refused("police", "learningTakeUp", **asked) == ["NOT_PERMITTED"]
    assert world.refused("school", "learningTakeUp", **asked) == ["NOT_FOUND"]


def test_learning_that_was_a_draft_waits_since_the_day_on_which_the_review_was_agreed(world: World) -> None:
    who = trainer(world)
    review = world.a_review(kind="serious-case-review", **LED)
    draft = learned(world, review)
    assert inbox(world, who) == []
    world.at(4)
    world.do("chair", "reviewAgree", id=review)
    later = learned(world, review)
    world.at(6)
    later_still = learned(world, review)
    shown = {each["learning"]["id"]: (each["since"], each["days"]) for each in inbox(world, who)}
    assert shown == {draft: (on(4), 2), later: (on(4), 2), later_still: (on(6), 0)}
    assert inbox(world, who, effectiveOn=on(3)) == []
