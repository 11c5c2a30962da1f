"""Publication: with the board's response, withheld for a reason, or later after all."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from domain.frameworks import shipped_frameworks
from domain.review.commands import AgreeReview, CompleteReview, PublishReview, WithholdPublication
from domain.review.events import PublicationWithheld, Published
from domain.shared import refusals
from domain.shared.vocabulary import Kind, ReviewStage
from support.in_memory_register import LED, Story


def completed(story: Story, **fields: Any) -> UUID:
    review = story.a_review(**{"kind": "serious-case-review"} | LED | fields)
    story.when(AgreeReview(id=review), story.chair)
    story.when(CompleteReview(id=review))
    return review


def test_a_statutory_review_is_published_with_the_boards_response(story: Story) -> None:
    review = completed(story)
    refused = story.refused(refusals.ConditionsNotMet, PublishReview(id=review), story.chair)
    assert refused.field == ("boardResponse",)
    story.when(PublishReview(id=review, board_response="We accept it"), story.chair)
    assert story.review(review).stage is ReviewStage.PUBLISHED


def test_other_reviews_are_published_as_they_are(story: Story) -> None:
    review = completed(story, kind="thematic-audit")
    story.when(PublishReview(id=review), story.chair)
    assert story.review(review).stage is ReviewStage.PUBLISHED


def test_what_is_published_is_not_published_again(story: Story) -> None:
    review = completed(story, kind="thematic-audit")
    story.when(PublishReview(id=review), story.chair)
    story.refused(refusals.ConditionsNotMet, PublishReview(id=review), story.chair)


def test_a_later_framework_asks_nothing_of_what_an_earlier_one_commissioned(story: Story) -> None:
    review = completed(story)
    story.framework = shipped_frameworks()["knowsley-2020"]
    story.refused(refusals.ConditionsNotMet, PublishReview(id=review), story.chair)


def test_what_a_wrong_restatement_had_asked_for_is_asked_no_longer(story: Story) -> None:
    """A review that was commissioned while the data said that every report comes with the board's response."""
    story.framework = shipped_frameworks()["hull-2015"]
    audit, serious = completed(story, kind="audit"), completed(story)
    for review in (audit, serious):
        key = (Kind.REVIEW, review)
        first = story.streams[key][0]
        stored = first.fact.model_copy(update={"published_with_response": True})
        story.streams[key][0] = replace(first, fact=stored)
    story.when(PublishReview(id=audit), story.chair)
    story.refused(refusals.ConditionsNotMet, PublishReview(id=serious), story.chair)


def test_imports_tell_of_publications_as_they_were(story: Story) -> None:
    story.when(PublishReview(id=completed(story), imported=True), story.chair)


@pytest.mark.parametrize(
    ("framework", "kinds"),
    [
        ("hull-2015", {"serious-case-review"}),
        ("knowsley-2015", {"serious-case-review"}),
        ("knowsley-2020", set()),
        ("sunderland-2015", {"serious-case-review"}),
        ("windsor-maidenhead", {"serious-case-review"}),
    ],
)
def test_the_frameworks_that_say_so_publish_with_the_boards_response(framework: str, kinds: set[str]) -> None:
    said = shipped_frameworks()[framework].kinds.values()
    assert {kind.key for kind in said if kind.published_with_response} == kinds


def test_what_was_withheld_is_published_later_and_its_reason_stays_in_the_log(story: Story) -> None:
    review = completed(story)
    withhold = WithholdPublication(id=review, reason="The siblings can be recognised", improvements="Share histories")
    story.when(withhold, story.chair)
    story.refused(refusals.ConditionsNotMet, PublishReview(id=review), story.chair)
    story.day = 400
    story.when(PublishReview(id=review, board_response="They are grown up"), story.chair)
    kept = [fact for fact in story.facts(Kind.REVIEW, review) if isinstance(fact, Published | PublicationWithheld)]
    withheld, published = kept
    assert isinstance(published, Published)
    assert isinstance(withheld, PublicationWithheld)
    assert withheld.reason == "The siblings can be recognised"


def test_what_was_withheld_is_not_published_before_the_day_of_withholding(story: Story) -> None:
    review = completed(story)
    story.day = 10
    story.when(WithholdPublication(id=review, reason="The siblings can be recognised"), story.chair)
    early = PublishReview(id=review, board_response="We accept it", happened_on=story.on(9))
    story.refused(refusals.DateOutOfOrder, early, story.chair)
