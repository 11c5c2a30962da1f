"""What the frameworks say beside their rows: remits, tiers, who decides, what clocks run from, judgements, notes."""

import pytest

from domain.frameworks import Framework, ReviewKind, shipped_frameworks

FRAMEWORKS = shipped_frameworks()
KNOWSLEY, LATER = FRAMEWORKS["knowsley-2015"], FRAMEWORKS["knowsley-2020"]
SUNDERLAND, WINDSOR, HULL = FRAMEWORKS["sunderland-2015"], FRAMEWORKS["windsor-maidenhead"], FRAMEWORKS["hull-2015"]
SIRG = ("serious-incident-review-group",)
CASCADED = "feedback to the board and its sub-groups, who pass it on to professionals"


def kinds_that(field: str) -> dict[tuple[str, str], object]:
    """Of every framework the kinds of which a field says something, with what it says."""
    found = {(each.key, kind.key): getattr(kind, field) for each in FRAMEWORKS.values() for kind in each.kinds.values()}
    return {key: said for key, said in found.items() if said != ReviewKind.model_fields[field].get_default()}


@pytest.mark.parametrize(
    ("field", "said"),
    [
        (
            "advised_by",
            {
                ("knowsley-2015", "serious-case-review"): SIRG,
                ("knowsley-2015", "multi-agency-management-review"): SIRG,
                ("knowsley-2015", "in-depth-review"): SIRG,
                ("knowsley-2020", "child-safeguarding-practice-review-local"): ("review-and-learning-group",),
            },
        ),
        (
            "decided_by_chair",
            {
                ("knowsley-2015", "serious-case-review"): True,
                ("knowsley-2015", "in-depth-review"): True,
                ("sunderland-2015", "serious-case-review"): True,
            },
        ),
        (
            "on_referral",
            {
                ("knowsley-2015", "in-depth-review"): True,
                ("knowsley-2020", "child-safeguarding-practice-review-local"): True,
            },
        ),
        (
            "always_when",
            {
                (each.key, "serious-case-review"): {
                    **each.kinds["serious-case-review"].any_criterion,
                    "death-in-custody-or-detention": "a child has died in custody or while detained",
                }
                for each in (SUNDERLAND, WINDSOR)
            },
        ),
        (
            "facilitated",
            {
                ("sunderland-2015", "learning-lessons-review"): True,
                ("sunderland-2015", "after-action-review"): True,
            },
        ),
        (
            "independent_lead",
            {
                ("hull-2015", "serious-case-review"): True,
                ("hull-2015", "child-death-review"): False,
                ("knowsley-2015", "serious-case-review"): True,
                ("knowsley-2015", "multi-agency-management-review"): True,
                ("sunderland-2015", "serious-case-review"): True,
                ("sunderland-2015", "child-death-review"): False,
                ("windsor-maidenhead", "serious-case-review"): True,
                ("knowsley-2020", "child-safeguarding-practice-review-local"): True,
            },
        ),
        (
            "judgements",
            {
                ("sunderland-2015", "ofsted-board-inspection"): (
                    "outstanding",
                    "good",
                    "requires improvement",
                    "inadequate",
                )
            },
        ),
        ("tiers", {("knowsley-2015", "child-death-review"): ("the shared panel", "the local review")}),
    ],
)
def test_what_a_kind_asks_stands_where_its_framework_says_so_and_nowhere_else(
    field: str, said: dict[tuple[str, str], object]
) -> None:
    assert kinds_that(field) == said


def test_an_in_depth_review_is_the_audit_groups_and_feeds_training() -> None:
    kind = KNOWSLEY.kinds["in-depth-review"]
    assert (kind.monitored_by, kind.feeds, kind.learning) == (("audit-and-review",), ("training",), ())
    assert "in-depth multi-agency reviews" in KNOWSLEY.bodies["audit-and-review"].remit[3]


def test_scrutiny_may_tell_of_three_elements_and_four_areas() -> None:
    offered = LATER.kinds["independent-scrutiny"].offered_sections
    elements = [key for key, text in offered.items() if text.startswith("Element: ")]
    areas = [key for key, text in offered.items() if text.startswith("Area: ")]
    assert elements == ["effectiveness", "efficiency", "leadership"]
    assert areas == ["performance", "strategic-priorities", "systems-and-processes", "structure"]
    assert list(kinds_that("offered_sections")) == [("knowsley-2020", "independent-scrutiny")]


@pytest.mark.parametrize(
    ("framework", "body", "words"),
    [
        (KNOWSLEY, "serious-incident-review-group", "advises the independent chair whether a case needs an SCR"),
        (KNOWSLEY, "audit-and-review", "monitors inter-agency and multi-agency procedures through thematic audits"),
        (KNOWSLEY, "training", "themes from all sources reach it and the training officer"),
        (LATER, "review-and-learning-group", "governs the recommendations that fall out of any review or audit"),
        (LATER, "review-and-learning-group", "carries national-panel reviews locally"),
        (LATER, "review-and-learning-group", "develops and drives the training plan"),
        (LATER, "independent-scrutiny", "gives assurance of how effective the arrangements are"),
        (WINDSOR, "professional-practice-committee", "considers best-practice cases"),
    ],
)
def test_a_body_has_the_remit_of_the_framework(framework: Framework, body: str, words: str) -> None:
    assert any(words in each for each in framework.bodies[body].remit)


def test_training_in_berkshire_has_two_tiers_and_sunderlands_joint_groups_a_chair_of_both_boards() -> None:
    assert WINDSOR.bodies["training"].tiers == ("strategic across Berkshire", "operational in the east of Berkshire")
    joint = {body.key for body in SUNDERLAND.bodies.values() if body.chaired_by}
    assert joint == {"communication-and-engagement", "legal-policy-procedures", "training-and-workforce"}


@pytest.mark.parametrize(
    ("framework", "words"),
    [
        (HULL, "Families and surviving children are invited, and understand how they take part"),
        (KNOWSLEY, "Families, children included, are invited where that is appropriate"),
        (SUNDERLAND, "their expectations are managed"),
        (WINDSOR, "their expectations are managed"),
    ],
)
def test_families_are_invited_in_the_words_of_each_framework(framework: Framework, words: str) -> None:
    assert words in framework.review_principles["families-invited"]
    expectations = "expectations" in framework.review_principles["families-invited"]
    assert expectations == (framework is not HULL), "Hull speaks of understanding alone"


def test_a_case_of_sunderland_is_referred_by_anybody_to_the_business_manager() -> None:
    assert SUNDERLAND.referred_by == "any professional or volunteer, to the business manager"


@pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=lambda each: each.key)
def test_a_deadline_says_what_it_runs_from_and_by_what_force(framework: Framework) -> None:
    said = {each.key: (each.start_in_words, each.standing) for each in framework.deadlines}
    first = framework.deadlines[0]
    assert first.start_in_words == "becoming aware"
    assert said["rapid-review"] == ("notification (some count from awareness)", "expectation, not statute")
    assert said["local-review-publication"][0] == "initiation"
    assert "public at least a year" in (said["local-review-publication"][1] or "")
    assert said["regulation-28-response"] == ("sending of the report", 'extendable; "answered" is not "done"')
    expected = None if framework is HULL else "guidance on the duty in section 16C of the Children Act 2004"
    assert first.standing == expected


@pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=lambda each: each.key)
def test_a_written_statement_is_due_on_the_day_that_the_letter_prints(framework: Framework) -> None:
    assert [(each.key, each.start_in_words, each.due) for each in framework.printed_deadlines] == [
        ("written-statement-of-action", "the letter", "the date printed in the letter")
    ]
    assert framework.is_default("printed_deadlines.0.due")


@pytest.mark.parametrize("framework", FRAMEWORKS.values(), ids=lambda each: each.key)
def test_what_has_no_reporting_body_reports_through_the_board_by_our_default(framework: Framework) -> None:
    assert framework.reporting_body == "board"
    assert framework.is_default("reporting_body")


def test_notes_on_methods_are_the_frameworks() -> None:
    assert {each.key: dict(each.method_notes) for each in FRAMEWORKS.values() if each.method_notes} == {
        "hull-2015": {
            "thematic-presentation": "joins the learning of several reviews",
            "bulletin": "national and local learning",
        },
        "knowsley-2015": {
            "feedback-to-board-and-groups": "feedback to the board and its sub-groups",
            "feedback-cascaded-to-professionals": CASCADED,
            "feedback-cascaded": CASCADED,
            "feedback-to-training-cascaded": "feedback to the training sub-group, to be passed on to professionals",
            "training-courses": "made part of the board's courses that it concerns",
        },
        "knowsley-2020": {"website-publication": "where appropriate"},
    }


@pytest.mark.parametrize(
    ("framework", "words"),
    [
        (KNOWSLEY, "published with the board's response"),
        (KNOWSLEY, "bodies outside it, locally or nationally"),
        (HULL, "no single method suits every agency"),
        (KNOWSLEY, "where resources go"),
        (HULL, "good as well as problematic practice"),
        (HULL, "no end in themselves"),
        (HULL, "the methods are examples"),
        (LATER, "the methods of dissemination are examples"),
        (SUNDERLAND, "serious harm is, among others"),
        (SUNDERLAND, "how often children die or are seriously harmed"),
        (WINDSOR, "how often children die or are seriously harmed"),
        (SUNDERLAND, "the board may monitor them and audit their impact"),
        (WINDSOR, "the health and wellbeing board"),
        (WINDSOR, "built on a 2013 draft"),
        (WINDSOR, "published where appropriate"),
        (WINDSOR, "each year at the development day"),
    ],
)
def test_a_framework_notes_what_the_register_does_not_enforce(framework: Framework, words: str) -> None:
    assert any(words in note for note in framework.notes)
