"""A partnership's own framework through the edge: adopted beside a running server, and read on both clocks."""

import pytest

from api.app.founding import FOUNDER
from api.app.installation import Installation
from domain.frameworks import DeadlineUnit, Framework, ResponseTime, copied, shipped_frameworks
from domain.partnership.commands import AddFramework, AdoptFramework
from domain.shared.vocabulary import Role
from storage.database import Database
from support.partnership_world import BODY, World, on
from support.statement_counter import counted

GROUP = "review-and-learning-group"
THROUGH = "monitoredBy { key name }"


@pytest.fixture
def ours() -> Framework:
    """Knowsley's newer framework under a key of our own, with another name for its group and a kind more."""
    own = copied(shipped_frameworks()["knowsley-2020"], "ours", "Ours")
    kind = own.kinds["case-review"].model_copy(update={"key": "huddle", "name": "Huddle"})
    group = own.bodies[GROUP].model_copy(update={"name": "The Learners"})
    return own.model_copy(update={"kinds": {**own.kinds, "huddle": kind}, "bodies": {**own.bodies, GROUP: group}})


def elsewhere(world: World, framework: Framework, day: int) -> None:
    """Added and adopted by another process on the same database."""
    with Database(world.installation.conninfo, max_size=2) as pool:
        register = Installation(world.installation.conninfo, pool, world.installation.signer).register(world.key)
        register.handle(AddFramework(framework=framework), FOUNDER)
        register.handle(AdoptFramework.model_validate({"framework": framework.key, "happened_on": on(day)}), FOUNDER)


def test_a_running_server_sees_what_another_process_has_adopted(world: World, ours: Framework) -> None:
    action = world.assigned()
    world.at(20)
    assert world.read("unit", "partnership { framework { key } }")["partnership"]["framework"]["key"] == "knowsley-2015"
    elsewhere(world, ours, 15)
    shown = "partnership { framework { key name } frameworks { framework { key } from until } }"
    assert world.read("unit", shown)["partnership"] == {
        "framework": {"key": "ours", "name": "Ours"},
        "frameworks": [
            {"framework": {"key": "knowsley-2015"}, "from": on(0), "until": on(15)},
            {"framework": {"key": "ours"}, "from": on(15), "until": None},
        ],
    }
    through = f'action(id: "{action}") {{ {THROUGH} }}'
    assert world.read("unit", through)["action"]["monitoredBy"] == [{"key": GROUP, "name": "The Learners"}]
    assert world.read("unit", through, effectiveOn=on(14))["action"]["monitoredBy"][0]["key"] == BODY
    review = world.do("unit", "reviewCommission", "kind { key name }", kind="huddle", title="H", agencies=["police"])
    assert review == {"kind": {"key": "huddle", "name": "Huddle"}}


def test_filters_know_the_bodies_and_kinds_of_it(world: World, ours: Framework) -> None:
    world.assigned()
    world.at(20)
    elsewhere(world, ours, 15)
    world.do("unit", "reviewCommission", kind="huddle", title="H", agencies=["police"])
    asked = f'reviews(filter: {{ monitoredBy: ["{GROUP}"] }}) {{ totalCount }}'
    assert world.read("unit", asked)["reviews"]["totalCount"] == 2
    kinds = 'reviews(filter: { kinds: ["huddle"] }) { totalCount }'
    assert world.read("unit", kinds)["reviews"]["totalCount"] == 1
    assert world.read("unit", kinds, effectiveOn=on(14))["reviews"]["totalCount"] == 0


def test_a_member_goes_on_in_the_body_that_goes_on(world: World, ours: Framework) -> None:
    world.register.handle(AdoptFramework.model_validate({"framework": "knowsley-2020"}), FOUNDER)
    bodies = {"group": GROUP, "forum": "strategic-forum"}
    tokens = {
        who: world.installation.issue_token(world.key, Role.MONITORING_BODY, who, bodies=(body,), independent=True)
        for who, body in bodies.items()
    }
    world.tokens = {**world.tokens, **tokens}
    action = world.assigned(recommendationId=world.a_recommendation(reviewId=world.a_review(kind="case-review")))
    evidence = world.evidence(action)
    elsewhere(world, ours, 0)
    judged = {"id": action, "evidenceId": evidence}
    assert world.refused("forum", "actionAcceptEvidence", **judged) == ["NOT_PERMITTED"]
    world.do("group", "actionAcceptEvidence", **judged)


def test_the_body_that_took_over_is_told_of_by_the_framework_that_was_adopted(world: World, ours: Framework) -> None:
    review = world.a_review()
    elsewhere(world, ours, 0)
    shown = "kind { monitoredBy { key succeededBy { key name succeededBy { key } } } }"
    found = world.read("unit", f'review(id: "{review}") {{ {shown} }}')["review"]["kind"]["monitoredBy"]
    assert found == [
        {
            "key": BODY,
            "succeededBy": {
                "key": GROUP,
                "name": "Safeguarding Review and Learning Group",
                "succeededBy": {"key": GROUP},
            },
        }
    ]


def test_an_own_framework_that_was_never_adopted_is_read_once_however_often_it_is_told_of(
    world: World, ours: Framework, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.register.handle(AddFramework(framework=ours), FOUNDER)
    later = copied(ours, "later", "Later")
    elsewhere(world, later, 0)
    asked = "partnership { framework { key succeeds { key } again: succeeds { name bodies { key } } } }"
    told = world.read("unit", asked)["partnership"]["framework"]
    assert (told["key"], told["succeeds"]["key"]) == ("later", "ours")
    with counted(monkeypatch) as statements:
        world.read("unit", asked)
    assert sum("framework_added" in each for each in statements) == 1


def test_an_answer_is_due_by_what_the_framework_says_of_it(world: World, ours: Framework) -> None:
    shown = "partnership { framework { recommendationResponse { length unit } } }"
    assert world.read("police", shown)["partnership"]["framework"]["recommendationResponse"] is None
    within = ResponseTime(length=10, unit=DeadlineUnit.WORKING_DAYS)
    elsewhere(world, ours.model_copy(update={"recommendation_response": within}), 0)
    told = {"length": 10, "unit": "WORKING_DAYS"}
    assert world.read("police", shown)["partnership"]["framework"]["recommendationResponse"] == told
    review = world.a_review(kind="huddle")
    clocks = "responseDueOn clocks { agency { key } dueOn }"
    raised = {"reviewId": review, "wording": "Share", "themes": ["neglect"], "addressedTo": ["police"]}
    found = world.do("unit", "recommendationRaise", clocks, **raised)
    assert found == {"responseDueOn": on(14), "clocks": [{"agency": {"key": "police"}, "dueOn": on(14)}]}
    stated = world.do("unit", "recommendationRaise", "responseDueOn", **raised, responseDueOn=on(5))
    assert stated == {"responseDueOn": on(5)}
