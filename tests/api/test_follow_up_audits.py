"""Follow-up audits and the evidence of impact, as the edge shows them and cuts them."""

from typing import Any

import pytest

from support.partnership_world import World, on
from support.statement_counter import counted

AUDIT = "multi-agency-case-audit"
CHECKED = "checkedBy { title stage followsUp { id } } history { name summary }"
IMPACT = "impact { finding evidencedBy { title stage leadReviewer } } impacts { evidencedBy { id } }"


def checking(world: World, *checks: str, **given: Any) -> str:
    asked = {"kind": AUDIT, "title": "A second look", "checks": list(checks), "leadReviewer": "Dr Day"} | given
    return world.a_review(**asked)


def completed(world: World, review: str) -> str:
    world.do("unit", "reviewComplete", id=review)
    return review


def of(world: World, who: str, kind: str, id: str, selection: str, **moment: str) -> Any:
    return world.read(who, f'{kind}(id: "{id}") {{ {selection} }}', **moment)[kind]


def verify(world: World, action: str, **given: Any) -> Any:
    asked = {"id": action, "finding": "EMBEDDED", "measure": "Audit of twenty files"} | given
    return world.do("body", "actionVerifyImpact", IMPACT, **asked)


def test_what_a_follow_up_audit_checks_is_shown_on_both(world: World) -> None:
    review = world.a_review()
    one, other = (world.a_recommendation(reviewId=review) for _ in range(2))
    world.at(30)
    audit = checking(world, one, followsUp=review)
    assert of(world, "unit", "review", audit, "checks { id } followsUp { id }") == {
        "checks": [{"id": one}],
        "followsUp": {"id": review},
    }
    shown = of(world, "unit", "recommendation", one, CHECKED)
    assert shown["checkedBy"] == [{"title": "A second look", "stage": "COMMISSIONED", "followsUp": {"id": review}}]
    assert shown["history"][-1]["name"] == "recommendation.check_commissioned.v1"
    assert of(world, "unit", "recommendation", other, "checkedBy { id }") == {"checkedBy": []}
    for moment in ({"effectiveOn": on(29)}, {"knownAt": f"{on(29)}T12:00:00Z"}):
        assert of(world, "unit", "recommendation", one, "checkedBy { id }", **moment) == {"checkedBy": []}


def test_what_it_may_not_check_is_refused_by_the_name_of_the_field(world: World) -> None:
    review, elsewhere = world.a_review(), world.a_recommendation()
    asked = {"kind": AUDIT, "title": "A second look", "agencies": ["police", "health"], "followsUp": review}
    for checks, code in (([elsewhere], "INVALID"), (["moon"], "NOT_FOUND"), ([review], "NOT_FOUND")):
        (error,) = world.send_command("unit", "reviewCommission", **asked, checks=checks)["userErrors"]
        assert (error["code"], error["field"]) == (code, ["checks", "0"])


def test_an_agency_learns_of_the_audit_of_its_recommendation_once_it_is_published(world: World) -> None:
    recommendation = world.a_recommendation()
    world.do("unit", "recommendationAssign", id=recommendation, leadAgency="police", dueOn=on(60))
    audit = checking(world, recommendation, agencies=["health", "council"])
    polled = "{ changes { nodes { name } } }"
    name = "recommendation.check_commissioned.v1"
    hidden = of(world, "police", "recommendation", recommendation, CHECKED)
    assert hidden["checkedBy"] == []
    assert name not in {entry["name"] for entry in hidden["history"]}
    assert name not in {each["name"] for each in world.ask("police", polled)["changes"]["nodes"]}
    completed(world, audit)
    world.do("chair", "reviewPublish", id=audit)
    shown = of(world, "police", "recommendation", recommendation, CHECKED)
    assert [each["title"] for each in shown["checkedBy"]] == ["A second look"]
    assert name in {entry["name"] for entry in shown["history"]}
    assert name in {each["name"] for each in world.ask("police", polled)["changes"]["nodes"]}


def test_a_published_audit_does_not_list_what_an_agency_may_not_read(world: World) -> None:
    review = world.a_review()
    mine, other = (world.a_recommendation(reviewId=review) for _ in range(2))
    world.do("unit", "recommendationAssign", id=mine, leadAgency="police", dueOn=on(60))
    world.assigned("police", recommendationId=other)
    audit = completed(world, checking(world, mine, other))
    world.do("chair", "reviewPublish", id=audit)
    assert of(world, "police", "recommendation", other, "reference")["reference"]
    assert of(world, "police", "review", audit, "checks { id }") == {"checks": [{"id": mine}]}
    assert of(world, "school", "review", audit, "checks { id }") == {"checks": []}


def test_a_finding_shows_the_review_that_gave_the_evidence(world: World) -> None:
    action, neighbour = world.closed(), world.closed()
    audit = completed(world, checking(world))
    shown = verify(world, action, evidencedBy=audit)
    assert shown["impact"]["evidencedBy"] == {"title": "A second look", "stage": "COMPLETED", "leadReviewer": "Dr Day"}
    assert shown["impacts"] == [{"evidencedBy": {"id": audit}}]
    assert verify(world, neighbour)["impact"]["evidencedBy"] is None


def test_an_agency_sees_the_evidence_as_far_as_it_may(world: World) -> None:
    action = world.closed()
    above = of(world, "unit", "action", action, "recommendation { id }")["recommendation"]["id"]
    audit = completed(world, checking(world, agencies=["health", "council"]))
    verify(world, action, evidencedBy=audit)
    assert of(world, "police", "action", action, IMPACT)["impact"] == {"finding": "EMBEDDED", "evidencedBy": None}
    world.assigned("police", recommendationId=world.a_recommendation(reviewId=audit))
    header = {"title": "A second look", "stage": "COMPLETED", "leadReviewer": None}
    assert of(world, "police", "action", action, IMPACT)["impact"]["evidencedBy"] == header
    world.do("chair", "reviewPublish", id=audit)
    seen = of(world, "police", "action", action, IMPACT)["impact"]["evidencedBy"]
    assert (seen["stage"], seen["leadReviewer"]) == ("PUBLISHED", "Dr Day")
    assert of(world, "police", "recommendation", above, "impacts { finding }") == {"impacts": []}


@pytest.mark.parametrize(
    ("evidence", "code"),
    [("running", "REVIEW_NOT_COMPLETED"), ("own", "INVALID"), ("nothing", "NOT_FOUND")],
)
def test_evidence_that_does_not_stand_is_refused(world: World, evidence: str, code: str) -> None:
    action = world.closed()
    own = of(world, "unit", "action", action, "recommendation { review { id } }")["recommendation"]["review"]["id"]
    named = {"running": checking(world), "own": own, "nothing": action}[evidence]
    asked = {"id": action, "finding": "EMBEDDED", "measure": "Audit", "evidencedBy": named}
    (error,) = world.send_command("body", "actionVerifyImpact", **asked)["userErrors"]
    assert (error["code"], error["field"]) == (code, ["evidencedBy"])


SIBLINGS = """{ register { recommendations { nodes { checkedBy { title checks { wording } } impact { measure }
  actions { nodes { impacts { evidencedBy { title } } impact { evidencedBy { title } } } } } } } }"""


@pytest.mark.parametrize("who", ["unit", "police"])
def test_statements_do_not_follow_the_number_of_findings_and_checks(
    world: World, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = []
    for times in (1, 2):
        for _ in range(times):
            above = world.a_recommendation(addressedTo=["police"])
            action = world.closed(recommendationId=above)
            verify(world, action, evidencedBy=completed(world, checking(world, above)))
        world.ask(who, "{ viewer { subject } }")
        with counted(monkeypatch) as statements:
            world.ask(who, SIBLINGS)
        sent.append(len(statements))
    assert sent[0] == sent[1]
