"""Windsor and Maidenhead's framework, row by row: need, means of improvement, measure of effectiveness."""

import pytest

from domain.frameworks import shipped_frameworks

WINDSOR = shipped_frameworks()["windsor-maidenhead"]

CHAIN = {
    "board": (
        ("agreed actions by agencies", "request for clarification", "challenge by the board", "annual report"),
        (
            "follow-up report to the board",
            "internal agency audit",
            "multi-agency audit",
            "business-plan review",
            "report in section 11 challenge meetings",
        ),
    ),
    "serious-case-review": (
        (
            "inclusive approaches to reviews",
            "implementation of recommendations",
            "identification of key themes",
            "key learning into training",
            "transferable learning identified",
        ),
        (
            "evaluation workshop",
            "targeted questions in audits",
            "transferable learning taken to the coordination meeting",
        ),
    ),
    "training": (
        (
            "regular review of course content",
            "updated objectives and content",
            "training needs from new policies",
        ),
        (
            "participants' evaluation against objectives",
            "periodic review with supervisors",
            "specific audits of training's effectiveness",
            "questions to practitioners in reviews and audits",
            "agencies' attendance reports",
            "attendance at board training",
        ),
    ),
    "policy-and-procedures": (
        ("new procedures", "updated procedures", "a clear implementation process"),
        ("practitioners' knowledge of policy", "application of policy shown by audit"),
    ),
    "prevention": (
        ("the board's website", "electronic communication", "leaflets"),
        ("lower incidence of the targeted behaviour",),
    ),
    "monitoring-and-evaluation": (
        (
            "concerns about performance raised at the board",
            "recommendations to the board",
            "feedback required from agencies",
            "audit actions reported back",
            "audits and recommendations reported to the board",
        ),
        (
            "improved agency performance data",
            "agencies report on their audit action plans",
            "implementation of audit recommendations overseen",
            "key themes reported to the coordination meeting",
            "follow-up audits",
        ),
    ),
    "child-death-overview": (
        (
            "modifiable factors identified, reported in the annual report, acted upon",
            "feedback to the agencies involved",
        ),
        (
            "more public awareness of risk factors",
            "fewer deaths linked to known modifiable factors",
            "better performance in later reviews",
        ),
    ),
    "section-11-panel": (
        ("report back to agencies on development areas",),
        (
            "agencies report on their actions",
            "scrutiny by the board of the actions taken",
            "reporting in future audits",
        ),
    ),
    "professional-practice-committee": ((), ()),
    "coordination-meeting": ((), ()),
}

THROUGH = {
    "board": {"board-review", "needs-assessment", "complaints-analysis", "service-presentation", "subgroup-issue"},
    "serious-case-review": {
        "serious-case-review",
        "serious-incident-review",
        "learning-review",
        "reflective-practice-review",
        "best-practice-review",
        "review-elsewhere",
    },
    "training": {"training-evaluation", "training-need"},
    "policy-and-procedures": {"policy-change"},
    "prevention": {"prevention-need"},
    "monitoring-and-evaluation": {
        "multi-agency-dataset",
        "agency-audit",
        "multi-agency-case-audit",
        "commissioned-multi-agency-audit",
        "commissioned-single-agency-audit",
    },
    "child-death-overview": {"child-death-review", "rapid-response-review"},
    "section-11-panel": {"section-11-audit"},
}
"""The sources of learning that the framework names for a body."""

BY_DEFAULT = {
    "section-11-panel": {"section-175-audit"},
    "board": {
        "agency-annual-report",
        "board-walkabout",
        "on-a-day-survey",
        "commissioned-survey",
        "learning-from-research",
        "engagement-children",
        "engagement-parents",
        "engagement-staff",
        "public-consultation",
    },
}
"""What it names for none."""

ROUTES = [
    (kind, body, ours) for ours, said in ((False, THROUGH), (True, BY_DEFAULT)) for body in said for kind in said[body]
]


@pytest.mark.parametrize("key", CHAIN)
def test_a_body_of_windsor_improves_and_measures_by_the_means_of_the_framework(key: str) -> None:
    body = WINDSOR.bodies[key]
    assert (body.means_of_improvement, body.measures_of_effectiveness) == CHAIN[key]


def test_windsor_has_these_bodies_and_shares_four_across_berkshire() -> None:
    assert set(WINDSOR.bodies) == set(CHAIN)
    shared = {body.key: body.shared_with for body in WINDSOR.bodies.values() if body.shared_with}
    berkshire = ("the other Berkshire boards",)
    assert shared == dict.fromkeys(
        ("training", "policy-and-procedures", "child-death-overview", "section-11-panel"), berkshire
    )


@pytest.mark.parametrize(("key", "body", "ours"), sorted(ROUTES))
def test_a_review_of_windsor_reports_through_the_body_that_learns_from_it(key: str, body: str, ours: bool) -> None:
    assert WINDSOR.kinds[key].monitored_by == (body,)
    assert WINDSOR.is_default(f"kinds.{key}.monitored_by") == ours
    assert WINDSOR.kinds[key].statutory == (key == "serious-case-review")


def test_windsor_has_these_kinds() -> None:
    assert sorted(WINDSOR.kinds) == sorted(kind for kind, _, _ in ROUTES)


@pytest.mark.parametrize(
    ("key", "conditions"),
    [
        (
            "serious-case-review",
            (
                "either criterion always leads to one",
                (
                    "where a child was seriously harmed, one must be commissioned unless it is clear that there are no "
                    "concerns about inter-agency working"
                ),
                "always in custody or detention",
            ),
        ),
        ("multi-agency-case-audit", ("up to four a year", "themed by the business plan")),
        ("section-11-audit", ("with challenge meetings",)),
    ],
)
def test_a_review_of_windsor_has_the_conditions_of_the_framework(key: str, conditions: tuple[str, ...]) -> None:
    assert WINDSOR.kinds[key].conditions == conditions


@pytest.mark.parametrize(
    ("key", "criteria"),
    [
        ("serious-incident-review", "criteria not met, agencies want one"),
        ("review-elsewhere", "SCRs elsewhere, adult-board reviews, homicide reviews"),
    ],
)
def test_a_review_of_windsor_has_the_criteria_of_the_framework(key: str, criteria: str) -> None:
    assert WINDSOR.kinds[key].criteria == criteria


def test_a_best_practice_case_is_submitted_to_two_committees_of_which_neither_is_fed_by_it() -> None:
    best = WINDSOR.kinds["best-practice-review"]
    assert best.submitted_to == ("serious-case-review", "professional-practice-committee")
    assert not set(best.feeds) & set(best.submitted_to)
    assert [kind.key for kind in WINDSOR.kinds.values() if kind.submitted_to] == ["best-practice-review"]


@pytest.mark.parametrize(
    ("key", "fed"),
    [
        ("serious-case-review", ("training", "policy-and-procedures")),
        ("review-elsewhere", ("coordination-meeting",)),
        ("multi-agency-case-audit", ("board", "coordination-meeting", "policy-and-procedures")),
        ("multi-agency-dataset", ("board",)),
        ("agency-audit", ()),
        ("policy-change", ("training",)),
    ],
)
def test_learning_of_windsor_is_taken_to_whom_the_framework_says(key: str, fed: tuple[str, ...]) -> None:
    assert WINDSOR.kinds[key].feeds == fed


def test_the_measures_of_windsor_are_those_of_all_its_bodies_each_once() -> None:
    expected = {measure for _, measures in CHAIN.values() for measure in measures}
    assert set(WINDSOR.impact_measures) == expected
    assert len(WINDSOR.impact_measures) == len(expected)


def test_the_methods_of_windsor_are_ours_and_say_so() -> None:
    assert WINDSOR.methods
    assert WINDSOR.is_default("methods")


def test_case_reviews_in_windsor_are_conducted_by_five_criteria_beyond_the_seven_principles() -> None:
    assert len(WINDSOR.review_principles) == 7
    assert WINDSOR.conduct == {
        "complex-circumstances": "Complex circumstances are recognised",
        "who-and-why": "Who did what, and why",
        "without-hindsight": "Seen from those involved at the time, without hindsight",
        "data-transparent": "Transparent about data",
        "research-used": "Research is used",
    }
    assert not WINDSOR.is_default("conduct")


def test_a_case_review_of_windsor_is_offered_six_methods_as_examples() -> None:
    by_a_method = {kind.key: kind.methods for kind in WINDSOR.kinds.values() if kind.methods}
    assert by_a_method.keys() == {
        "serious-case-review",
        "serious-incident-review",
        "best-practice-review",
        "learning-review",
        "reflective-practice-review",
    }
    assert set(by_a_method.values()) == {tuple(WINDSOR.review_methods)}
    assert WINDSOR.review_methods == {
        "scie-learning-together": "SCIE Learning Together",
        "root-cause-analysis": "Root cause analysis",
        "child-practice-review": "Child practice review",
        "silp": "SILP",
        "appreciative-inquiry": "Appreciative inquiry",
        "systems-approach": "A systems approach",
    }
