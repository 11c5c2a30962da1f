"""Knowsley's framework of 2020, row by row."""

import pytest

from domain.frameworks import shipped_frameworks

PARTNERSHIP_2020 = shipped_frameworks()["knowsley-2020"]

REPORTS_2020 = {
    "child-safeguarding-practice-review-local": "review-and-learning-group",
    "child-safeguarding-practice-review-national": "review-and-learning-group",
    "practice-learning-review": "review-and-learning-group",
    "case-review": "review-and-learning-group",
    "multi-agency-focus-group-audit": "review-and-learning-group",
    "deep-dive-audit": "review-and-learning-group",
    "single-agency-audit": "review-and-learning-group",
    "section-11-audit": "review-and-learning-group",
    "section-175-audit": "review-and-learning-group",
    "inspection-national": "review-and-learning-group",
    "inspection-local": "review-and-learning-group",
    "peer-review": "review-and-learning-group",
    "multi-agency-dataset": "board",
    "research": "board",
    "frontline-visit": "board",
    "focus-visit-with-children": "strategic-forum",
    "independent-scrutiny": "strategic-forum",
}


@pytest.mark.parametrize("key", REPORTS_2020)
def test_a_review_of_2020_reports_through_the_body_of_the_framework_or_the_default_board(key: str) -> None:
    assert PARTNERSHIP_2020.kinds[key].monitored_by == (REPORTS_2020[key],)
    assert PARTNERSHIP_2020.is_default(f"kinds.{key}.monitored_by") == (
        REPORTS_2020[key] in {"board", "strategic-forum"}
    )


def test_the_partnership_of_2020_has_these_kinds_bodies_and_methods() -> None:
    assert set(PARTNERSHIP_2020.kinds) == set(REPORTS_2020)
    inside = {body.key for body in PARTNERSHIP_2020.bodies.values() if not body.outside}
    assert inside == {"strategic-forum", "review-and-learning-group", "independent-scrutiny", "board"}
    assert PARTNERSHIP_2020.bodies.keys() - inside == {"national-panel", "independent-inspectorates"}
    assert set(PARTNERSHIP_2020.methods) == {
        "website-publication",
        "seven-minute-briefing",
        "sixty-minute-briefing",
        "newsletter",
        "briefing-event",
    }


REVIEWS_2020 = (
    "child-safeguarding-practice-review-local",
    "child-safeguarding-practice-review-national",
    "practice-learning-review",
    "case-review",
)


def test_what_reviews_find_and_no_other_source_reaches_the_group_that_drives_the_training_plan() -> None:
    fed = {key: PARTNERSHIP_2020.fed_by(key) for key in PARTNERSHIP_2020.kinds}
    assert {key: bodies for key, bodies in fed.items() if bodies} == dict.fromkeys(
        REVIEWS_2020, ("review-and-learning-group",)
    )


def test_the_board_of_2020_is_a_default_and_its_review_group_answers_to_the_forum() -> None:
    assert PARTNERSHIP_2020.is_default("bodies.board")
    assert PARTNERSHIP_2020.bodies["review-and-learning-group"].accountable_to == "strategic-forum"


def test_scrutiny_never_reports_through_the_group_that_is_scrutinised() -> None:
    scrutiny = PARTNERSHIP_2020.kinds["independent-scrutiny"]
    assert "review-and-learning-group" not in scrutiny.monitored_by
    assert "never reports through the group that is scrutinised" in scrutiny.conditions
