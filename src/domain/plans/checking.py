"""A review that checks what became of recommendations, and the finding for which a review gives the evidence."""

from uuid import UUID

from domain.dates import nothing_happens_before_it_existed
from domain.given import Given
from domain.lifecycle.commands import VerifyImpact
from domain.lifecycle.rules_of_impact import another_review_gives_the_evidence
from domain.plans.reading import Decided, Read, named
from domain.recommendation.events import CheckCommissioned
from domain.recommendation.rules import it_arose_from_what_is_followed_up
from domain.recommendation.state import Recommendation
from domain.review.events import Commissioned
from domain.review.rules import it_was_completed_by_then
from domain.review.state import Review
from domain.words import Kind


def commissioned(review: Commissioned, review_id: UUID, read: Read, given: Given) -> list[Decided]:
    """The mark on every recommendation that a commission names."""
    return [_mark(each, review, review_id, read, given) for each in review.checks]


def _mark(checked: UUID, fact: Commissioned, review_id: UUID, read: Read, given: Given) -> Decided:
    recommendation = named(read, Kind.RECOMMENDATION, checked, Recommendation, "checks")
    it_arose_from_what_is_followed_up(recommendation, fact.follows_up)
    nothing_happens_before_it_existed(given, recommendation.life.raised_on)
    mark = CheckCommissioned(happened_on=given.on, by=given.by, checked_by=review_id, reference=fact.reference)
    return Kind.RECOMMENDATION, checked, mark


def the_evidence_stands(command: VerifyImpact, arose_from: UUID, read: Read, given: Given) -> None:
    """The review that a finding names, if it names one."""
    another_review_gives_the_evidence(arose_from, command.evidenced_by)
    if command.evidenced_by is not None:
        review = named(read, Kind.REVIEW, command.evidenced_by, Review, "evidencedBy")
        it_was_completed_by_then(review, given, "evidencedBy")
