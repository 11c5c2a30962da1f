"""References that the register gives: the next that nothing carries."""

from uuid import UUID

import pytest

from domain.recommendation.commands import RaiseRecommendation
from domain.shared.identifiers import next_below, numbered
from domain.shared.vocabulary import Kind
from support.in_memory_register import Story


def test_reviews_and_challenges_are_numbered_through() -> None:
    assert [numbered(Kind.REVIEW, 7), numbered(Kind.CHALLENGE, 12345)] == ["R0007", "C12345"]


def test_no_free_number_is_passed_over_unasked() -> None:
    assert next_below("R/", ("R/1", "R/2", "R/3")) == "R/4"


@pytest.mark.parametrize(
    ("carried", "passed_over", "found"),
    [
        ((), 0, "R/1"),
        (("OWN-1", "OWN-2"), 0, "R/1"),
        (("R/1", "R/2"), 0, "R/3"),
        (("R/1", "R/3"), 0, "R/2"),
        (("R/1", "R/3"), 2, "R/5"),
        (("R/2",), 1, "R/3"),
    ],
)
def test_the_lowest_free_number_is_given(carried: tuple[str, ...], passed_over: int, found: str) -> None:
    assert next_below("R/", carried, passed_over) == found


def test_a_recommendation_passes_what_a_callers_own_reference_took(story: Story) -> None:
    review = story.a_review()
    above = story.review(review).reference
    story.a_recommendation(review_id=review, reference=f"{above}/3")
    given = [story.recommendation(story.a_recommendation(review_id=review)).reference for _ in range(2)]
    assert given == [f"{above}/1", f"{above}/2"]


def test_an_action_passes_what_a_callers_own_reference_took(story: Story) -> None:
    recommendation = story.a_recommendation()
    above = story.recommendation(recommendation).reference
    story.an_action(recommendation_id=recommendation, reference=f"{above}/A2")
    given = [story.action(story.an_action(recommendation_id=recommendation)).reference for _ in range(2)]
    assert given == [f"{above}/A1", f"{above}/A3"]


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
