"""What each framework asks of whoever receives learning, and of every agency each year."""

from collections import Counter

import pytest

from domain.frameworks import Framework, shipped_frameworks
from domain.shared.vocabulary import DutyHolder

OURS = ["disseminate-onward", "embed"]


def of(key: str) -> Framework:
    return shipped_frameworks()[key]


def wordings(key: str, role: str) -> list[str]:
    return [duty.wording for duty in of(key).duties.on_receipt if duty.role == role]


@pytest.mark.parametrize(
    ("role", "held_by", "duties"),
    [
        (
            "independent-chair",
            DutyHolder.CHAIR,
            [
                "Dissemination to all partner agencies",
                "Arrangements to implement and to audit",
                "A formal challenge if improvements are not made",
            ],
        ),
        (
            "board-member",
            DutyHolder.AGENCY,
            [
                "Share with all levels of staff",
                "Embed, and take steps to be assured that outcomes improve",
                "Regular updates to own staff and the board",
                "Assurance to the board",
                "Raise continuing concerns",
                "Support staff to attend",
            ],
        ),
        (
            "frontline-manager",
            DutyHolder.AGENCY,
            [
                "Read overview reports and attend workshops",
                "Read briefings and apply",
                "Attend training",
                "Support staff to attend",
                "Discuss with teams",
                "Incorporate into work",
            ],
        ),
        (
            "practitioner",
            DutyHolder.AGENCY,
            [
                "Read overview reports and attend",
                "Read briefings and apply",
                "Attend training",
                "Contribute in team meetings and supervision",
                "Incorporate into assessments",
            ],
        ),
        (
            "business-unit",
            DutyHolder.BUSINESS_UNIT,
            [
                "Support workshops and disseminate widely",
                "Update training",
                "Support the audit process",
                "Advise on implementation",
                "Collate the single-agency and multi-agency action plans",
            ],
        ),
    ],
)
def test_sunderland_lists_the_duties_of_five_roles(role: str, held_by: DutyHolder, duties: list[str]) -> None:
    sunderland = of("sunderland-2015")
    assert sunderland.duties.roles[role].held_by is held_by
    assert wordings("sunderland-2015", role) == duties
    assert not sunderland.is_default("duties.on_receipt.0")


def test_in_knowsley_2020_every_agency_embeds_and_the_partnership_ensures_it() -> None:
    duties = of("knowsley-2020").duties
    keys = {role: [duty.key for duty in duties.on_receipt if duty.role == role] for role in duties.roles}
    assert keys == {
        "agency": ["disseminate-onward", "embed"],
        "partnership": ["ensure-onward", "ensure-embedded"],
    }
    assert duties.roles["partnership"].held_by is DutyHolder.BUSINESS_UNIT
    assert not of("knowsley-2020").is_default("duties.on_receipt")


def test_hulls_board_partners_have_our_duties_on_receipt_of_learning() -> None:
    hull = of("hull-2015")
    assert [duty.key for duty in hull.duties.on_receipt] == OURS
    assert hull.is_default("duties.on_receipt")


@pytest.mark.parametrize("key", ["knowsley-2015", "windsor-maidenhead"])
def test_where_a_framework_gives_none_the_duties_are_ours_and_say_so(key: str) -> None:
    assert [duty.key for duty in of(key).duties.on_receipt] == OURS
    assert of(key).is_default("duties.on_receipt")


def test_knowsley_2015_gives_ten_standing_duties() -> None:
    knowsley = of("knowsley-2015")
    assert [duty.key for duty in knowsley.duties.standing] == [
        "recruitment",
        "supervision",
        "competence",
        "induction",
        "own-practice",
        "release-for-learning",
        "basic-training",
        "section-11-return",
        "single-agency-work",
        "attendance",
    ]
    assert not knowsley.is_default("duties.standing")


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("hull-2015", "provide-data"),
        ("knowsley-2020", "provide-information"),
        ("windsor-maidenhead", "performance-data"),
    ],
)
def test_information_is_owed_each_year_by_the_framework_and_the_section_11_return_by_our_default(
    key: str, given: str
) -> None:
    assert [duty.key for duty in of(key).duties.standing] == [given, "section-11-return"]
    assert [of(key).is_default(f"duties.standing.{n}") for n in range(2)] == [False, True]


@pytest.mark.parametrize("key", shipped_frameworks())
def test_schools_owe_a_return_of_their_own_kind_in_every_framework(key: str) -> None:
    [owed] = [duty for duty in of(key).duties.standing if duty.key == "section-11-return"]
    assert "section 175" in (owed.wording_for_schools or "")


@pytest.mark.parametrize("key", shipped_frameworks())
def test_which_body_judges_returns_no_framework_says(key: str) -> None:
    assert of(key).duties.judged_by
    assert of(key).is_default("duties.judged_by")


def test_sunderland_gives_no_standing_duty_and_ours_is_marked() -> None:
    assert [duty.key for duty in of("sunderland-2015").duties.standing] == ["section-11-return"]
    assert of("sunderland-2015").is_default("duties.standing")


def test_every_professional_reviews_their_own_practice_in_knowsley() -> None:
    wording = {duty.key: duty.wording for duty in of("knowsley-2015").duties.standing}["own-practice"]
    assert wording == "Regular review by every professional of their own practice"


@pytest.mark.parametrize("key", shipped_frameworks())
def test_no_framework_gives_days_so_that_all_of_them_are_ours(key: str) -> None:
    duties = of(key).duties
    assert (duties.confirm_within_days, duties.return_every_months, duties.return_within_days) == (28, 12, 28)
    marked = ("confirm_within_days", "return_every_months", "return_within_days")
    assert all(of(key).is_default(f"duties.{name}") for name in marked)


@pytest.mark.parametrize("key", shipped_frameworks())
def test_every_role_has_a_duty(key: str) -> None:
    counted = Counter(duty.role for duty in of(key).duties.on_receipt)
    assert counted.keys() == of(key).duties.roles.keys()


@pytest.mark.parametrize("key", shipped_frameworks())
def test_the_formal_challenge_alone_depends_on_a_condition(key: str) -> None:
    conditional = [duty.key for duty in of(key).duties.on_receipt if duty.conditional]
    assert conditional == (["chair-challenges"] if key == "sunderland-2015" else [])
