"""Sunderland's conditions through the edge: mandate, agencies, agreement and the five questions."""

from typing import Any

import pytest

from support.partnership_world import Stage, World, establish, on

QUESTIONS = ("what-happened", "why", "what-went-well", "what-needs-improvement", "what-can-be-learned")
AGREEMENTS = "stage agreements { body { key } agreedOn by { role body { key } } }"
BY_THE_BODY = {
    "body": {"key": "case-review"},
    "agreedOn": on(3),
    "by": {"role": "MONITORING_BODY", "body": {"key": "case-review"}},
}
BY_THE_CHAIR = {"body": None, "agreedOn": on(5), "by": {"role": "CHAIR", "body": None}}


def sunderland_too(world: World) -> dict[str, str]:
    bodies = ("case-review", "learning-and-improvement")
    return establish(world.installation, "sunderland", "sunderland-2015", bodies)


@pytest.fixture
def sunderland(stage: Stage) -> World:
    staged = stage(sunderland_too)
    return World(staged.world.installation, staged.told, "sunderland")


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


def test_a_case_of_a_death_in_custody_says_so_and_is_not_declined(sunderland: World) -> None:
    custody = "death-in-custody-or-detention"
    shown = "id circumstances { key text }"
    kind = {"key": custody, "text": "a child has died in custody or while detained"}
    asked = {"title": "Child Q", "agencies": ["police"], "circumstances": [custody]}
    found = sunderland.do("unit", "reviewRefer", shown, **asked)
    assert found["circumstances"] == [kind]
    assert sunderland.refused("chair", "reviewDecline", id=found["id"], reason="No") == ["CONDITIONS_NOT_MET"]
    kinds = sunderland.read("unit", "partnership { framework { reviewKinds { key alwaysWhen { key text } } } }")
    always = {each["key"]: each["alwaysWhen"] for each in kinds["partnership"]["framework"]["reviewKinds"]}
    [(serious, said)] = [(key, said) for key, said in always.items() if said]
    assert (serious, said[-1]) == ("serious-case-review", kind)
    assert [each["key"] for each in said[:-1]] == ["child-died", "seriously-harmed"]


def test_a_review_is_routed_to_a_body_and_the_one_that_mandates_it_is_offered_first(sunderland: World) -> None:
    offer = 'mayReportThrough(mandatedBy: "quality-assurance") { key }'
    kinds = sunderland.read("unit", f"partnership {{ framework {{ reviewKinds {{ key {offer} }} }} }}")
    offered = {each["key"]: each["mayReportThrough"] for each in kinds["partnership"]["framework"]["reviewKinds"]}
    assert [each["key"] for each in offered["live-observation"]][:2] == ["quality-assurance", "board"]
    asked = {"kind": "live-observation", "title": "K", "agencies": ["police"], "mandatedBy": "quality-assurance"}
    through = "monitoredBy { key } recommendations { nodes { monitoredBy { key } } }"
    routed = sunderland.do("unit", "reviewCommission", f"id {through}", **asked, reportsThrough="case-review")
    assert routed["monitoredBy"] == [{"key": "case-review"}]
    assert sunderland.refused("unit", "reviewCommission", **asked, reportsThrough="the-choir") == ["UNKNOWN_BODY"]
    sunderland.a_recommendation(reviewId=routed["id"])
    read = sunderland.read("body", 'reviews(filter: { monitoredBy: ["case-review"] }) { nodes { id } }')
    assert read["reviews"]["nodes"] == [{"id": routed["id"]}]
    waiting = sunderland.read("body", "oversight { counts { queue body { key } waiting } }")["oversight"]["counts"]
    assert waiting == [{"queue": "UNASSIGNED", "body": {"key": "case-review"}, "waiting": 1}]


DRAFTS = (
    "stage learning { wording draft } "
    "recommendations { nodes { draft addressedTo { key } draftFor { key } responseDueOn } }"
)


def test_what_is_found_before_the_agreement_is_a_draft_that_no_agency_sees_until_it_is_given(sunderland: World) -> None:
    review = commissioned(sunderland, facilitator="Ms Elm")
    sunderland.do("unit", "learningIdentify", reviewId=review, wording="Nobody asked", themes=[])
    asked = {"reviewId": review, "addressedTo": ["police"], "responseDueOn": on(30)}
    draft = sunderland.a_recommendation(**asked)
    shown = f'review(id: "{review}") {{ {DRAFTS} }}'
    recommended = {"draft": True, "addressedTo": [], "draftFor": [{"key": "police"}], "responseDueOn": on(30)}
    before = {
        "stage": "COMMISSIONED",
        "learning": [{"wording": "Nobody asked", "draft": True}],
        "recommendations": {"nodes": [recommended]},
    }
    assert sunderland.read("inspector", shown)["review"] == before
    asked_of_police = f'recommendation(id: "{draft}") {{ id }}'
    assert sunderland.read("police", asked_of_police)["recommendation"] is None
    queues = "oversight { counts { queue } }"
    assert "UNASSIGNED" not in str(sunderland.read("chair", queues))
    assign = {"id": draft, "leadAgency": "police", "dueOn": on(60)}
    assert sunderland.refused("unit", "recommendationAssign", **assign) == ["CONDITIONS_NOT_MET"]
    sunderland.at(5)
    known = sunderland.known_at()
    for who in ("body", "chair"):
        sunderland.do(who, "reviewAgree", id=review)
    real = {"draft": False, "addressedTo": [{"key": "police"}], "draftFor": [], "responseDueOn": on(30)}
    agreed = {
        "stage": "AGREED",
        "learning": [{"wording": "Nobody asked", "draft": False}],
        "recommendations": {"nodes": [real]},
    }
    assert sunderland.read("inspector", shown)["review"] == agreed
    assert sunderland.read("inspector", shown, effectiveOn=on(4))["review"] == before
    assert sunderland.read("inspector", shown, knownAt=known)["review"] == before
    assert sunderland.read("police", asked_of_police)["recommendation"] == {"id": draft}
    assert "UNASSIGNED" in str(sunderland.read("chair", queues))


COUNTED = (
    "recurringLearning(filter: { minimumReviews: 1 }) { nodes { theme { key } occurrences } } "
    "annualReport(year: 2024) { recommended learning { improvement goodPractice } } "
    "implementation { recommendations }"
)


def figures(world: World) -> tuple[list[int], int, int, list[int]]:
    """Of what recurs, of the year and of the plan, as an inspector reads them."""
    found = world.read("inspector", COUNTED)
    report = found["annualReport"]
    return (
        [each["occurrences"] for each in found["recurringLearning"]["nodes"]],
        report["recommended"],
        report["learning"]["improvement"],
        sorted(each["recommendations"] for each in found["implementation"]),
    )


def test_drafts_count_nowhere_until_they_are_agreed(sunderland: World) -> None:
    other = commissioned(sunderland, kind="live-observation", facilitator=None)
    sunderland.a_recommendation(reviewId=other, themes=["neglect"])
    review = commissioned(sunderland)
    sunderland.do("unit", "learningIdentify", reviewId=review, wording="Nobody asked", themes=["neglect"])
    sunderland.a_recommendation(reviewId=review, themes=["neglect"])
    assert figures(sunderland) == ([1], 1, 0, [0, 1])
    for who in ("body", "chair"):
        sunderland.do(who, "reviewAgree", id=review)
    assert figures(sunderland) == ([2], 2, 1, [1, 1])
