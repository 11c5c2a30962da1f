"""A review's commands, and an agency's answer to a recommendation."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from domain.authority_rules import (
    it_is_asked_to_answer,
    the_body_may_advise,
    the_body_that_agrees,
    the_chair_decides_about_referrals,
)
from domain.commands import Command
from domain.dates import later
from domain.facts import Fact
from domain.given import Given
from domain.plans import checking, programming
from domain.plans.raising import response_due_on
from domain.plans.reading import Decided, Read, named, on, recommendation, the
from domain.plans.succeeding import adopted_since
from domain.recommendation.commands import Respond
from domain.recommendation.decide import respond as answer
from domain.recommendation.events import DraftAgreed
from domain.review import decide, decide_clock, decide_participation, decide_referral
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
from domain.review.state import Review
from domain.words import Kind

Asked = TypeVar("Asked", bound=Command)


def commission(command: CommissionReview, read: Read, given: Given) -> list[Decided]:
    """A place of the audit programme is taken, and recommendations are marked, in the same transaction."""
    if command.follows_up is not None:
        named(read, Kind.REVIEW, command.follows_up, Review, "followsUp")
    the_chair_decides_about_referrals(command.referral_id, given)
    thing = command.referral_id or given.new_id
    referral = the(read, Kind.REVIEW, thing, Review) if command.referral_id else None
    commissioned = decide.commission(command, given, referral)
    return [
        *on(Kind.REVIEW, thing, [commissioned, *adopted_since(commissioned, given)]),
        *programming.commissioned(command, thing, read, given),
        *checking.commissioned(commissioned, thing, read, given),
    ]


def refer(command: ReferReview, _: Read, given: Given) -> list[Decided]:
    return on(Kind.REVIEW, given.new_id, decide_referral.refer(command, given))


def advise(command: AdviseReview, read: Read, given: Given) -> list[Decided]:
    """It is the body's advice, whoever of it or for it says so."""
    the_body_may_advise(command.body, given)
    given = replace(given, by=given.by.model_copy(update={"body": command.body}))
    return _of(command.id, decide_referral.advise, command, read, given)


def decline(command: DeclineReview, read: Read, given: Given) -> list[Decided]:
    return _of(command.id, decide_referral.decline, command, read, given)


def agree(command: AgreeReview, read: Read, given: Given) -> list[Decided]:
    review = the(read, Kind.REVIEW, command.id, Review)
    body = the_body_that_agrees(review, command.body, given)
    given = replace(given, by=given.by.model_copy(update={"body": body}))
    agreed = decide.agree(review, command.model_copy(update={"body": body}), given)
    whole = review.awaits_agreement and bool(agreed) and set(review.lacking) == {body}
    return [*on(Kind.REVIEW, command.id, agreed), *(_no_drafts_any_more(review, read, given) if whole else ())]


def _no_drafts_any_more(review: Review, read: Read, given: Given) -> Iterator[Decided]:
    """What was recommended is addressed to whom it names, from the day of the agreement, or on which it was raised."""
    for id in review.draft_recommendations:
        draft = recommendation(read, id)
        day = later(draft.life.raised_on, given.on)
        asked = response_due_on(review, draft.draft_for, replace(given, on=day))
        due_on = None if draft.response_due_on else asked
        yield Kind.RECOMMENDATION, id, DraftAgreed(happened_on=day, by=given.by, response_due_on=due_on)


def complete(command: CompleteReview, read: Read, given: Given) -> list[Decided]:
    return _of(command.id, decide.complete, command, read, _by_its_own(command.id, read, given))


def publish(command: PublishReview, read: Read, given: Given) -> list[Decided]:
    return _of(command.id, decide.publish, command, read, given)


def withhold(command: WithholdPublication, read: Read, given: Given) -> list[Decided]:
    return _of(command.id, decide.withhold, command, read, given)


def start_clock(command: StartClock, read: Read, given: Given) -> list[Decided]:
    return _of(command.review_id, decide_clock.start, command, read, _by_its_own(command.review_id, read, given))


def stop_clock(command: StopClock, read: Read, given: Given) -> list[Decided]:
    return _of(command.review_id, decide_clock.stop, command, read, _by_its_own(command.review_id, read, given))


def identify_learning(command: IdentifyLearning, read: Read, given: Given) -> list[Decided]:
    return _of(command.review_id, decide.identify_learning, command, read, given)


def record_participation(command: RecordParticipation, read: Read, given: Given) -> list[Decided]:
    return _of(command.id, decide_participation.record, command, read, given)


def _by_its_own(review: UUID, read: Read, given: Given) -> Given:
    """By the framework that the review was commissioned under, or its case referred, whatever is in force today."""
    return given.under(the(read, Kind.REVIEW, review, Review).framework)


def _of(
    review: UUID, decided: Callable[[Review, Asked, Given], list[Fact]], command: Asked, read: Read, given: Given
) -> list[Decided]:
    return on(Kind.REVIEW, review, decided(the(read, Kind.REVIEW, review, Review), command, given))


def respond(command: Respond, read: Read, given: Given) -> list[Decided]:
    asked = recommendation(read, command.id)
    it_is_asked_to_answer(asked, given)
    return on(Kind.RECOMMENDATION, command.id, answer(asked, command, given))
