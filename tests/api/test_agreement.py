"""Sunderland's conditions through the edge: mandate, agencies, agreement and the five questions."""

from typing import Any

import pytest

from world import World, establish, on

QUESTIONS = ("what-happened", "why", "what-went-well", "what-needs-improvement", "what-can-be-learned")
AGREEMENTS = "stage agreements { body { key } agreedOn by { role body { key } } }"
BY_THE_BODY = {
    "body": {"key": "case-review"},
    "agreedOn": on(3),
    "by": {"role": "MONITORING_BODY", "body": {"key": "case-review"}},
}
BY_THE_CHAIR = {"body": None, "agreedOn": on(5), "by": {"role": "CHAIR", "body": None}}


@pytest.fixture
def sunderland(world: World) -> World:
    bodies = ("case-review", "learning-and-improvement")
    tokens = establish(world.installation, "sunderland", "sunderland-2015", bodies)
    return World(world.installation, tokens, "sunderland")


def commissioned(world: World, kind: str = "after-action-review", **given: Any) -> str:
    return world.a_review(kind=kind, **{"mandatedBy": "executive-group", "facilitator": "Ms Okoro"} | given)


@pytest.mark.parametrize(
    ("unmet", "field"),
    [
        ({"agencies": ["police"]}, "agencies"),
        ({"mandatedBy": "probation"}, "mandatedBy"),
        ({"mandatedBy": None}, "mandatedBy"),
        ({"facilitator": None}, "facilitator"),
    ],
)
def test_an_unmet_condition_refuses_the_commission_and_is_named(
    sunderland: World, unmet: dict[str, Any], field: str
) -> None:
    asked = {"kind": "after-action-review", "title": "K", "agencies": ["police", "health"], "mandatedBy": "board"}
    asked["facilitator"] = "Ms Okoro"
    payload = sunderland.send_command("unit", "reviewCommission", "id", **asked | unmet)
    assert [(each["code"], each["field"]) for each in payload["userErrors"]] == [("CONDITIONS_NOT_MET", [field])]


def test_a_review_is_agreed_by_body_and_chair_and_then_answers_its_questions(sunderland: World) -> None:
    review = commissioned(sunderland)
    sections = [{"key": key, "text": "An answer"} for key in QUESTIONS]
    assert sunderland.refused("unit", "reviewComplete", id=review, sections=sections) == ["CONDITIONS_NOT_MET"]
    sunderland.at(3)
    found = sunderland.do("body", "reviewAgree", AGREEMENTS, id=review)
    assert found == {"stage": "COMMISSIONED", "agreements": [BY_THE_BODY]}
    sunderland.at(5)
    assert sunderland.refused("unit", "reviewAgree", id=review) == ["NOT_PERMITTED"]
    found = sunderland.do("chair", "reviewAgree", AGREEMENTS, id=review)
    assert found == {"stage": "AGREED", "agreements": [BY_THE_BODY, BY_THE_CHAIR]}
    assert sunderland.refused("unit", "reviewComplete", id=review, sections=sections[:4]) == ["CONDITIONS_NOT_MET"]
    assert sunderland.do("unit", "reviewComplete", "stage", id=review, sections=sections) == {"stage": "COMPLETED"}
    then = sunderland.read("inspector", f'review(id: "{review}") {{ {AGREEMENTS} }}', effectiveOn=on(4))["review"]
    assert then == {"stage": "COMMISSIONED", "agreements": [BY_THE_BODY]}


def test_agreed_again_nothing_is_recorded(sunderland: World) -> None:
    review = commissioned(sunderland)
    sunderland.do("chair", "reviewAgree", id=review)
    again = sunderland.send_command("chair", "reviewAgree", "id stage", id=review)
    assert (again["review"], again["eventIds"]) == ({"id": review, "stage": "COMMISSIONED"}, [])


def test_a_framework_shows_what_its_kinds_ask_for(sunderland: World) -> None:
    shown = "key agreedBy { key } mandatedBy { key } minimumAgencies independentLead requiredSections"
    found = sunderland.read("inspector", f"partnership {{ framework {{ reviewKinds {{ {shown} }} }} }}")
    kinds = {each["key"]: each for each in found["partnership"]["framework"]["reviewKinds"]}
    after = kinds["after-action-review"]
    assert (after["agreedBy"], after["minimumAgencies"], after["requiredSections"]) == (
        [{"key": "case-review"}],
        2,
        list(QUESTIONS),
    )
    assert {"key": "executive-group"} in after["mandatedBy"]
    assert (kinds["partner-inspection"]["mandatedBy"], kinds["serious-case-review"]["independentLead"]) == ([], True)
