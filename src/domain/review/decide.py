"""A review from its commissioning to its publication."""

from collections.abc import Iterable
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
from domain.review import (
    events,
    rules,
    rules_of_completion,
    rules_of_conditions,
    rules_of_kinds,
    rules_of_referrals,
)
from domain.review.clocks import run_by_themselves
from domain.review.commands import (
    AgreeReview,
    CommissionReview,
    CompleteReview,
    IdentifyLearning,
    PublishReview,
    ReviewSection,
    WithholdPublication,
)
from domain.review.state import Review
from domain.section_words import JUDGEMENT
from domain.words import Kind, RunsFrom

if TYPE_CHECKING:
    from domain.frameworks import ReviewKind


def commission(command: CommissionReview, given: Given, referral: Review | None = None) -> events.Commissioned:
    """By itself or, on a referral's own stream, as what was decided about that."""
    nothing_happens_in_the_future(given)
    rules.nobody_was_aware_later(given, command.aware_on)
    if referral is not None:
        rules.it_is_not_commissioned_yet(referral)
        _in_order(referral, given)
    kind = rules.its_kind_exists_in_the_framework(given, command.kind)
    agencies = agencies_are_known(given, command.agencies, "agencies")
    _conditions_are_met(command, kind, agencies, given)
    _it_is_decided(command, kind, referral, given)
    asked = command.model_dump(include=set(events.Commissioned.model_fields) - {"conditions_met", "criteria_met"})
    judged = {
        "happened_on": given.on,
        "by": given.by,
        "agencies": agencies,
        "themes": themes_are_known(given, command.themes, "themes"),
        "checks": tuple(dict.fromkeys(command.checks)),
        "lead_reviewer_independent": _independent(command, agencies, given),
        **_told_by(command, referral, given),
        **_of_its_kind(kind, given),
        "monitored_by": rules_of_kinds.it_reports_through(given, kind, command.reports_through),
        **_said_of(command, kind, given),
        "clocks": _clocks(command, referral, given),
    }
    return events.Commissioned.model_validate(asked | judged)


def _conditions_are_met(command: CommissionReview, kind: "ReviewKind", agencies: tuple[str, ...], given: Given) -> None:
    rules_of_kinds.as_many_agencies_are_involved_as_the_kind_asks(given, kind, agencies)
    rules_of_kinds.schools_alone_are_involved_in_what_is_theirs(given, kind, agencies)
    rules_of_kinds.who_may_has_mandated_it(given, kind, command.mandated_by)
    rules_of_kinds.it_is_facilitated(given, kind, command.facilitator)
    rules_of_kinds.an_independent_lead_is_named(given, kind, command.lead_reviewer, command.lead_reviewer_employer)
    if kind.needs_an_independent_lead:
        rules.an_independent_lead_is_employed_elsewhere(given, command.lead_reviewer_employer, agencies)


def _said_of(command: CommissionReview, kind: "ReviewKind", given: Given) -> dict[str, Any]:
    """What was said about the kind's conditions, criteria and stakeholders, in its own words about each."""
    conditions = rules_of_conditions.conditions_are_the_kinds(kind, command.conditions_met or ())
    criteria = rules_of_conditions.criteria_are_the_kinds(kind, command.criteria_met or ())
    if command.conditions_met is not None:
        rules_of_conditions.what_binds_is_met(given, kind, conditions)
    if command.criteria_met is not None:
        rules_of_conditions.a_criterion_is_met(given, kind, criteria)
    return {
        "conditions_met": [events.ConditionMet(condition=each, words=words) for each, words in conditions.items()],
        "criteria_met": [events.CriterionMet(criterion=key, words=words) for key, words in criteria.items()],
        "stakeholders": kind.stakeholders if command.stakeholders is None else _each_once(command.stakeholders),
    }


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _independent(command: CommissionReview, agencies: tuple[str, ...], given: Given) -> bool | None:
    """Unknown without a lead, or without knowing who employs them."""
    if command.lead_reviewer is None or command.lead_reviewer_employer is None:
        return None
    return rules.named_among(given, command.lead_reviewer_employer, agencies) is None


def _it_is_decided(command: CommissionReview, kind: "ReviewKind", referral: Review | None, given: Given) -> None:
    rules_of_referrals.what_must_be_referred_has_been(given, kind, referral)
    rules_of_referrals.the_chair_decides_what_was_referred(given, kind, referral)
    rules_of_referrals.the_kind_is_the_one_that_must_be(given, kind, referral)
    rules_of_referrals.the_bodies_have_advised(given, kind, referral)
    rules_of_referrals.the_chair_decides_on_something_else(given, kind, referral, command.reason)


def _of_its_kind(kind: "ReviewKind", given: Given) -> dict[str, Any]:
    """What the framework says of the kind, kept with the review: a later framework changes nothing about it."""
    return {
        "framework": given.framework.key,
        "statutory": kind.statutory,
        "agreed_by": kind.agreed_by,
        "decided_by_chair": kind.decided_by_chair,
        "asked_sections": tuple(kind.sections),
        "published_with_response": kind.published_with_response,
    }


def _told_by(command: CommissionReview, referral: Review | None, given: Given) -> dict[str, Any]:
    """A referral's reference stands unless the commission says otherwise."""
    if referral is None:
        return {"reference": command.reference or numbered(Kind.REVIEW, given.number)}
    return {"reference": command.reference or referral.reference}


def _clocks(command: CommissionReview, referral: Review | None, given: Given) -> tuple[events.ClockRule, ...]:
    """What runs from awareness or from the commissioning. Imports tell of clocks themselves."""
    stream = command.referral_id or given.new_id
    so_far = referral.clocks if referral else {}
    facts = {RunsFrom.AWARENESS, RunsFrom.COMMISSIONING}
    return () if given.imported else run_by_themselves(given.framework, stream, facts, command.kind, so_far)


def agree(review: Review, command: AgreeReview, given: Given) -> list[Fact]:
    """Agreed a second time by the same, it says nothing new."""
    rules.it_is_not_completed_yet(review)
    _in_order(review, given)
    if command.body is not None:
        rules.the_kind_names_the_body(review, command.body, given)
        rules.the_body_had_taken_over(review, given)
    if command.body in review.agreed:
        return []
    framework = review.reporting.framework if command.body is not None else None
    return [events.Agreed(happened_on=given.on, by=given.by, body=command.body, framework=framework)]


def complete(review: Review, command: CompleteReview, given: Given) -> list[Fact]:
    rules.it_is_not_completed_yet(review)
    _in_order(review, given)
    kind = given.framework.kinds[review.kind]
    rules_of_completion.everybody_has_agreed_it(review, given)
    rules_of_completion.the_chair_has_decided(review, kind, given)
    sections = _told(review, command, kind, given)
    clocks = run_by_themselves(given.framework, command.id, {RunsFrom.COMPLETION}, review.kind, review.clocks)
    clocks = () if given.imported else clocks
    return [events.Completed(happened_on=given.on, by=given.by, sections=sections, clocks=clocks)]


def _told(review: Review, command: CompleteReview, kind: "ReviewKind", given: Given) -> tuple[events.Section, ...]:
    keys = [each.key for each in command.sections]
    rules_of_completion.a_section_is_told_once(keys)
    rules_of_completion.what_the_kind_asks_is_answered(review, kind, keys, given)
    rules_of_completion.principles_are_the_frameworks(given.framework, keys)
    return tuple(events.Section(key=each.key, text=_text(each, kind)) for each in command.sections)


def _text(section: ReviewSection, kind: "ReviewKind") -> str:
    if section.key != JUDGEMENT:
        return section.text
    return rules_of_completion.the_judgement_is_one_of_the_kinds(kind, section.text)


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
            yields=command.yields,
            draft=review.awaits_agreement and not given.imported,
        )
    ]


def _in_order(review: Review, given: Given) -> None:
    nothing_happens_in_the_future(given)
    nothing_happens_before_it_existed(given, review.began_on)
    it_follows_what_is_recorded(given, review.last_bound_on)
