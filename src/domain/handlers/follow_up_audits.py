"""A review that checks what became of recommendations, and the finding for which a review gives the evidence."""

from uuid import UUID

from domain.lifecycle.commands import VerifyImpact
from domain.lifecycle.rules import another_review_gives_the_evidence
from domain.recommendation.events import CheckCommissioned
from domain.recommendation.rules import the_recommendation_arose_from_what_is_followed_up
from domain.review.commands import CommissionReview
from domain.review.events import Commissioned
from domain.review.rules.stages import the_review_was_completed_by_then
from domain.session import Repository
from domain.shared.dates import nothing_happens_before_it_existed
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Decided
from domain.shared.refusals import within
from domain.shared.vocabulary import Kind


def commissioned(
    command: CommissionReview, review: Commissioned, review_id: UUID, repository: Repository, context: DecisionContext
) -> list[Decided]:
    """The mark on every recommendation that a commission names."""
    marks: dict[UUID, Decided] = {}
    for nth, checked in enumerate(command.checks):
        with within("checks", nth):
            marks[checked] = _mark(checked, review, review_id, repository, context)
    return list(marks.values())


def _mark(
    checked: UUID, fact: Commissioned, review_id: UUID, repository: Repository, context: DecisionContext
) -> Decided:
    recommendation = repository.recommendation(checked, "checks")
    the_recommendation_arose_from_what_is_followed_up(recommendation, fact.follows_up)
    nothing_happens_before_it_existed(context, recommendation.life.raised_on)
    mark = CheckCommissioned(happened_on=context.on, by=context.by, checked_by=review_id, reference=fact.reference)
    return Kind.RECOMMENDATION, checked, mark


def the_evidence_stands(
    command: VerifyImpact, arose_from: UUID, repository: Repository, context: DecisionContext
) -> None:
    """The review that a finding names, if it names one."""
    another_review_gives_the_evidence(arose_from, command.evidenced_by)
    if command.evidenced_by is not None:
        review = repository.review(command.evidenced_by, "evidencedBy")
        the_review_was_completed_by_then(review, context, "evidencedBy")
