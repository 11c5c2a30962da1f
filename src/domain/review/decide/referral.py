"""A case that is referred: a body advises, the chair declines it, or decides by commissioning a review."""

from domain.review import events
from domain.review.clocks import run_by_themselves
from domain.review.commands import AdviseReview, DeclineReview, ReferReview
from domain.review.rules import referral as referral_rules
from domain.review.rules import stages
from domain.review.state import Review
from domain.shared.dates import (
    nothing_happens_before_it_existed,
    nothing_happens_in_the_future,
    the_day_follows_what_is_recorded,
)
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Fact
from domain.shared.identifiers import numbered
from domain.shared.reference_rules import a_reason_is_given, agencies_are_known
from domain.shared.vocabulary import Kind, RunsFrom


def refer(command: ReferReview, context: DecisionContext) -> list[Fact]:
    nothing_happens_in_the_future(context)
    stages.nobody_was_aware_later(context, command.aware_on)
    if command.kind is not None:
        stages.the_kind_exists_in_the_framework(context, command.kind)
    return [
        events.Referred(
            happened_on=context.on,
            by=context.by,
            reference=numbered(Kind.REVIEW, context.number),
            title=command.title,
            framework=context.framework.key,
            kind=command.kind,
            referred_by=command.referred_by,
            agencies=agencies_are_known(context, command.agencies, "agencies"),
            aware_on=command.aware_on,
            circumstances=referral_rules.the_circumstances_are_the_frameworks(context.framework, command.circumstances),
            clocks=()
            if context.imported
            else run_by_themselves(context.framework, context.new_id, {RunsFrom.AWARENESS}, command.kind, {}),
        )
    ]


def advise(review: Review, command: AdviseReview, context: DecisionContext) -> list[Fact]:
    """Also once it has been declined: that another form of review is commissioned."""
    stages.the_review_is_not_commissioned_yet(review)
    _in_time(review, context)
    return [
        events.Advised(
            happened_on=context.on,
            by=context.by,
            body=command.body,
            kind=_advised_kind(review, command, context),
            framework=context.framework.key,
            advice=command.advice,
            no_review=command.no_review,
        )
    ]


def _advised_kind(review: Review, command: AdviseReview, context: DecisionContext) -> str:
    """Advised against is what the referral names or else what the law asks for, unless the advice itself names it."""
    named = referral_rules.advice_names_a_kind_or_none(command.kind, command.no_review)
    if named is not None:
        return stages.the_kind_exists_in_the_framework(context, named).key
    kinds = context.framework.kinds
    if review.referred_kind in kinds:
        return review.referred_kind
    return next((key for key, each in kinds.items() if each.statutory), next(iter(kinds)))


def decline(review: Review, command: DeclineReview, context: DecisionContext) -> list[Fact]:
    stages.the_referral_awaits_a_decision(review)
    _in_time(review, context)
    referral_rules.no_circumstance_asks_for_a_review(context, review)
    referral_rules.whoever_must_advise_has(context, review)
    return [events.Declined(happened_on=context.on, by=context.by, reason=a_reason_is_given(command.reason))]


def _in_time(review: Review, context: DecisionContext) -> None:
    nothing_happens_in_the_future(context)
    nothing_happens_before_it_existed(context, review.began_on)
    the_day_follows_what_is_recorded(context, review.last_bound_on)
