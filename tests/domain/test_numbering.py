"""References that the register gives: the next that nothing carries."""

from uuid import UUID

import pytest

from domain.numbering import next_below, numbered
from domain.recommendation.commands import RaiseRecommendation
from domain.words import Kind
from telling import Story


def test_reviews_and_challenges_are_numbered_through() -> None:
    assert [numbered(Kind.REVIEW, 7), numbered(Kind.CHALLENGE, 12345)] == ["R0007", "C12345"]


def test_no_free_number_is_passed_over_unasked() -> None:
    assert next_below("R/", 2, ("R/3",)) == "R/4"


@pytest.mark.parametrize(
    ("so_many", "carried", "passed_over", "found"),
    [
        (0, (), 0, "R/1"),
        (2, (), 0, "R/3"),
        (2, ("R/3", "R/4"), 0, "R/5"),
        (2, ("R/3",), 2, "R/6"),
        (0, ("R/2",), 1, "R/3"),
    ],
)
def test_the_next_free_number_is_given(so_many: int, carried: tuple[str, ...], passed_over: int, found: str) -> None:
    assert next_below("R/", so_many, carried, passed_over) == found


def test_a_recommendation_passes_what_a_callers_own_reference_took(story: Story) -> None:
    review = story.a_review()
    above = story.review(review).reference
    story.a_recommendation(review_id=review, reference=f"{above}/3")
    given = [story.recommendation(story.a_recommendation(review_id=review)).reference for _ in range(2)]
    assert given == [f"{above}/2", f"{above}/4"]


def test_an_action_passes_what_a_callers_own_reference_took(story: Story) -> None:
    recommendation = story.a_recommendation()
    above = story.recommendation(recommendation).reference
    story.an_action(recommendation_id=recommendation, reference=f"{above}/A2")
    given = [story.action(story.an_action(recommendation_id=recommendation)).reference for _ in range(2)]
    assert given == [f"{above}/A3", f"{above}/A4"]


def test_what_turned_out_to_be_carried_elsewhere_is_passed_over(story: Story) -> None:
    asked = RaiseRecommendation(review_id=story.a_review(), wording="Share", themes=("neglect",))
    story.passed_over = 1
    ((_, _, raised), _) = story.when(asked)
    above = story.review(UUID(str(asked.review_id))).reference
    assert getattr(raised, "reference") == f"{above}/2"  # noqa: B009


def test_an_action_passes_over_what_turned_out_to_be_carried_elsewhere(story: Story) -> None:
    recommendation = story.a_recommendation()
    story.passed_over = 1
    action = story.action(story.an_action(recommendation_id=recommendation))
    assert action.reference == f"{story.recommendation(recommendation).reference}/A2"
