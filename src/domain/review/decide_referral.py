"""A case that is referred: a body advises, the chair declines it, or decides by commissioning a review."""

from domain.dates import (
    it_follows_what_is_recorded,
    nothing_happens_before_it_existed,
    nothing_happens_in_the_future,
)
from domain.facts import Fact
from domain.given import Given
from domain.known import a_reason_is_given, agencies_are_known
from domain.numbering import numbered
from domain.review import events, rules
from domain.review.commands import AdviseReview, DeclineReview, ReferReview
from domain.review.state import Review
from domain.words import Kind


def refer(command: ReferReview, given: Given) -> list[Fact]:
    nothing_happens_in_the_future(given)
    rules.nobody_was_aware_later(given, command.aware_on)
    if command.kind is not None:
        rules.its_kind_exists_in_the_framework(given, command.kind)
    return [
        events.Referred(
            happened_on=given.on,
            by=given.by,
            reference=numbered(Kind.REVIEW, given.number),
            title=command.title,
            framework=given.framework.key,
            kind=command.kind,
            referred_by=command.referred_by,
            agencies=agencies_are_known(given, command.agencies, "agencies"),
            aware_on=command.aware_on,
        )
    ]


def advise(review: Review, command: AdviseReview, given: Given) -> list[Fact]:
    _in_time(review, given)
    kind = rules.its_kind_exists_in_the_framework(given, command.kind).key
    return [
        events.Advised(
            happened_on=given.on,
            by=given.by,
            body=command.body,
            kind=kind,
            framework=given.framework.key,
            advice=command.advice,
        )
    ]


def decline(review: Review, command: DeclineReview, given: Given) -> list[Fact]:
    _in_time(review, given)
    return [events.Declined(happened_on=given.on, by=given.by, reason=a_reason_is_given(command.reason))]


def _in_time(review: Review, given: Given) -> None:
    rules.it_awaits_a_decision(review)
    nothing_happens_in_the_future(given)
    nothing_happens_before_it_existed(given, review.began_on)
    it_follows_what_is_recorded(given, review.last_bound_on)
