"""A partnership adopts a successor: whom work reports through, and who may judge it, now and on any day before."""

from typing import Any

import pytest

from api.app.founding import FOUNDER
from domain.partnership.commands import AdoptFramework
from domain.shared.vocabulary import Role
from projections.engine.rebuild import rebuild
from support.partnership_world import BODY, World, instant, on

GROUP = "review-and-learning-group"
THROUGH = "monitoredBy { key name }"
OLD = [{"key": BODY, "name": "Serious Incident Review Group"}]
NEW = [{"key": GROUP, "name": "Safeguarding Review and Learning Group"}]


def adopt(world: World, day: int, framework: str = "knowsley-2020") -> None:
    command = AdoptFramework.model_validate({"framework": framework, "happened_on": on(day)})
    world.register.handle(command, FOUNDER)


@pytest.fixture
def successor(world: World) -> World:
    """With an action that has evidence, an extension asked for, and the token of who will take over."""
    world.action = world.assigned("police", due=30)  # type: ignore[attr-defined]
    world.at(10)
    world.given = world.evidence(world.action)  # type: ignore[attr-defined]
    world.do("police", "actionRequestExtension", id=world.action, until=on(60), reason="Illness")  # type: ignore[attr-defined]
    world.at(20)
    adopt(world, 15)
    token = world.installation.issue_token(world.key, Role.MONITORING_BODY, "group", bodies=(GROUP,), independent=True)
    world.tokens = {**world.tokens, "group": token}
    return world


def shown(world: World, selection: str, who: str = "inspector", **moment: str) -> Any:
    action = world.action  # type: ignore[attr-defined]
    return world.read(who, f'action(id: "{action}") {{ {selection} }}', **moment)["action"]


def test_work_reports_through_the_successor_from_the_day_of_adoption(successor: World) -> None:
    everything = f"{THROUGH} recommendation {{ {THROUGH} review {{ {THROUGH} framework {{ key }} }} }}"
    now, before = shown(successor, everything), shown(successor, everything, effectiveOn=on(14))
    for found, bodies in ((now, NEW), (before, OLD)):
        above = found["recommendation"]
        assert found["monitoredBy"] == above["monitoredBy"] == above["review"]["monitoredBy"] == bodies
        assert above["review"]["framework"]["key"] == "knowsley-2015"
    assert shown(successor, everything, effectiveOn=on(15)) == now


def test_before_the_adoption_was_recorded_nobody_knew_of_it(successor: World) -> None:
    before = successor.read("inspector", "knownAt")["knownAt"]
    facts = shown(successor, "history { name recordedAt }")["history"]
    recorded = next(each["recordedAt"] for each in facts if each["name"] == "action.bodies_succeeded.v1")
    earlier = next(each["recordedAt"] for each in facts if each["name"] == "action.extension_requested.v1")
    assert instant(earlier) < instant(recorded) <= instant(before)
    assert shown(successor, THROUGH, knownAt=earlier, effectiveOn=on(19))["monitoredBy"] == OLD
    assert shown(successor, THROUGH, knownAt=before, effectiveOn=on(19))["monitoredBy"] == NEW


@pytest.mark.parametrize("things", ["actions", "recommendations", "reviews"])
def test_filters_and_lists_agree_at_any_pair_of_moments(successor: World, things: str) -> None:
    def count(body: str, **moment: str) -> int:
        asked = f'{things}(filter: {{ monitoredBy: ["{body}"] }}) {{ totalCount }}'
        return int(successor.read("inspector", asked, **moment)[things]["totalCount"])

    assert (count(BODY), count(GROUP)) == (0, 1)
    assert (count(BODY, effectiveOn=on(14)), count(GROUP, effectiveOn=on(14))) == (1, 0)


def test_implementation_is_the_successors_to_follow(successor: World) -> None:
    def followed(body: str, **moment: str) -> int:
        found = successor.read("inspector", f'implementation(monitoredBy: "{body}") {{ actions }}', **moment)
        return sum(each["actions"] for each in found["implementation"])

    assert (followed(BODY), followed(GROUP)) == (0, 1)
    assert (followed(BODY, effectiveOn=on(14)), followed(GROUP, effectiveOn=on(14))) == (1, 0)


def test_the_authority_to_judge_passes_with_the_work(successor: World) -> None:
    action, evidence = successor.action, successor.given  # type: ignore[attr-defined]
    judged = {"id": action, "evidenceId": evidence}
    assert successor.refused("body", "actionAcceptEvidence", **judged) == ["NOT_PERMITTED"]
    assert successor.refused("body", "actionGrantExtension", id=action) == ["NOT_PERMITTED"]
    successor.do("group", "actionGrantExtension", id=action)
    told = "history { name by { role body { key } } }"
    found = successor.do("group", "actionAcceptEvidence", told, **judged)["history"][-1]
    assert found["by"] == {"role": "MONITORING_BODY", "body": {"key": GROUP}}
    successor.do("group", "actionClose", id=action, outcome="IMPLEMENTED")


def test_nobody_is_made_a_member_of_a_body_that_has_been_succeeded(successor: World) -> None:
    with pytest.raises(Exception, match="has no body"):
        successor.installation.issue_token(
            successor.key, Role.MONITORING_BODY, "late", bodies=(BODY,), independent=True
        )


def test_the_history_tells_what_passed_to_whom(successor: World) -> None:
    entry = shown(successor, "history { name happenedOn summary changes { field from to } by { role } }")["history"][-1]
    assert entry == {
        "name": "action.bodies_succeeded.v1",
        "happenedOn": on(15),
        "summary": f"Its bodies were succeeded: it reports through {GROUP} of knowsley-2020.",
        "changes": [{"field": "monitoredBy", "from": BODY, "to": GROUP}],
        "by": {"role": "ADMINISTRATOR"},
    }


def test_what_is_finished_stays_where_it_was(world: World) -> None:
    finished, neighbour = world.closed(), world.assigned()
    world.do("body", "actionVerifyImpact", id=finished, finding="EMBEDDED", measure="Audit")
    world.at(20)
    adopt(world, 20)
    for action, bodies in ((finished, OLD), (neighbour, NEW)):
        assert world.read("inspector", f'action(id: "{action}") {{ {THROUGH} }}')["action"]["monitoredBy"] == bodies


def test_a_body_that_nothing_succeeded_leaves_its_work_to_the_board_of_the_new_framework(world: World) -> None:
    review = world.a_review(kind="child-death-review")
    adopt(world, 0)
    shown = world.read("inspector", f'review(id: "{review}") {{ {THROUGH} kind {{ key name }} }}')["review"]
    assert shown == {
        "monitoredBy": [{"key": "board", "name": "Board"}],
        "kind": {"key": "child-death-review", "name": "Child death review"},
    }


def test_agencies_see_of_it_what_they_see_of_the_work(successor: World) -> None:
    assert shown(successor, f"{THROUGH} history {{ name }}", who="police")["monitoredBy"] == NEW
    assert shown(successor, THROUGH, who="health") is None
    names = successor.ask("health", "{ changes { nodes { name } } }")["changes"]["nodes"]
    assert names == []
    names = successor.ask("police", "{ changes { nodes { name subject { __typename } } } }")["changes"]["nodes"]
    passed = [each["subject"]["__typename"] for each in names if each["name"].endswith(".bodies_succeeded.v1")]
    assert passed == ["Action"]
    above = shown(successor, f"recommendation {{ {THROUGH} review {{ {THROUGH} }} }}", who="police")["recommendation"]
    assert above == {"monitoredBy": [], "review": {"monitoredBy": []}}


def test_a_review_agreed_by_the_successor_shows_whose_body_it_was(world: World) -> None:
    world.do("unit", "reviewComplete", id=world.a_review())
    adopt(world, 0, "sunderland-2015")
    asked = {"kind": "after-action-review", "title": "K", "agencies": ["police", "health"], "mandatedBy": "board"}
    asked["facilitator"] = "Ms Okoro"
    review = world.do("unit", "reviewCommission", **asked)["id"]
    world.do("chair", "reviewAgree", id=review, body="case-review")
    adopt(world, 0, "hull-2015")
    other = world.do("unit", "reviewCommission", kind="audit", title="A", agencies=["police"])["id"]
    shown = "agreements { body { key name } }"
    world.do("chair", "reviewAgree", id=review)
    found = world.read("inspector", f'review(id: "{review}") {{ {shown} }}')["review"]["agreements"]
    assert [each["body"] for each in found] == [{"key": "case-review", "name": "Case Review"}, None]
    assert world.read("inspector", f'review(id: "{other}") {{ {shown} }}')["review"]["agreements"] == []


def test_a_rebuild_reads_the_same_at_every_pair_of_moments(successor: World) -> None:
    everything = f"actions {{ nodes {{ id {THROUGH} version }} }} reviews {{ nodes {{ id {THROUGH} version }} }}"
    moments: list[dict[str, str]] = [{}, {"effectiveOn": on(14)}, {"effectiveOn": on(15)}]
    before = [successor.read("inspector", everything, **moment) for moment in moments]
    rebuild(successor.installation.conninfo, "gt_knowsley")
    assert [successor.read("inspector", everything, **moment) for moment in moments] == before


def test_who_acted_for_a_body_is_shown_with_the_body_of_that_day(world: World) -> None:
    referral = world.do("unit", "reviewRefer", title="Child L", agencies=["police"])["id"]
    advice = {"id": referral, "body": "board", "kind": "single-agency-review", "advice": "One agency can learn"}
    world.do("chair", "reviewAdvise", **advice)
    world.at(10)
    adopt(world, 5)
    shown = f'review(id: "{referral}") {{ advice {{ body {{ name }} by {{ body {{ name }} }} }} }}'
    board = {"name": "Knowsley Safeguarding Children Board"}
    assert world.read("inspector", shown)["review"]["advice"] == [{"body": board, "by": {"body": board}}]


def test_a_viewer_sees_which_bodies_the_token_names(successor: World) -> None:
    asked = "{ viewer { monitoringBodies { name } } }"
    for who, name in (("body", "Serious Incident Review Group"), ("group", "Safeguarding Review and Learning Group")):
        assert successor.ask(who, asked)["viewer"]["monitoringBodies"] == [{"name": name}]
