"""An agency under review sees the header of the review, and what is asked of it."""

from typing import Any

from api.app.founding import FOUNDER
from domain.agency.commands import MergeAgencies
from support.disseminated_learning import disseminated, learned
from support.partnership_world import World, on

HIDDEN = (
    "version commissionedOn leadReviewer mandatedBy awareOn method sharedReference agencies { key } "
    "monitoredBy { key } sections { key } agreements { agreedOn } advice { advice } history { name }"
)
HEADER = "reference title stage kind { key } clocks { name }"
MINE = f"underReview {{ totalCount nodes {{ id {HEADER} }} }}"


def listed(world: World, who: str, **moment: str) -> list[str]:
    found = world.read(who, MINE, **moment)["underReview"]
    assert found["totalCount"] == len(found["nodes"])
    return [node["id"] for node in found["nodes"]]


def header(world: World, who: str, review: str) -> dict[str, Any] | None:
    found: dict[str, Any] | None = world.read(who, f'review(id: "{review}") {{ {HEADER} {HIDDEN} }}')["review"]
    return found


def test_an_agency_under_review_sees_the_header_and_nothing_else(world: World) -> None:
    review = world.a_review(agencies=["police", "health"], awareOn=on(0), leadReviewer="Ms Adeyemi")
    learned(world, review)
    others = world.a_recommendation(reviewId=review, leadAgency="health", addressedTo=["health"])
    neighbour = world.a_review(agencies=["council"])
    seen = header(world, "police", review)
    assert seen is not None
    assert (seen["title"], seen["stage"], seen["kind"]) == (
        header(world, "unit", review)["title"],  # type: ignore[index]
        "COMMISSIONED",
        {"key": "practice-learning-review"},
    )
    hidden = {name: seen[name] for name in seen if name not in {"reference", "title", "stage", "kind", "clocks"}}
    assert {name: value for name, value in hidden.items() if value} == {}
    below = f'review(id: "{review}") {{ learning {{ wording }} disseminations {{ method }} duties {{ key }} \
        recommendations {{ totalCount nodes {{ id }} }} }} recommendation(id: "{others}") {{ wording }}'
    assert world.read("police", below) == {
        "review": {
            "learning": [],
            "disseminations": [],
            "duties": [],
            "recommendations": {"totalCount": 0, "nodes": []},
        },
        "recommendation": None,
    }
    assert (header(world, "school", review), header(world, "police", neighbour)) == (None, None)
    assert (listed(world, "police"), listed(world, "school")) == ([review], [])
    assert listed(world, "unit") == [review, neighbour]
    for counted in ("reviews { totalCount }", 'reviews(filter: {agencies: ["health"]}) { totalCount }'):
        assert world.read("police", counted) == {"reviews": {"totalCount": 0}}
    names = world.ask("police", "{ changes { nodes { name } } }")["changes"]["nodes"]
    assert names == []


def test_it_sees_what_is_asked_of_it_below_the_header(world: World) -> None:
    review = world.a_review(agencies=["police", "health"])
    own = world.a_recommendation(reviewId=review, addressedTo=["police"])
    world.a_recommendation(reviewId=review, addressedTo=["health"])
    disseminated(world, review, agencies=["health"])
    below = f'review(id: "{review}") {{ recommendations {{ nodes {{ id }} }} duties {{ agency {{ key }} }} }}'
    assert world.read("police", below)["review"] == {"recommendations": {"nodes": [{"id": own}]}, "duties": []}
    owed = world.read("health", below)["review"]["duties"]
    assert owed == [{"agency": {"key": "health"}}] * 2


def test_of_a_case_that_is_only_referred_it_is_told_nothing(world: World) -> None:
    case = world.do("unit", "reviewRefer", title="Child L", agencies=["police"])["id"]
    assert (header(world, "police", case), listed(world, "police")) == (None, [])


def test_what_an_agency_has_become_sees_the_header_too(world: World) -> None:
    review = world.a_review(agencies=["police"])
    before = world.known_at()
    assert listed(world, "school") == []
    world.register.handle(MergeAgencies(key="police", into="school"), FOUNDER)
    assert (listed(world, "school"), listed(world, "school", knownAt=before)) == ([review], [review])
    assert listed(world, "health") == []
