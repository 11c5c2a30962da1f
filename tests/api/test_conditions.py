"""Conditions, criteria and stakeholders of a kind, shown before a review is commissioned and read back after it."""

from typing import Any

import pytest

from support.partnership_world import Stage, World, establish, on

PRACTICE = "issues with practice in the case"
SHOWN = "facilitator method themes { key } stakeholders conditions { condition binding met } criteria { key text met }"


def sunderland_too(world: World) -> dict[str, str]:
    return establish(world.installation, "sunderland", "sunderland-2015", ("case-review",))


@pytest.fixture
def sunderland(stage: Stage) -> World:
    staged = stage(sunderland_too)
    return World(staged.world.installation, staged.told, "sunderland")


def asked(**given: Any) -> dict[str, Any]:
    return {
        "kind": "after-action-review",
        "title": "K",
        "agencies": ["police", "health"],
        "mandatedBy": "board",
        "facilitator": "Ms Okoro",
    } | given


def test_a_kind_shows_conditions_criteria_and_numbers_before_anything_is_commissioned(sunderland: World) -> None:
    shown = "key conditions bindingConditions listedCriteria { key } minimumAgencies maximumAgencies"
    found = sunderland.read("police", f"partnership {{ framework {{ reviewKinds {{ {shown} }} }} }}")
    kinds = {each["key"]: each for each in found["partnership"]["framework"]["reviewKinds"]}
    after, serious = kinds["after-action-review"], kinds["serious-case-review"]
    assert (after["bindingConditions"], after["minimumAgencies"], after["maximumAgencies"]) == ([PRACTICE], 2, None)
    assert PRACTICE in after["conditions"]
    assert [each["key"] for each in serious["listedCriteria"]] == [
        "child-died",
        "seriously-harmed",
        "death-in-custody-or-detention",
    ]
    assert kinds["single-agency-audit"]["maximumAgencies"] == 1


def test_what_was_said_when_a_review_was_commissioned_is_read_back(sunderland: World) -> None:
    met = [{"condition": PRACTICE, "words": "Two referrals were not acted on"}]
    given = asked(method="A timeline with the family", themes=["neglect"], conditionsMet=met, stakeholders=["families"])
    before = sunderland.known_at()
    review = sunderland.do("unit", "reviewCommission", f"id {SHOWN}", **given)
    assert (review["facilitator"], review["method"]) == ("Ms Okoro", "A timeline with the family")
    assert (review["themes"], review["stakeholders"]) == ([{"key": "neglect"}], ["families"])
    assert review["conditions"][0] == {
        "condition": PRACTICE,
        "binding": True,
        "met": "Two referrals were not acted on",
    }
    assert [each["met"] for each in review["conditions"][1:]] == [None] * 6
    assert review["criteria"] == []
    read = f'review(id: "{review["id"]}") {{ {SHOWN} }}'
    assert sunderland.read("inspector", read, effectiveOn=on(5))["review"] == {
        key: said for key, said in review.items() if key != "id"
    }
    assert sunderland.read("inspector", read, knownAt=before)["review"] is None


def test_a_binding_condition_that_is_left_out_refuses_the_commission_and_is_named(sunderland: World) -> None:
    payload = sunderland.send_command("unit", "reviewCommission", "id", **asked(conditionsMet=[]))
    [error] = payload["userErrors"]
    assert (error["code"], error["field"]) == ("CONDITIONS_NOT_MET", ["conditionsMet"])
    assert PRACTICE in error["message"]


def test_an_agency_reads_no_words_on_conditions_be_the_review_published(sunderland: World) -> None:
    met = [{"condition": PRACTICE, "words": "Two referrals were not acted on"}]
    told = [{"key": key, "text": "So"} for key in ("what-happened", "why", "what-went-well")]
    told += [{"key": key, "text": "So"} for key in ("what-needs-improvement", "what-can-be-learned")]
    review = sunderland.do("unit", "reviewCommission", **asked(conditionsMet=met))["id"]
    read = f'review(id: "{review}") {{ facilitator conditions {{ met }} criteria {{ met }} }}'
    hidden: dict[str, Any] = {"facilitator": None, "conditions": [], "criteria": []}
    assert sunderland.read("police", read)["review"] in (None, hidden)
    sunderland.do("body", "reviewAgree", id=review)
    sunderland.do("chair", "reviewAgree", id=review)
    sunderland.do("unit", "reviewComplete", id=review, sections=told)
    sunderland.do("chair", "reviewPublish", id=review)
    assert sunderland.read("police", read)["review"] == {"facilitator": "Ms Okoro", "conditions": [], "criteria": []}
