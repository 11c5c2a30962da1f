"""What is told by lists of its own is walked from either end, as the lists of things are."""

from typing import Any

import pytest

from support.disseminated_learning import learned
from support.partnership_world import Stage, World

ITEM = {
    "learningInbox": "learning { id } body { key } since",
    "recurringLearning": "theme { key } occurrences",
    "waiting": "queue body { key } since subject { __typename ... on Action { id } ... on Recommendation { id } }",
    "findings": "finding { verifiedOn } subject { __typename ... on Action { id } }",
}
INSIDE = {"waiting": "oversight", "findings": "annualReport(year: 2024)"}
FILTERS = {"recurringLearning": "filter: { minimumReviews: 1 }, "}


def story(world: World) -> None:
    """Five points of learning, six findings, and themes that recur; some of the same day, and work that waits."""
    actions = [world.closed("police") for _ in range(2)]
    for day, theme in enumerate(("domestic-abuse", "thresholds", "information-sharing"), 1):
        for action in actions:
            world.do("body", "actionVerifyImpact", id=action, finding="EMBEDDED", measure="Audit")
        learned(world, world.a_review())
        world.a_recommendation(themes=[theme, "neglect"])
        world.at(day)
    review = world.a_review()
    for _ in range(2):
        learned(world, review)


@pytest.fixture
def world(stage: Stage) -> World:
    return stage(story).world


@pytest.mark.parametrize("name", ITEM)
def test_a_list_is_the_same_from_its_front_and_from_its_back(world: World, name: str) -> None:
    def read(given: str) -> dict[str, Any]:
        page = f"nodes {{ {ITEM[name]} }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}"
        field = f"{name}({FILTERS.get(name, '')}{given}) {{ {page} }}"
        found = world.read("unit", f"{INSIDE[name]} {{ {field} }}" if name in INSIDE else field)
        inside: dict[str, Any] = (next(iter(found.values())) if name in INSIDE else found)[name]
        return inside

    whole = read("first: 100")["nodes"]
    assert len(whole) > 3
    forward, after, more = list[Any](), "", True
    while more:
        part = read(f"first: 2{after}")
        assert part["pageInfo"]["hasPreviousPage"] == bool(after)
        forward += part["nodes"]
        after, more = f', after: "{part["pageInfo"]["endCursor"]}"', part["pageInfo"]["hasNextPage"]
    backward, before, more = list[Any](), "", True
    while more:
        part = read(f"last: 2{before}")
        assert part["pageInfo"]["hasNextPage"] == bool(before)
        backward = part["nodes"] + backward
        before, more = f', before: "{part["pageInfo"]["startCursor"]}"', part["pageInfo"]["hasPreviousPage"]
    assert forward == backward == whole
