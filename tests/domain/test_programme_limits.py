"""A framework's limit of audits a year binds: what it counts is commissioned under a year's programme."""

from typing import Any

import pytest

from domain.frameworks import shipped_frameworks
from domain.programme.commands import AgreeProgramme
from domain.review.commands import CommissionReview
from domain.shared import refusals
from domain.shared.vocabulary import Kind
from support.in_memory_register import Story

AUDIT = "multi-agency-case-audit"
AGREE = AgreeProgramme(year=2024, topics=("neglect",))


@pytest.fixture
def windsor(story: Story) -> Story:
    """Up to four multi-agency case audits a year."""
    story.framework = shipped_frameworks()["windsor-maidenhead"]
    return story


def commissioning(**fields: Any) -> CommissionReview:
    return CommissionReview.model_validate(
        {"kind": AUDIT, "title": "An audit", "agencies": ("police", "health")} | fields
    )


def test_an_audit_that_the_limit_counts_names_the_year_in_which_it_counts(windsor: Story) -> None:
    refusal = windsor.refused(refusals.ConditionsNotMet, commissioning())
    assert (refusal.field, f"Up to 4 a year of {AUDIT}" in refusal.message) == (("programmeYear",), True)
    windsor.when(AGREE, windsor.chair)
    for _ in range(4):
        windsor.create(commissioning(programme_year=2024))
    for year in (None, 2024):
        refusal = windsor.refused(refusals.ConditionsNotMet, commissioning(programme_year=year))
        assert (refusal.field, f"Up to 4 a year of {AUDIT}" in refusal.message) == (("programmeYear",), True)


def test_a_limit_that_is_too_high_is_refused_with_the_kinds_that_it_counts(windsor: Story) -> None:
    counted = windsor.framework.programme.model_copy(update={"kinds": (AUDIT, "section-11-audit")})
    windsor.framework = windsor.framework.model_copy(update={"programme": counted})
    refusal = windsor.refused(refusals.ConditionsNotMet, AGREE.model_copy(update={"limit": 5}), windsor.chair)
    assert f"up to 4 a year of {AUDIT}, section-11-audit." in refusal.message


def test_what_the_limit_does_not_count_names_no_year(windsor: Story) -> None:
    windsor.create(commissioning(kind="commissioned-multi-agency-audit"))


def test_an_import_tells_of_audits_in_no_programme(windsor: Story) -> None:
    windsor.create(commissioning(imported=True))


def test_a_framework_without_a_limit_asks_for_no_year(story: Story) -> None:
    story.create(commissioning())


def test_a_programme_agreed_under_another_framework_is_no_way_around_the_limit(windsor: Story) -> None:
    limited, windsor.framework = windsor.framework, shipped_frameworks()["knowsley-2015"]
    windsor.when(AGREE, windsor.chair)
    windsor.create(commissioning(programme_year=2024))
    windsor.framework = limited
    for _ in range(3):
        windsor.create(commissioning(programme_year=2024))
    refusal = windsor.refused(refusals.ConditionsNotMet, commissioning(programme_year=2024))
    assert refusal.field == ("programmeYear",)
    assert len([kind for kind, _ in windsor.streams if kind is Kind.REVIEW]) == 4
