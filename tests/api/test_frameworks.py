"""What a framework says, as partners read it: kinds and conditions, methods, clocks, and which words are ours."""

from typing import Any

import pytest

from support.partnership_world import Stage, World, establish

TEXTS = "{ key text }"
KIND = (
    "key tiers onReferral decidedByChair facilitated judgements defaults advisedBy { key } "
    f"methods {TEXTS} sections {TEXTS} offeredSections {TEXTS}"
)


def framework(world: World, selection: str) -> dict[str, Any]:
    found: dict[str, Any] = world.read("inspector", f"partnership {{ framework {{ {selection} }} }}")["partnership"]
    shown: dict[str, Any] = found["framework"]
    return shown


def kinds(world: World) -> dict[str, dict[str, Any]]:
    return {each["key"]: each for each in framework(world, f"reviewKinds {{ {KIND} }}")["reviewKinds"]}


def of(world: World, key: str) -> World:
    """A partnership by another framework, in the same installation."""
    return World(world.installation, establish(world.installation, "other", key, ("board",)), "other")


def sunderland_too(world: World) -> dict[str, str]:
    return establish(world.installation, "other", "sunderland-2015", ("board",))


def windsor_too(world: World) -> dict[str, str]:
    return establish(world.installation, "other", "windsor-maidenhead", ("board",))


@pytest.fixture
def sunderland(stage: Stage) -> World:
    staged = stage(sunderland_too)
    return World(staged.world.installation, staged.told, "other")


@pytest.fixture
def windsor(stage: Stage) -> World:
    staged = stage(windsor_too)
    return World(staged.world.installation, staged.told, "other")


def test_a_kind_says_who_advises_and_who_decides(world: World) -> None:
    kind = kinds(world)["in-depth-review"]
    assert (kind["onReferral"], kind["decidedByChair"]) == (True, True)
    assert kind["advisedBy"] == [{"key": "serious-incident-review-group"}]
    assert kinds(world)["child-death-review"]["tiers"] == ["the shared panel", "the local review"]


def test_a_kind_says_what_is_asked_of_it_and_which_words_are_ours(sunderland: World) -> None:
    found = kinds(sunderland)
    assert found["learning-lessons-review"]["facilitated"]
    assert found["ofsted-board-inspection"]["judgements"] == [
        "outstanding",
        "good",
        "requires improvement",
        "inadequate",
    ]
    assert found["after-action-review"]["sections"][1] == {"key": "why", "text": "Why?"}
    assert found["after-action-review"]["defaults"] == ["monitoredBy"]


def test_a_framework_says_its_methods_principles_and_criteria_of_conduct(windsor: World) -> None:
    found = framework(windsor, f"reviewMethods {TEXTS} conduct {TEXTS} reviewPrinciples {TEXTS} notes defaults")
    assert found["reviewMethods"][0] == {"key": "scie-learning-together", "text": "SCIE Learning Together"}
    assert found["conduct"][1] == {"key": "who-and-why", "text": "Who did what, and why"}
    assert (len(found["conduct"]), len(found["reviewPrinciples"])) == (5, 7)
    assert any("development day" in note for note in found["notes"])
    assert {"challenge_route", "kinds.board-walkabout.monitored_by", "methods"} <= set(found["defaults"])
    assert kinds(windsor)["learning-review"]["methods"] == found["reviewMethods"]


def test_a_framework_says_what_its_clocks_run_from_and_who_monitors_the_rest(world: World) -> None:
    shown = (
        "deadlines { key runsFrom standing } printedDeadlines { key runsFrom due standing } impactDueMonths "
        "reportingBody { key } succeeds { key } referredBy disseminationNotes { key text }"
    )
    found = framework(world, shown)
    assert found["deadlines"][1] == {
        "key": "rapid-review",
        "runsFrom": "notification (some count from awareness)",
        "standing": "expectation, not statute",
    }
    assert found["printedDeadlines"] == [
        {
            "key": "written-statement-of-action",
            "runsFrom": "the letter",
            "due": "the date printed in the letter",
            "standing": None,
        }
    ]
    assert (found["impactDueMonths"], found["reportingBody"], found["succeeds"]) == (6, {"key": "board"}, None)


def test_a_body_says_what_it_does_and_what_of_that_is_ours(world: World) -> None:
    bodies = framework(world, "bodies { key outside chairedBy tiers remit defaults }")["bodies"]
    group = next(each for each in bodies if each["key"] == "audit-and-review")
    assert group["remit"][0] == "audit schedule"
    assert (group["outside"], group["chairedBy"], group["tiers"]) == (False, None, [])
    assert group["defaults"] == ["succeededBy"]
    later = framework(of(world, "knowsley-2020"), "bodies { key outside defaults } succeeds { key }")
    assert {each["key"]: each["defaults"] for each in later["bodies"] if each["defaults"]} == {"board": ["*"]}
    assert {each["key"] for each in later["bodies"] if each["outside"]} == {
        "national-panel",
        "independent-inspectorates",
    }
    assert later["succeeds"] == {"key": "knowsley-2015"}


def test_a_review_tells_its_judgement(sunderland: World) -> None:
    asked = {"kind": "ofsted-board-inspection", "title": "Inspection", "agencies": ["police"]}
    review = sunderland.do("unit", "reviewCommission", **asked)["id"]
    wrong = [{"key": "judgement", "text": "satisfactory"}]
    assert sunderland.refused("unit", "reviewComplete", id=review) == ["CONDITIONS_NOT_MET"]
    assert sunderland.refused("unit", "reviewComplete", id=review, sections=wrong) == ["INVALID"]
    told = [{"key": "judgement", "text": "GOOD"}]
    found = sunderland.do("unit", "reviewComplete", "judgement sections { key text }", id=review, sections=told)
    assert found == {"judgement": "good", "sections": [{"key": "judgement", "text": "good"}]}


def test_a_review_tells_how_principles_were_met(windsor: World) -> None:
    asked = {"kind": "learning-review", "title": "L", "agencies": ["police"], "method": "silp"}
    own = windsor.do("unit", "reviewCommission", "method", **asked | {"method": "A timeline with the family"})
    assert own == {"method": "A timeline with the family"}
    review = windsor.do("unit", "reviewCommission", "id method", **asked)
    assert review["method"] == "silp"
    told = [
        {"key": "conduct-research-used", "text": "Two studies"},
        {"key": "principle-without-blame", "text": "By interview"},
        {"key": "why", "text": "Pressure of work"},
    ]
    shown = "judgement principles { key text met }"
    found = windsor.do("unit", "reviewComplete", shown, id=review["id"], sections=told)
    assert found == {
        "judgement": None,
        "principles": [
            {"key": "research-used", "text": "Research is used", "met": "Two studies"},
            {
                "key": "without-blame",
                "text": "Professionals are involved without fear of blame",
                "met": "By interview",
            },
        ],
    }


def test_a_framework_says_how_it_wants_to_learn_and_what_it_is_for(world: World) -> None:
    hull = framework(of(world, "hull-2015"), f"culture {TEXTS} purposes {TEXTS}")
    assert (len(hull["culture"]), len(hull["purposes"])) == (10, 6)
    assert hull["culture"][-1]["key"] == "good-practice"


def test_a_kind_says_to_whom_its_cases_are_submitted_and_whom_it_feeds(windsor: World) -> None:
    asked = "reviewKinds { key submittedTo { key } feeds { key } }"
    best = next(each for each in framework(windsor, asked)["reviewKinds"] if each["key"] == "best-practice-review")
    assert [each["key"] for each in best["submittedTo"]] == ["serious-case-review", "professional-practice-committee"]
    assert best["feeds"] == [{"key": "training"}]


def test_a_case_that_is_submitted_to_either_of_two_committees_waits_for_both_until_one_has_considered_it(
    windsor: World,
) -> None:
    committees = ["serious-case-review", "professional-practice-committee"]
    asked = {"title": "Child Q", "agencies": ["police"]}
    case = windsor.do("unit", "reviewRefer", kind="best-practice-review", **asked)["id"]
    windsor.do("unit", "reviewRefer", kind="learning-review", **asked)
    assert _awaited(windsor) == {committees[0]: 2, committees[1]: 1}
    advice = {"body": committees[1], "kind": "best-practice-review", "advice": "Worth telling"}
    windsor.do("chair", "reviewAdvise", id=case, **advice)
    assert _awaited(windsor) == {committees[0]: 1}


def _awaited(world: World) -> dict[str, int]:
    """How many cases await the advice of which body."""
    counts = world.read("chair", "oversight { counts { queue body { key } waiting } }")["oversight"]["counts"]
    return {each["body"]["key"]: each["waiting"] for each in counts if each["queue"] == "ADVICE_AWAITED"}


def test_an_agency_sees_the_principles_of_what_is_published_and_of_nothing_else(windsor: World) -> None:
    told = [{"key": "principle-transparent", "text": "Wholly"}, {"key": "judgement", "text": "good"}]
    reviews = []
    for _ in range(2):
        review = windsor.do("unit", "reviewCommission", kind="agency-audit", title="A", agencies=["police"])["id"]
        windsor.do("unit", "reviewComplete", id=review, sections=told)
        raised = {"reviewId": review, "wording": "W", "themes": ["neglect"], "addressedTo": ["police"]}
        windsor.do("unit", "recommendationRaise", **raised)
        reviews.append(review)
    windsor.do("chair", "reviewPublish", id=reviews[0], boardResponse="We accept it")
    seen = [
        windsor.read("police", f'review(id: "{review}") {{ judgement principles {{ key met }} }}')["review"]
        for review in reviews
    ]
    assert seen == [
        {"judgement": "good", "principles": [{"key": "transparent", "met": "Wholly"}]},
        {"judgement": None, "principles": []},
    ]
