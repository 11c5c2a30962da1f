"""A review that checks what became of recommendations, and a finding that rests on a review."""

from typing import Any
from uuid import UUID

import pytest

from domain.lifecycle.commands import VerifyImpact
from domain.lifecycle.events import ImpactVerified
from domain.recommendation.events import CheckCommissioned
from domain.review.commands import CommissionReview, CompleteReview
from domain.review.events import Commissioned
from domain.shared import refusals
from domain.shared.vocabulary import Impact, Kind
from support.in_memory_register import Story


def following_up(review: UUID | None, *checks: UUID, **fields: Any) -> CommissionReview:
    asked = {"kind": "multi-agency-case-audit", "title": "A second look", "agencies": ("police", "health")}
    return CommissionReview.model_validate(asked | {"follows_up": review, "checks": checks} | fields)


def verifying(kind: Kind, thing: UUID, review: UUID | None, **fields: Any) -> VerifyImpact:
    asked = {"kind": kind, "id": thing, "finding": Impact.EMBEDDED, "measure": "Audit of twenty files"}
    return VerifyImpact.model_validate(asked | {"evidenced_by": review} | fields)


def completed(story: Story, **fields: Any) -> UUID:
    review = story.a_review(kind="multi-agency-case-audit", **fields)
    story.when(CompleteReview(id=review))
    return review


def marks(story: Story, recommendation: UUID) -> list[Any]:
    facts = story.facts(Kind.RECOMMENDATION, recommendation)
    return [fact for fact in facts if isinstance(fact, CheckCommissioned)]


def test_a_follow_up_audit_marks_the_recommendations_that_it_checks(story: Story) -> None:
    review = story.a_review()
    one, other, neighbour = (story.a_recommendation(review_id=review) for _ in range(3))
    decided = story.when(following_up(review, one, other, one))
    assert [type(fact) for _, _, fact in decided] == [Commissioned, CheckCommissioned, CheckCommissioned]
    commissioned = decided[0][2]
    assert isinstance(commissioned, Commissioned)
    assert commissioned.checks == (one, other)
    ((mark,), (second,)) = marks(story, one), marks(story, other)
    assert mark.checked_by == second.checked_by == decided[0][1]
    assert mark.reference == commissioned.reference
    assert marks(story, neighbour) == []


def test_it_checks_what_arose_from_the_review_that_it_follows_up(story: Story) -> None:
    review, elsewhere = story.a_review(), story.a_recommendation()
    own = story.a_recommendation(review_id=review)
    refused = story.refused(refusals.Invalid, following_up(review, own, elsewhere))
    assert refused.field == ("checks", "1")
    story.create(following_up(None, own, elsewhere))


def test_it_checks_recommendations_that_there_are(story: Story) -> None:
    action = story.an_action()
    for nothing in (UUID(int=7), action):
        assert story.refused(refusals.NotFound, following_up(None, nothing)).field == ("checks", "0")
    assert story.refused(refusals.NotFound, following_up(action)).field == ("followsUp",)


def test_nothing_is_checked_before_it_was_raised(story: Story) -> None:
    story.day = 10
    recommendation = story.a_recommendation()
    story.refused(refusals.DateBeforeStart, following_up(None, recommendation, happened_on=story.on(9)))
    story.create(following_up(None, recommendation, happened_on=story.on(10)))


def test_a_check_moves_nothing_in_the_life_of_the_recommendation(story: Story) -> None:
    thing = story.assigned(Kind.RECOMMENDATION)
    before = story.recommendation(thing).life
    story.day = 10
    story.create(following_up(None, thing))
    after = story.recommendation(thing).life
    assert (after.lead, after.due_on, after.last_bound_on) == (before.lead, before.due_on, before.last_bound_on)
    assert after.version == before.version + 1


def test_a_finding_names_the_review_that_gave_the_evidence(story: Story, kind: Kind) -> None:
    thing, review = story.implemented(kind), completed(story)
    ((_, _, fact),) = story.when(verifying(kind, thing, review), story.body)
    assert isinstance(fact, ImpactVerified)
    assert fact.evidenced_by == review


def test_a_review_gives_evidence_from_the_day_on_which_it_was_completed(story: Story, kind: Kind) -> None:
    thing, running = story.implemented(kind), story.a_review(kind="thematic-audit")
    story.day = 10
    review = completed(story)
    for early in (verifying(kind, thing, running), verifying(kind, thing, review, happened_on=story.on(9))):
        assert story.refused(refusals.ReviewNotCompleted, early, story.body).field == ("evidencedBy",)
    story.when(verifying(kind, thing, review), story.body)


def test_the_review_that_asked_for_a_change_does_not_tell_whether_it_came(story: Story, kind: Kind) -> None:
    thing = story.implemented(kind)
    review = story.state(kind, thing).review_id
    story.when(CompleteReview(id=review))
    assert story.refused(refusals.Invalid, verifying(kind, thing, review), story.body).field == ("evidencedBy",)


@pytest.mark.parametrize("by", [Story.member_from("police"), Story.unit, Story.agency("police")])
def test_who_may_not_verify_does_not_by_naming_a_review(story: Story, kind: Kind, by: Any) -> None:
    command = verifying(kind, story.implemented(kind), completed(story))
    story.refused(refusals.NotIndependent if by == Story.member_from("police") else refusals.NotPermitted, command, by)


def test_a_finding_names_a_review_that_there_is(story: Story, kind: Kind) -> None:
    thing = story.implemented(kind)
    for nothing in (UUID(int=7), thing):
        found = verifying(kind, thing, nothing)
        assert story.refused(refusals.NotFound, found, story.body).field == ("evidencedBy",)
