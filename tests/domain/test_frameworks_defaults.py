"""What all five frameworks share, what none of them gives, and how they succeed one another."""

from pathlib import Path

import pytest

from domain.frameworks import Framework, ReviewKind, load_frameworks, loader, shipped_frameworks, succeeding_body
from domain.frameworks.loader import shipped_directory

FIVE = ("hull-2015", "knowsley-2015", "knowsley-2020", "sunderland-2015", "windsor-maidenhead")
PRINCIPLES = {
    "continuous-learning",
    "proportionate",
    "independent-lead",
    "without-blame",
    "families-invited",
    "transparent",
    "sustained",
}


@pytest.fixture(params=FIVE)
def framework(request: pytest.FixtureRequest) -> Framework:
    return shipped_frameworks()[request.param]


def test_five_frameworks_are_shipped_once() -> None:
    assert tuple(shipped_frameworks()) == FIVE
    assert shipped_frameworks() is shipped_frameworks()


def test_frameworks_come_in_the_order_of_their_files_names(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = shipped_directory()
    backwards = sorted(folder.glob("*.yaml"), reverse=True)
    monkeypatch.setattr(Path, "glob", lambda *_: backwards)
    assert tuple(load_frameworks(folder)) == FIVE


def test_frameworks_lie_inside_the_package_once_it_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loader, "__file__", str(tmp_path / "domain" / "frameworks" / "loader.py"))
    (tmp_path / "domain" / "_data" / "frameworks").mkdir(parents=True)
    assert shipped_directory() == tmp_path / "domain" / "_data" / "frameworks"


def test_a_challenge_climbs_three_levels_by_default(framework: Framework) -> None:
    route = [(step.level, step.name, step.working_days) for step in framework.challenge_route]
    assert route == [(1, "Lead officer", 10), (2, "Chief officer", 10), (3, "Public letter", 20)]
    assert framework.is_default("challenge_route")
    assert framework.is_default("challenge_route.0.working_days")


@pytest.mark.parametrize(
    ("key", "kind", "bodies"),
    [
        ("knowsley-2015", None, ("serious-incident-review-group",)),
        ("knowsley-2015", "thematic-audit", ("audit-and-review",)),
        ("knowsley-2020", None, ("review-and-learning-group",)),
        ("hull-2015", None, ("board",)),
    ],
)
def test_a_referral_awaits_the_advice_of_whom_its_kind_or_serious_ones_report_to(
    key: str, kind: str | None, bodies: tuple[str, ...]
) -> None:
    assert shipped_frameworks()[key].advisers(kind) == bodies


def advised(**kinds: ReviewKind) -> Framework:
    return shipped_frameworks()["hull-2015"].model_copy(update={"kinds": kinds})


def a_kind(*monitored_by: str, advised_by: tuple[str, ...] = (), statutory: bool = False) -> ReviewKind:
    return ReviewKind(key="k", name="K", monitored_by=monitored_by, advised_by=advised_by, statutory=statutory)


def test_whoever_else_reads_a_kind_is_not_asked_for_advice() -> None:
    among = advised(
        audit=a_kind("group", "board"),
        death=a_kind("board", "group", advised_by=("panel", "cdop")),
        serious=a_kind("panel", "board", statutory=True),
        other=a_kind("panel", "forum", statutory=True),
        first=a_kind("group"),
        second=a_kind("group"),
    )
    assert among.advisers("audit") == ("group",)
    assert among.advisers("death") == ("panel", "cdop")
    assert among.advisers(None) == ("panel",)


def test_where_no_kind_is_statutory_the_body_of_most_kinds_advises() -> None:
    among = advised(one=a_kind("group", "board"), two=a_kind("forum", "board"), three=a_kind("forum", "board"))
    assert among.advisers(None) == ("forum",)


def test_in_every_framework_somebody_advises_about_a_referral(framework: Framework) -> None:
    assert framework.advisers(None)
    assert all(framework.advisers(kind) for kind in framework.kinds)


def test_impact_is_verified_six_months_after_closing_by_default(framework: Framework) -> None:
    assert framework.impact_due_months == 6
    assert framework.is_default("impact_due_months")


def test_seven_review_principles_hold_in_the_four_frameworks_that_list_them(framework: Framework) -> None:
    expected = set() if framework.key == "knowsley-2020" else PRINCIPLES
    assert framework.review_principles.keys() == expected
    assert not framework.is_default("review_principles")


def test_names_are_for_people(framework: Framework) -> None:
    names = {key: body.name for key, body in framework.bodies.items()}
    names |= {key: kind.name for key, kind in framework.kinds.items()}
    for key, name in names.items():
        assert name[0].isupper()
        assert "_" not in name
        assert name != key


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("hull-2015", "audit"),
        ("knowsley-2015", "quality-assurance-and-performance"),
        ("knowsley-2020", "inspection-national"),
        ("sunderland-2015", "partner-inspection"),
        ("windsor-maidenhead", "board-review"),
    ],
)
def test_an_imported_inspection_becomes_a_kind_of_the_framework_by_our_default(key: str, kind: str) -> None:
    framework = shipped_frameworks()[key]
    assert framework.inspection_kind == kind
    assert framework.is_default("inspection_kind")


def test_only_hull_gives_a_deadline_and_the_rest_is_what_england_expects(framework: Framework) -> None:
    by_default = {each.key: framework.is_default(f"deadlines.{n}") for n, each in enumerate(framework.deadlines)}
    first = "notifiable-incident" if framework.key == "hull-2015" else "serious-incident-notification"
    expected = [first, "rapid-review", "local-review-publication", "regulation-28-response"]
    assert list(by_default) == expected
    assert [key for key, default in by_default.items() if not default] == [first] * (framework.key == "hull-2015")
    lengths = [(each.length, each.unit.value) for each in framework.deadlines]
    assert lengths == [(5, "WORKING_DAYS"), (15, "WORKING_DAYS"), (6, "MONTHS"), (56, "DAYS")]


def test_only_knowsley_2020_succeeds_another() -> None:
    succeeding = {key: each.succeeds for key, each in shipped_frameworks().items() if each.succeeds}
    assert succeeding == {"knowsley-2020": "knowsley-2015"}


@pytest.mark.parametrize(
    ("body", "successor"),
    [
        ("board", "strategic-forum"),
        ("executive", "strategic-forum"),
        ("serious-incident-review-group", "review-and-learning-group"),
        ("audit-and-review", "review-and-learning-group"),
        ("training", "review-and-learning-group"),
        ("quality-and-performance", "review-and-learning-group"),
        ("merseyside-cdop", None),
    ],
)
def test_a_group_of_2015_is_succeeded_by_our_default(body: str, successor: str | None) -> None:
    knowsley = shipped_frameworks()["knowsley-2015"]
    found = succeeding_body(knowsley, body, shipped_frameworks())
    assert found == (("knowsley-2020", successor) if successor else None)
    assert knowsley.is_default(f"bodies.{body}.succeeded_by") == (successor is not None)


def test_a_framework_that_none_succeeds_has_no_succeeding_bodies() -> None:
    hull = shipped_frameworks()["hull-2015"]
    assert succeeding_body(hull, "board", shipped_frameworks()) is None


def test_no_framework_says_how_long_an_answer_to_a_recommendation_may_take(framework: Framework) -> None:
    assert framework.recommendation_response is None
