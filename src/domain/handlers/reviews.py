"""A review's commands, and an agency's answer to a recommendation."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from domain.authority import (
    the_agency_is_asked_to_answer,
    the_body_may_advise,
    the_body_that_agrees,
    the_chair_decides_about_referrals,
)
from domain.handlers import programme
from domain.handlers.framework_adoption import adopted_since
from domain.handlers.raising import response_due_on
from domain.recommendation.commands import Respond
from domain.recommendation.decide import respond as answer
from domain.recommendation.events import DraftAgreed
from domain.review.commands import (
    AdviseReview,
    AgreeReview,
    CommissionReview,
    CompleteReview,
    DeclineReview,
    IdentifyLearning,
    PublishReview,
    RecordParticipation,
    ReferReview,
    StartClock,
    StopClock,
    WithholdPublication,
)
from domain.review.decide import clocks, stages
from domain.review.decide import referral as decide_referral
from domain.review.state import Review
from domain.session import Repository
from domain.shared.commands import Command
from domain.shared.dates import later
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Decided, Fact, facts_on
from domain.shared.vocabulary import Kind

ReviewCommand = TypeVar("ReviewCommand", bound=Command)


def commission(command: CommissionReview, repository: Repository, context: DecisionContext) -> list[Decided]:
    """A place of the audit programme is taken, and recommendations are marked, in the same transaction."""
    if command.follows_up is not None:
        repository.review(command.follows_up, "followsUp")
    the_chair_decides_about_referrals(command.referral_id, context)
    review_id = command.referral_id or context.new_id
    referral = repository.review(review_id) if command.referral_id else None
    commissioned = stages.commission(command, context, referral)
    return [
        *facts_on(Kind.REVIEW, review_id, [commissioned, *adopted_since(commissioned, context)]),
        *programme.commissioned(command, review_id, repository, context),
        *programme.checks_commissioned(command, commissioned, review_id, repository, context),
    ]


def refer(command: ReferReview, _: Repository, context: DecisionContext) -> list[Decided]:
    return facts_on(Kind.REVIEW, context.new_id, decide_referral.refer(command, context))


def advise(command: AdviseReview, repository: Repository, context: DecisionContext) -> list[Decided]:
    """It is the body's advice, whoever of it or for it says so."""
    the_body_may_advise(command.body, context)
    context = replace(context, by=context.by.model_copy(update={"body": command.body}))
    return _of(command.id, decide_referral.advise, command, repository, context)


def decline(command: DeclineReview, repository: Repository, context: DecisionContext) -> list[Decided]:
    return _of(command.id, decide_referral.decline, command, repository, context)


def agree(command: AgreeReview, repository: Repository, context: DecisionContext) -> list[Decided]:
    review = repository.review(command.id)
    body = the_body_that_agrees(review, command.body, context)
    context = replace(context, by=context.by.model_copy(update={"body": body}))
    agreed = stages.agree(review, command.model_copy(update={"body": body}), context)
    whole = review.awaits_agreement and bool(agreed) and set(review.lacking) == {body}
    return [
        *facts_on(Kind.REVIEW, command.id, agreed),
        *(_no_drafts_any_more(review, repository, context) if whole else ()),
    ]


def _no_drafts_any_more(review: Review, repository: Repository, context: DecisionContext) -> Iterator[Decided]:
    """What was recommended is addressed to whom it names, from the day of the agreement, or on which it was raised."""
    for id in review.draft_recommendations:
        draft = repository.recommendation(id)
        day = later(draft.life.raised_on, context.on)
        response_due = response_due_on(review, draft.draft_for, replace(context, on=day))
        due_on = None if draft.response_due_on else response_due
        yield Kind.RECOMMENDATION, id, DraftAgreed(happened_on=day, by=context.by, response_due_on=due_on)


def complete(command: CompleteReview, repository: Repository, context: DecisionContext) -> list[Decided]:
    return _of(command.id, stages.complete, command, repository, _by_its_own(command.id, repository, context))


def publish(command: PublishReview, repository: Repository, context: DecisionContext) -> list[Decided]:
    return _of(command.id, stages.publish, command, repository, context)


def withhold(command: WithholdPublication, repository: Repository, context: DecisionContext) -> list[Decided]:
    return _of(command.id, stages.withhold, command, repository, context)


def start_clock(command: StartClock, repository: Repository, context: DecisionContext) -> list[Decided]:
    return _of(
        command.review_id, clocks.start, command, repository, _by_its_own(command.review_id, repository, context)
    )


def stop_clock(command: StopClock, repository: Repository, context: DecisionContext) -> list[Decided]:
    return _of(command.review_id, clocks.stop, command, repository, _by_its_own(command.review_id, repository, context))


def identify_learning(command: IdentifyLearning, repository: Repository, context: DecisionContext) -> list[Decided]:
    return _of(command.review_id, stages.identify_learning, command, repository, context)


def record_participation(
    command: RecordParticipation, repository: Repository, context: DecisionContext
) -> list[Decided]:
    return _of(command.id, stages.record_participation, command, repository, context)


def _by_its_own(review: UUID, repository: Repository, context: DecisionContext) -> DecisionContext:
    """By the framework that the review was commissioned under, or its case referred, whatever is in force today."""
    return context.under(repository.review(review).framework)


def _of(
    review: UUID,
    decided: Callable[[Review, ReviewCommand, DecisionContext], list[Fact]],
    command: ReviewCommand,
    repository: Repository,
    context: DecisionContext,
) -> list[Decided]:
    return facts_on(Kind.REVIEW, review, decided(repository.review(review), command, context))


def respond(command: Respond, repository: Repository, context: DecisionContext) -> list[Decided]:
    recommendation = repository.recommendation(command.id)
    the_agency_is_asked_to_answer(recommendation, context)
    return facts_on(Kind.RECOMMENDATION, command.id, answer(recommendation, command, context))
