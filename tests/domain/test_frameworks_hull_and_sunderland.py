"""Hull's and Sunderland's frameworks, row by row."""

import pytest

from domain.frameworks import Deadline, DeadlineUnit, Framework, shipped_frameworks
from domain.shared.vocabulary import RunsFrom

HULL = shipped_frameworks()["hull-2015"]
SUNDERLAND = shipped_frameworks()["sunderland-2015"]
INVOLVED = ("issues with practice in the case", "more than one agency involved")
REFLECTS = (
    "reflects on why work was done, why it was decided so, how professionals worked with one another and what it meant "
    "for staff"
)

HULL_ROWS = {
    "serious-case-review": (True, None, ()),
    "child-death-review": (True, None, ()),
    "practice-review": (False, "a case that gives useful insight", ()),
    "good-practice-review": (
        False,
        "cases of good inter-agency practice",
        ("deliberately sought", "reviewed by several agencies"),
    ),
    "audit": (False, None, ("the full range of audits, none listed by the framework",)),
}

SUNDERLAND_CONDITIONS = {
    "serious-case-review": (
        "a case that meets either criterion always leads to one",
        (
            "where a child was seriously harmed, one must be commissioned unless it is clear that there are no "
            "concerns about inter-agency working"
        ),
        "always when a child dies in custody or detained",
        "the final decision is the independent chair's",
    ),
    "learning-lessons-review": (
        *INVOLVED,
        "agreed by learning-and-improvement and the independent chair",
        "facilitated",
        "no blame",
        REFLECTS,
    ),
    "after-action-review": (
        *INVOLVED,
        "agreed by case-review and the independent chair",
        "five questions: what happened, why, what went well, what needs improvement, what can be learned",
        "facilitated",
        "no blame",
        REFLECTS,
    ),
    "live-observation": (
        "board members and senior managers of agencies attend initial and review child protection conferences",
        "looks at preparation and engagement of the family, thresholds, the work of the core group",
        "report with areas for learning",
    ),
    "multi-agency-case-file-audit": (
        "systems, co-operation and joint working",
        "the board's procedures are the benchmark",
    ),
    "case-file-audit": ("by one professional or several", "a sample", "a tool per audit"),
    "single-agency-audit": ("a sample", "a tool per audit", "on the board's behalf or by the agency"),
    "section-11-audit": (
        (
            "whether those with a duty under section 11 of the Children Act 2004, or section 175 or 157 of the "
            "Education Act 2002, fulfil it"
        ),
        "schools and the college are asked to use the same tool as the agencies",
        "limited changes to the tool suit the circumstances of an organisation",
    ),
    "quality-and-performance-framework": ("data", "has led to deep dives"),
    "training-quality-assurance": (
        "rests on the section 11 duty that staff, and staff of commissioned services, are trained",
    ),
    "participation": ("children, young people, parents, carers", "by consultation and community events"),
    "frontline-staff-meeting": ("quarterly", "themed"),
    "index-of-excellence": (
        (
            "six categories: leadership; people management and development; strategic direction; "
            "managing partnerships; service delivery and processes; performance"
        ),
    ),
    "deep-dive-review": ("data analysis plus a sample of cases chosen at random", "with a follow-up"),
    "ofsted-board-inspection": ("judgement: outstanding, good, requires improvement, inadequate", "published"),
    "partner-inspection": ("the board monitors the agencies' action plans and seeks assurance of embedding",),
    "thematic-inspection": (
        "actions for agencies and for the board itself",
        "implemented and monitored until they are embedded",
    ),
    "child-death-review": (
        "finds cases for an SCR, matters of concern in the area, wider public health or safety concerns",
    ),
}

OUTSIDE = {"probation-service", "domestic-violence-partnership"}
SUNDERLAND_SHARED = {
    "communication-and-engagement": ("Adults board",),
    "legal-policy-procedures": ("Adults board",),
    "training-and-workforce": ("Adults board",),
    "child-death-overview-panel": ("Gateshead", "South Tyneside"),
}


@pytest.mark.parametrize("key", HULL_ROWS)
def test_a_review_of_hull_is_as_the_framework_says(key: str) -> None:
    kind = HULL.kinds[key]
    assert (kind.statutory, kind.criteria, kind.conditions) == HULL_ROWS[key]
    assert (kind.learning, kind.stakeholders, kind.feeds) == ((), (), ())


def test_hull_has_these_kinds_one_body_and_four_methods() -> None:
    assert set(HULL.kinds) == set(HULL_ROWS)
    assert set(HULL.bodies) == {"board"}
    assert set(HULL.methods) == {
        "inter-professional-forum",
        "dissemination-event",
        "thematic-presentation",
        "bulletin",
    }


def test_hull_notifies_an_incident_within_five_working_days() -> None:
    deadline = HULL.deadlines[0]
    assert deadline == Deadline(
        key="notifiable-incident",
        name="Notifiable incident, from the local authority to Ofsted and the board, promptly",
        length=5,
        unit=DeadlineUnit.WORKING_DAYS,
        runs_from=RunsFrom.AWARENESS,
        counted_from="becoming aware",
        stopping_is=RunsFrom.NOTIFICATION,
    )
    assert not HULL.is_default("deadlines.0")


@pytest.mark.parametrize("key", SUNDERLAND_CONDITIONS)
def test_a_review_of_sunderland_has_the_conditions_of_the_framework(key: str) -> None:
    kind = SUNDERLAND.kinds[key]
    assert kind.conditions == SUNDERLAND_CONDITIONS[key]
    assert kind.statutory == (key in {"serious-case-review", "child-death-review"})
    assert (kind.learning, kind.stakeholders, kind.feeds) == ((), (), ())


def test_sunderland_has_these_kinds_and_methods() -> None:
    assert set(SUNDERLAND.kinds) == set(SUNDERLAND_CONDITIONS)
    assert set(SUNDERLAND.methods) == {
        "overview-report",
        "briefing-paper",
        "learning-and-improvement-workshop",
        "training",
        "website",
    }


def test_a_child_death_review_of_sunderland_is_of_every_death_from_birth_to_18() -> None:
    criteria = SUNDERLAND.kinds["child-death-review"].criteria or ""
    assert "from birth to 18" in criteria
    assert "neither stillbirths nor lawful planned terminations" in criteria
    assert "patterns and trends" in SUNDERLAND.bodies["child-death-overview-panel"].remit[2]


def test_a_serious_case_review_of_sunderland_includes_suspected_suicide() -> None:
    assert "suspected suicide" in (SUNDERLAND.kinds["serious-case-review"].criteria or "")


def test_sunderland_shares_its_joint_groups_with_the_adults_board_and_its_panel_with_neighbours() -> None:
    shared = {body.key: body.shared_with for body in SUNDERLAND.bodies.values() if body.shared_with}
    assert shared == SUNDERLAND_SHARED


def test_sunderland_has_these_bodies() -> None:
    assert {body.key for body in SUNDERLAND.bodies.values() if body.outside} == OUTSIDE
    assert SUNDERLAND.bodies.keys() - SUNDERLAND_SHARED.keys() - OUTSIDE == {
        "board",
        "executive-group",
        "learning-and-improvement",
        "mset",
        "local-child-death-review-panel",
        "quality-assurance",
        "malap",
        "case-review",
        "business-unit",
        "task-and-finish-groups",
    }


@pytest.mark.parametrize("framework", [HULL, SUNDERLAND], ids=["hull", "sunderland"])
def test_every_review_reports_through_the_board_by_default(framework: Framework) -> None:
    for key, kind in framework.kinds.items():
        assert kind.monitored_by == ("board",)
        assert framework.is_default(f"kinds.{key}.monitored_by")


UNMANDATED = {"ofsted-board-inspection", "partner-inspection", "thematic-inspection", "child-death-review"}
"""An inspectorate decides about the first three; the law asks for a review of every death."""
AGREED = {"learning-lessons-review": ("learning-and-improvement",), "after-action-review": ("case-review",)}


@pytest.mark.parametrize("key", SUNDERLAND_CONDITIONS)
def test_a_review_of_sunderland_is_mandated_by_the_board_its_executive_or_a_sub_committee(key: str) -> None:
    may = SUNDERLAND.mandates(key)
    assert set(may) == (
        set() if key in UNMANDATED else SUNDERLAND.bodies.keys() - {"business-unit", "task-and-finish-groups"} - OUTSIDE
    )


@pytest.mark.parametrize("key", SUNDERLAND_CONDITIONS)
def test_two_kinds_of_sunderland_are_agreed(key: str) -> None:
    assert SUNDERLAND.kinds[key].agreed_by == AGREED.get(key, ())


def test_an_after_action_review_answers_five_questions_and_excellence_has_six_categories() -> None:
    asked = {key: tuple(kind.sections) for key, kind in SUNDERLAND.kinds.items() if kind.sections}
    assert asked == {
        "after-action-review": (
            "what-happened",
            "why",
            "what-went-well",
            "what-needs-improvement",
            "what-can-be-learned",
        ),
        "index-of-excellence": (
            "leadership",
            "people-management-and-development",
            "strategic-direction",
            "managing-partnerships",
            "service-delivery-and-processes",
            "performance",
        ),
    }


def test_several_agencies_review_good_practice_in_hull_and_anybody_mandates() -> None:
    assert {key: kind.minimum_agencies for key, kind in HULL.kinds.items() if kind.minimum_agencies} == {
        "good-practice-review": 2
    }
    assert [HULL.mandates(key) for key in HULL.kinds] == [()] * len(HULL.kinds)


@pytest.mark.parametrize("framework", [HULL, SUNDERLAND], ids=["hull", "sunderland"])
def test_serious_case_reviews_alone_are_public_with_the_boards_response(framework: Framework) -> None:
    with_response = [key for key, kind in framework.kinds.items() if kind.published_with_response]
    assert with_response == ["serious-case-review"]


def test_hull_wants_to_learn_by_ten_commitments_and_for_six_purposes() -> None:
    assert (len(HULL.culture), len(HULL.purposes)) == (10, 6)
    assert "good inter-agency practice" in HULL.culture["good-practice"]
    assert "final reports of serious case reviews" in HULL.purposes["transparency"]
    assert not HULL.is_default("culture")
    assert not HULL.is_default("purposes")
