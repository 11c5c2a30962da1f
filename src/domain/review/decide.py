"""A review from its commissioning to its publication."""

from typing import TYPE_CHECKING, Any

from domain.dates import (
    it_follows_what_is_recorded,
    nothing_happens_before_it_existed,
    nothing_happens_in_the_future,
)
from domain.facts import Fact
from domain.given import Given
from domain.known import a_reason_is_given, agencies_are_known, themes_are_known
from domain.numbering import numbered
from domain.review import events, rules
from domain.review.commands import (
    AgreeReview,
    CommissionReview,
    CompleteReview,
    IdentifyLearning,
    PublishReview,
    WithholdPublication,
)
from domain.review.state import Review
from domain.words import Kind

if TYPE_CHECKING:
    from domain.frameworks import ReviewKind


def commission(command: CommissionReview, given: Given, referral: Review | None = None) -> list[Fact]:
    """By itself or, on a referral's own stream, as what was decided about that."""
    nothing_happens_in_the_future(given)
    rules.nobody_was_aware_later(given, command.aware_on)
    if referral is not None:
        rules.it_awaits_a_decision(referral)
        _in_order(referral, given)
    kind = rules.its_kind_exists_in_the_framework(given, command.kind)
    agencies = agencies_are_known(given, command.agencies, "agencies")
    _conditions_are_met(command, kind, agencies, given)
    asked = command.model_dump(include=set(events.Commissioned.model_fields))
    judged = {
        "happened_on": given.on,
        "by": given.by,
        "agencies": agencies,
        "themes": themes_are_known(given, command.themes, "themes"),
        "checks": tuple(dict.fromkeys(command.checks)),
        **_told_by(command, referral, given),
        **_of_its_kind(kind, given),
    }
    return [events.Commissioned.model_validate(asked | judged)]


def _conditions_are_met(command: CommissionReview, kind: "ReviewKind", agencies: tuple[str, ...], given: Given) -> None:
    rules.enough_agencies_are_involved(given, kind, agencies)
    rules.who_may_has_mandated_it(given, kind, command.mandated_by)
    if kind.needs_an_independent_lead:
        rules.an_independent_lead_is_employed_elsewhere(given, command.lead_reviewer_employer, agencies)


def _of_its_kind(kind: "ReviewKind", given: Given) -> dict[str, Any]:
    """What the framework says of the kind, kept with the review: a later framework changes nothing about it."""
    return {
        "framework": given.framework.key,
        "statutory": kind.statutory,
        "monitored_by": kind.monitored_by,
        "agreed_by": kind.agreed_by,
        "asked_sections": tuple(kind.sections),
        "published_with_response": kind.published_with_response,
    }


def _told_by(command: CommissionReview, referral: Review | None, given: Given) -> dict[str, Any]:
    """A referral's reference, and since when somebody was aware, stand unless the commission says otherwise."""
    if referral is None:
        return {"reference": command.reference or numbered(Kind.REVIEW, given.number)}
    return {
        "reference": command.reference or referral.reference,
        "aware_on": command.aware_on or referral.aware_on,
    }


def agree(review: Review, command: AgreeReview, given: Given) -> list[Fact]:
    """Agreed a second time by the same, it says nothing new."""
    rules.it_is_not_completed_yet(review)
    _in_order(review, given)
    if command.body is not None:
        rules.the_kind_names_the_body(review, command.body, given)
    if command.body in review.agreed:
        return []
    return [events.Agreed(happened_on=given.on, by=given.by, body=command.body)]


def complete(review: Review, command: CompleteReview, given: Given) -> list[Fact]:
    rules.it_is_not_completed_yet(review)
    _in_order(review, given)
    rules.everybody_has_agreed_it(review, given)
    rules.what_the_kind_asks_is_answered(review, (each.key for each in command.sections), given)
    sections = tuple(events.Section(key=each.key, text=each.text) for each in command.sections)
    return [events.Completed(happened_on=given.on, by=given.by, sections=sections)]


def publish(review: Review, command: PublishReview, given: Given) -> list[Fact]:
    """A withheld review may be published later."""
    rules.it_is_completed(review)
    rules.it_is_not_published(review)
    _in_order(review, given)
    rules.the_boards_response_stands_beside_it(review, command.board_response, given)
    return [events.Published(happened_on=given.on, by=given.by, url=command.url, board_response=command.board_response)]


def withhold(review: Review, command: WithholdPublication, given: Given) -> list[Fact]:
    rules.it_is_completed(review)
    rules.it_is_not_published(review)
    rules.it_is_not_withheld(review)
    _in_order(review, given)
    reason = a_reason_is_given(command.reason)
    return [
        events.PublicationWithheld(happened_on=given.on, by=given.by, reason=reason, improvements=command.improvements)
    ]


def identify_learning(review: Review, command: IdentifyLearning, given: Given) -> list[Fact]:
    rules.it_is_commissioned(review)
    nothing_happens_in_the_future(given)
    nothing_happens_before_it_existed(given, review.commissioned_on)
    return [
        events.LearningIdentified(
            happened_on=given.on,
            by=given.by,
            learning_id=given.new_id,
            wording=command.wording,
            good_practice=command.good_practice,
            themes=themes_are_known(given, command.themes, "themes"),
            agencies=agencies_are_known(given, command.agencies, "agencies"),
        )
    ]


def _in_order(review: Review, given: Given) -> None:
    nothing_happens_in_the_future(given)
    nothing_happens_before_it_existed(given, review.began_on)
    it_follows_what_is_recorded(given, review.last_bound_on)
