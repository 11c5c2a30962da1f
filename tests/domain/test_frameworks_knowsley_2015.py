"""Knowsley's framework of 2015, row by row."""

import pytest

from domain.frameworks import shipped_frameworks

BOARD_2015 = shipped_frameworks()["knowsley-2015"]
SIRG = ("serious-incident-review-group",)
AUDIT = ("audit-and-review",)
TRAINING = ("training",)
BAS = ("board", "agencies", "service users")
PRACTICE = ("knowledge, skills and confidence", "changes in practice", "improved outcomes")
CASCADED = ("feedback-cascaded",)

ROWS_2015 = {
    "serious-case-review": (
        ("multi-agency and single-agency lessons", "national implications", "changes to governance and legislation"),
        ("briefings", "newsletter", "feedback-to-board-and-groups", "training-courses"),
        (*BAS, "media", "Ofsted", "public"),
        SIRG,
        TRAINING,
    ),
    "multi-agency-management-review": (
        ("local multi- and single-agency lessons",),
        ("feedback-to-board-and-groups", "newsletter"),
        BAS,
        SIRG,
        TRAINING,
    ),
    "child-death-review": (
        ("themes and trends", "modifiable factors"),
        ("briefings", "feedback-to-board", "press-release-or-website"),
        (*BAS, "Ofsted", "media"),
        ("merseyside-cdop",),
        (),
    ),
    "good-practice-review": (
        ("multi- and single-agency lessons",),
        ("feedback-cascaded-to-professionals", "newsletter", "workforce-conference"),
        BAS,
        AUDIT,
        TRAINING,
    ),
    "single-agency-review": (("single-agency lessons", "changes to governance"), CASCADED, BAS, SIRG, ()),
    "multi-agency-case-audit": (
        ("multi- and single-agency lessons", "changes to governance", "themes and trends"),
        CASCADED,
        BAS,
        AUDIT,
        (),
    ),
    "thematic-audit": (
        ("multi- and single-agency lessons", "changes to governance", "themes and trends"),
        CASCADED,
        BAS,
        AUDIT,
        (),
    ),
    "single-agency-audit": (
        ("single-agency lessons", "changes to governance", "themes and trends"),
        CASCADED,
        ("agencies",),
        SIRG,
        (),
    ),
    "section-11-audit": (
        ("themes and trends", "changes to governance"),
        CASCADED,
        ("board", "agencies"),
        ("executive",),
        (),
    ),
    "section-175-audit": (
        ("themes and trends", "changes to governance"),
        CASCADED,
        ("board", "schools"),
        ("executive",),
        (),
    ),
    "quality-assurance-and-performance": (
        ("themes and trends",),
        CASCADED,
        (*BAS, "Ofsted"),
        ("quality-and-performance",),
        (),
    ),
    "training-impact-evaluation": (
        PRACTICE,
        ("feedback-to-training-cascaded",),
        ("board", "agencies"),
        ("training",),
        (),
    ),
    "practice-learning-review": (PRACTICE, ("briefing-event",), ("professionals involved", "agencies"), SIRG, TRAINING),
}

CRITERIA_2015 = {
    "serious-case-review": "abuse or neglect known or suspected, and the child died, or was seriously harmed "
    "with concern how agencies worked together",
    "multi-agency-management-review": "below the SCR threshold, or a complex case with good outcomes",
    "child-death-review": "every death under 18",
    "good-practice-review": "panel reviews good practice",
    "single-agency-review": "below threshold; limited concern about joint working; one agency can learn",
    "multi-agency-case-audit": "case sample",
    "thematic-audit": "case sample",
    "single-agency-audit": "case sample",
    "section-11-audit": None,
    "section-175-audit": None,
    "quality-assurance-and-performance": None,
    "training-impact-evaluation": None,
    "practice-learning-review": "below threshold, multi-agency lessons",
}


@pytest.mark.parametrize("key", ROWS_2015)
def test_a_review_of_2015_yields_spreads_and_reports_its_learning_as_the_framework_says(key: str) -> None:
    kind = BOARD_2015.kinds[key]
    row = (kind.learning, kind.disseminated_by, kind.stakeholders, kind.monitored_by, kind.feeds)
    assert row == ROWS_2015[key]
    assert not any(path.startswith(f"kinds.{key}") for path in BOARD_2015.defaults)


@pytest.mark.parametrize("key", CRITERIA_2015)
def test_a_review_of_2015_has_the_criteria_of_the_framework(key: str) -> None:
    assert BOARD_2015.kinds[key].criteria == CRITERIA_2015[key]


def test_the_board_of_2015_has_these_kinds_and_only_the_serious_case_review_is_statutory() -> None:
    assert set(BOARD_2015.kinds) == set(ROWS_2015) | {"in-depth-review"}
    assert [kind.key for kind in BOARD_2015.kinds.values() if kind.statutory] == ["serious-case-review"]


def test_the_management_review_of_2015_has_an_independent_author() -> None:
    assert BOARD_2015.kinds["multi-agency-management-review"].conditions == ("independent author",)


def test_the_board_of_2015_has_seven_bodies_and_shares_the_death_panel() -> None:
    assert set(BOARD_2015.bodies) == {
        "board",
        "executive",
        "serious-incident-review-group",
        "audit-and-review",
        "training",
        "quality-and-performance",
        "merseyside-cdop",
    }
    assert [body.key for body in BOARD_2015.bodies.values() if body.shared_with] == ["merseyside-cdop"]


def test_the_sub_groups_of_2015_answer_to_the_board_and_the_shared_panel_to_nobody_that_is_named() -> None:
    above = {key: body.accountable_to for key, body in BOARD_2015.bodies.items()}
    assert {key for key, superior in above.items() if superior is None} == {"board", "merseyside-cdop"}
    assert set(above.values()) == {None, "board"}


def test_an_evaluation_of_training_looks_at_those_who_use_services() -> None:
    assert "for those who use services" in BOARD_2015.kinds["training-impact-evaluation"].conditions[0]


def test_the_stakeholders_and_methods_of_2015_are_those_its_kinds_name() -> None:
    kinds = BOARD_2015.kinds.values()
    assert set(BOARD_2015.stakeholders) == {name for kind in kinds for name in kind.stakeholders}
    assert set(BOARD_2015.methods) == {name for kind in kinds for name in kind.disseminated_by}
