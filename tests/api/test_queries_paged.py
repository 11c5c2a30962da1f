"""Pages: walked either way they give exactly the list; and statements do not multiply with rows."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.disseminated_learning import disseminated
from support.effort import examples
from support.partnership_world import Stage, World, on
from support.statement_counter import counted

ORDERS = ("DUE_ON_ASC", "DUE_ON_DESC", "REFERENCE_ASC", "RAISED_DESC")
DUE = (9, 5, 5, None, 7, 5, None, 9)
PAGE = """query ($order: ActionOrder, $first: Int, $after: String, $last: Int, $before: String) { register {
  actions(orderBy: $order, first: $first, after: $after, last: $last, before: $before) {
    totalCount nodes { id dueOn } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  } } }"""


def story(world: World) -> None:
    above = world.a_recommendation()
    for due in DUE:
        action = world.an_action(recommendationId=above)
        if due is not None:
            world.do("unit", "actionAssign", id=action, leadAgency="police", dueOn=on(due))


@pytest.fixture
def many(stage: Stage) -> World:
    return stage(story).world


def page(world: World, **asked: Any) -> dict[str, Any]:
    found: dict[str, Any] = world.ask("unit", PAGE, **asked)["register"]["actions"]
    return found


def walk(world: World, order: str, size: int, *, forward: bool) -> list[str]:
    found: list[str] = []
    cursor: str | None = None
    while True:
        asked = {"first": size, "after": cursor} if forward else {"last": size, "before": cursor}
        got = page(world, order=order, **asked)
        ids = [node["id"] for node in got["nodes"]]
        found = found + ids if forward else ids + found
        cursor = got["pageInfo"]["endCursor" if forward else "startCursor"]
        if not got["pageInfo"]["hasNextPage" if forward else "hasPreviousPage"]:
            return found


@settings(max_examples=examples(6), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.sampled_from(ORDERS), size=st.integers(1, 9), forward=st.booleans())
def test_walking_the_pages_gives_exactly_the_list(many: World, order: str, size: int, forward: bool) -> None:
    whole = page(many, order=order)
    assert whole["totalCount"] == len(DUE)
    assert walk(many, order, size, forward=forward) == [node["id"] for node in whole["nodes"]]


def test_things_without_a_due_date_come_last_either_way(many: World) -> None:
    for order in ("DUE_ON_ASC", "DUE_ON_DESC"):
        days = [node["dueOn"] for node in page(many, order=order)["nodes"]]
        assert days[-2:] == [None, None]
        assert None not in days[:-2]


def test_what_is_recorded_meanwhile_neither_repeats_nor_hides_a_row(many: World) -> None:
    first = page(many, order="REFERENCE_ASC", first=3)
    before = [node["id"] for node in page(many, order="REFERENCE_ASC")["nodes"]]
    many.an_action(reference="AAA")
    rest = page(many, order="REFERENCE_ASC", after=first["pageInfo"]["endCursor"])
    assert [node["id"] for node in (*first["nodes"], *rest["nodes"])] == before


@pytest.mark.parametrize(
    ("asked", "field"),
    [({"first": 0}, "first"), ({"last": 101}, "last"), ({"after": "x"}, "after"), ({"first": 1, "last": 1}, "last")],
)
def test_a_page_that_cannot_be_is_refused_by_its_argument(world: World, asked: dict[str, Any], field: str) -> None:
    error = world.answer("unit", PAGE, **asked)["errors"][0]
    assert error["extensions"] == {"code": "INVALID", "field": [field]}


def test_a_cursor_of_another_order_or_filter_is_refused(many: World) -> None:
    cursor = page(many, order="DUE_ON_ASC", first=1)["pageInfo"]["endCursor"]
    for asked in (f'orderBy: DUE_ON_DESC, after: "{cursor}"', f'filter: {{overdue: true}}, after: "{cursor}"'):
        found = many.answer("unit", f"{{ register {{ actions({asked}) {{ totalCount }} }} }}")
        assert found["errors"][0]["extensions"]["field"] == ["after"]


def test_pages_below_a_thing_are_walked_too(many: World) -> None:
    query = """query ($after: String) { register { recommendations { nodes {
      actions(first: 3, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } } } } }"""
    found: list[str] = []
    after = None
    while True:
        got = many.ask("unit", query, after=after)["register"]["recommendations"]["nodes"][0]["actions"]
        found += [node["id"] for node in got["nodes"]]
        after = got["pageInfo"]["endCursor"]
        if not got["pageInfo"]["hasNextPage"]:
            break
    assert (len(found), len(set(found)), got["totalCount"]) == (len(DUE), len(DUE), len(DUE))


# ---- statements ----

SHALLOW = "{ register { actions { nodes { reference leadAgency { name } } } } }"
COUNTED = """query ($yes: Boolean = false) { register { actions {
  ... on ActionConnection { total: totalCount @include(if: $yes) } nodes { reference } } } }"""
DEEP = """{ register { reviews(first: 9) { totalCount nodes {
  learning { wording } monitoredBy { name }
  recommendations(first: 3) { totalCount nodes {
    responses { answer } themes { name } learning { review { title } }
    challenges { grounds subjects { __typename } }
    actions(first: 3) { nodes {
      leadAgency { name } monitoredBy { name } evidence { verdict by { agency { name } } } progress { rag }
      extensions { reason } impact { finding } closure { outcome } history { summary }
      challenges { reference } recommendation { reference review { title } } } } } } } } } }"""
UPWARDS = """{ register { actions(first: 50) { nodes { evidence { by { agency { name } } } history { summary }
  recommendation { responses { answer } review { title learning { wording } } } } } } }"""
QUESTIONS = """{ register {
  overdueByAgency(includeUpToDate: true) { agency { name } actions { totalCount nodes { reference } } }
  recurringLearning(filter: {minimumReviews: 1}) { nodes {
    theme { name } recommendations { nodes { review { title } } } } } } }"""
OVERSIGHT = """{ register {
  oversight { counts { queue waiting body { name } } waiting(first: 100) { totalCount nodes {
    queue body { name } chairOnly evidence { verdict by { agency { name } } } extension { reason }
    subject { ... on Action { leadAgency { name } } ... on Recommendation { clocks { dueOn agency { name } } } } } } }
  challengeLog { totals { open } byAgency { agency { name } totals { overdue } } challenges(first: 100) { nodes {
    levelName clocks { name overdue } responses { narrative } subjects { ... on Action { stage } } } } } } }"""
CHANGES = """{ changes { nodes { name by { agency { name } }
  subject { id ... on Action { recommendation { reference } } } } } }"""


DUTIES = """{ register { standingDuties(year: 2024) { agency { key } } coverageByAgency { agency { key } duties }
  reviews { nodes { id } } actions(first: 1) { nodes { recommendation { review { duties { key agency { key } }
  disseminations { method learning { wording agencies { key } review { reference } } duties { key } } } } } } } }"""


def grow(world: World, times: int) -> None:
    for _ in range(times):
        review = world.a_review()
        disseminated(world, review)
        disseminated(world, review, method="briefings", agencies=["police", "health", "school"])
        for _ in range(2):
            recommendation = world.a_recommendation(reviewId=review, addressedTo=["police"])
            world.do("police", "recommendationRespond", id=recommendation, answer="ACCEPTED")
            actions = [world.assigned("police", recommendationId=recommendation) for _ in range(2)]
            world.evidence(actions[0])
            world.do("chair", "challengeIssue", agency="police", subjects=[actions[1]], grounds="Late")


@pytest.mark.parametrize("who", ["unit", "police"])
def test_the_number_of_statements_does_not_follow_the_number_of_rows(
    world: World, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = (SHALLOW, DEEP, UPWARDS, QUESTIONS, OVERSIGHT, CHANGES, DUTIES)
    sent: list[list[int]] = []
    for times in (1, 3):
        grow(world, times)
        world.ask(who, "{ viewer { subject } }")
        sent.append([])
        for query in asked:
            with counted(monkeypatch) as statements:
                world.ask(who, query)
            sent[-1].append(len(statements))
    assert sent[0] == sent[1]


def test_a_list_is_one_statement_and_its_total_comes_with_it_only_when_asked_for(
    many: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for asked, variables in ((False, {}), (False, {"yes": False}), (True, {"yes": True})):
        with counted(monkeypatch) as statements:
            many.ask("unit", COUNTED, **variables)
        lists = [each for each in statements if "action_history" in each]
        assert len(lists) == 1
        assert ("count(*)" in lists[0]) is asked
