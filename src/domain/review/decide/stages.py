"""A review from its commissioning to its publication, and who took part in it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from domain.review import events
from domain.review.clocks import run_by_themselves
from domain.review.commands import (
    AgreeReview,
    CommissionReview,
    CompleteReview,
    IdentifyLearning,
    PublishReview,
    RecordParticipation,
    ReviewSection,
    WithholdPublication,
)
from domain.review.events import ParticipationRecorded
from domain.review.rules import commissioning, completion, stages
from domain.review.rules import referral as referral_rules
from domain.review.rules.stages import the_review_is_commissioned
from domain.review.state import Review
from domain.shared.dates import (
    nothing_happens_before_it_existed,
    nothing_happens_in_the_future,
    the_day_follows_what_is_recorded,
)
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Fact
from domain.shared.identifiers import numbered
from domain.shared.reference_rules import a_reason_is_given, agencies_are_known, themes_are_known
from domain.shared.refusals import within
from domain.shared.vocabulary import JUDGEMENT, Kind, RunsFrom

if TYPE_CHECKING:
    from domain.frameworks import ReviewKind


def commission(
    command: CommissionReview, context: DecisionContext, referral: Review | None = None
) -> events.Commissioned:
    """By itself or, on a referral's own stream, as what was decided about that."""
    nothing_happens_in_the_future(context)
    stages.nobody_was_aware_later(context, command.aware_on)
    if referral is not None:
        stages.the_review_is_not_commissioned_yet(referral)
        _in_order(referral, context)
    kind = stages.the_kind_exists_in_the_framework(context, command.kind)
    agencies = agencies_are_known(context, command.agencies, "agencies")
    _conditions_are_met(command, kind, agencies, context)
    _it_is_decided(command, kind, referral, context)
    from_command = command.model_dump(
        include=set(events.Commissioned.model_fields) - {"conditions_met", "criteria_met"}
    )
    judged = {
        "happened_on": context.on,
        "by": context.by,
        "agencies": agencies,
        "themes": themes_are_known(context, command.themes, "themes"),
        "checks": tuple(dict.fromkeys(command.checks)),
        "lead_reviewer_independent": _independent(command, agencies, context),
        **_told_by(command, referral, context),
        **_of_its_kind(kind, context),
        "monitored_by": commissioning.the_review_reports_through(context, kind, command.reports_through),
        **_said_of(command, kind, context),
        "clocks": _clocks(command, referral, context),
    }
    return events.Commissioned.model_validate(from_command | judged)


def _conditions_are_met(
    command: CommissionReview, kind: "ReviewKind", agencies: tuple[str, ...], context: DecisionContext
) -> None:
    commissioning.as_many_agencies_are_involved_as_the_kind_asks(context, kind, agencies)
    commissioning.schools_alone_are_involved_in_what_is_theirs(context, kind, command.agencies)
    commissioning.who_may_has_mandated_it(context, kind, command.mandated_by)
    commissioning.the_review_is_facilitated(context, kind, command.facilitator)
    commissioning.an_independent_lead_is_named(context, kind, command.lead_reviewer, command.lead_reviewer_employer)
    if kind.needs_an_independent_lead:
        stages.an_independent_lead_is_employed_elsewhere(context, command.lead_reviewer_employer, agencies)


def _said_of(command: CommissionReview, kind: "ReviewKind", context: DecisionContext) -> dict[str, Any]:
    """What was said about the kind's conditions, criteria and stakeholders, in its own words about each."""
    conditions = commissioning.conditions_are_the_kinds(kind, command.conditions_met or ())
    criteria = commissioning.criteria_are_the_kinds(kind, command.criteria_met or ())
    if command.conditions_met is not None:
        commissioning.what_binds_is_met(context, kind, conditions)
    if command.criteria_met is not None:
        commissioning.a_criterion_is_met(context, kind, criteria)
    return {
        "conditions_met": [events.ConditionMet(condition=each, words=words) for each, words in conditions.items()],
        "criteria_met": [events.CriterionMet(criterion=key, words=words) for key, words in criteria.items()],
        "stakeholders": kind.stakeholders if command.stakeholders is None else _each_once(command.stakeholders),
    }


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _independent(command: CommissionReview, agencies: tuple[str, ...], context: DecisionContext) -> bool | None:
    """Unknown without a lead, or without knowing who employs them."""
    if command.lead_reviewer is None or command.lead_reviewer_employer is None:
        return None
    return stages.named_among(context, command.lead_reviewer_employer, agencies) is None


def _it_is_decided(
    command: CommissionReview, kind: "ReviewKind", referral: Review | None, context: DecisionContext
) -> None:
    referral_rules.what_must_be_referred_has_been(context, kind, referral)
    referral_rules.the_chair_decides_what_was_referred(context, kind, referral)
    referral_rules.the_kind_is_the_one_that_must_be(context, kind, referral)
    referral_rules.the_bodies_have_advised(context, kind, referral)
    referral_rules.the_chair_decides_on_something_else(context, kind, referral, command.reason)


def _of_its_kind(kind: "ReviewKind", context: DecisionContext) -> dict[str, Any]:
    """What the framework says of the kind, kept with the review: a later framework changes nothing about it."""
    return {
        "framework": context.framework.key,
        "statutory": kind.statutory,
        "agreed_by": kind.agreed_by,
        "decided_by_chair": kind.decided_by_chair,
        "asked_sections": tuple(kind.sections),
        "published_with_response": kind.published_with_response,
    }


def _told_by(command: CommissionReview, referral: Review | None, context: DecisionContext) -> dict[str, Any]:
    """A referral's reference stands unless the commission says otherwise."""
    if referral is None:
        return {"reference": command.reference or numbered(Kind.REVIEW, context.number)}
    return {"reference": command.reference or referral.reference}


def _clocks(
    command: CommissionReview, referral: Review | None, context: DecisionContext
) -> tuple[events.ClockRule, ...]:
    """What runs from awareness or from the commissioning. Imports tell of clocks themselves."""
    stream = command.referral_id or context.new_id
    so_far = referral.clocks if referral else {}
    facts = {RunsFrom.AWARENESS, RunsFrom.COMMISSIONING}
    return () if context.imported else run_by_themselves(context.framework, stream, facts, command.kind, so_far)


def agree(review: Review, command: AgreeReview, context: DecisionContext) -> list[Fact]:
    """Agreed a second time by the same, it says nothing new."""
    stages.the_review_is_not_completed_yet(review)
    _in_order(review, context)
    if command.body is not None:
        stages.the_kind_names_the_body(review, command.body, context)
        stages.the_body_had_taken_over(review, context)
    if command.body in review.agreed:
        return []
    framework = review.reporting.framework if command.body is not None else None
    return [events.Agreed(happened_on=context.on, by=context.by, body=command.body, framework=framework)]


def complete(review: Review, command: CompleteReview, context: DecisionContext) -> list[Fact]:
    stages.the_review_is_not_completed_yet(review)
    _in_order(review, context)
    kind = context.framework.kinds[review.kind]
    completion.everybody_has_agreed_it(review, context)
    completion.the_chair_has_decided(review, kind, context)
    sections = _told(review, command, kind, context)
    clocks = run_by_themselves(context.framework, command.id, {RunsFrom.COMPLETION}, review.kind, review.clocks)
    clocks = () if context.imported else clocks
    return [events.Completed(happened_on=context.on, by=context.by, sections=sections, clocks=clocks)]


def _told(
    review: Review, command: CompleteReview, kind: "ReviewKind", context: DecisionContext
) -> tuple[events.Section, ...]:
    keys = [each.key for each in command.sections]
    completion.a_section_is_told_once(keys)
    completion.what_the_kind_asks_is_answered(review, kind, keys, context)
    completion.principles_are_the_frameworks(context.framework, keys)
    return tuple(events.Section(key=each.key, text=_text(each, nth, kind)) for nth, each in enumerate(command.sections))


def _text(section: ReviewSection, nth: int, kind: "ReviewKind") -> str:
    if section.key != JUDGEMENT:
        return section.text
    with within("sections", nth):
        return completion.the_judgement_is_one_of_the_kinds(kind, section.text)


def publish(review: Review, command: PublishReview, context: DecisionContext) -> list[Fact]:
    """A withheld review may be published later."""
    stages.the_review_is_completed(review)
    stages.the_review_is_not_published(review)
    _in_order(review, context)
    stages.the_boards_response_stands_beside_it(review, command.board_response, context)
    return [
        events.Published(happened_on=context.on, by=context.by, url=command.url, board_response=command.board_response)
    ]


def withhold(review: Review, command: WithholdPublication, context: DecisionContext) -> list[Fact]:
    stages.the_review_is_completed(review)
    stages.the_review_is_not_published(review)
    stages.publication_is_not_withheld(review)
    _in_order(review, context)
    reason = a_reason_is_given(command.reason)
    return [
        events.PublicationWithheld(
            happened_on=context.on, by=context.by, reason=reason, improvements=command.improvements
        )
    ]


def identify_learning(review: Review, command: IdentifyLearning, context: DecisionContext) -> list[Fact]:
    stages.the_review_is_commissioned(review)
    nothing_happens_in_the_future(context)
    nothing_happens_before_it_existed(context, review.commissioned_on)
    return [
        events.LearningIdentified(
            happened_on=context.on,
            by=context.by,
            learning_id=context.new_id,
            wording=command.wording,
            good_practice=command.good_practice,
            themes=themes_are_known(context, command.themes, "themes"),
            agencies=agencies_are_known(context, command.agencies, "agencies"),
            yields=command.yields,
            draft=review.awaits_agreement and not context.imported,
        )
    ]


def _in_order(review: Review, context: DecisionContext) -> None:
    nothing_happens_in_the_future(context)
    nothing_happens_before_it_existed(context, review.began_on)
    the_day_follows_what_is_recorded(context, review.last_bound_on)


def record_participation(review: Review, command: RecordParticipation, context: DecisionContext) -> list[Fact]:
    """A later answer about the same people stands in place of the earlier; said again, it says nothing new."""
    the_review_is_commissioned(review)
    nothing_happens_in_the_future(context)
    nothing_happens_before_it_existed(context, review.commissioned_on)
    fact = ParticipationRecorded(
        happened_on=context.on,
        by=context.by,
        participant=command.participant,
        who=command.who,
        invited=command.invited,
        took_part=command.took_part,
        how=command.how,
        why_not=command.why_not,
    )
    participation_is_consistent(
        fact, invited="whyNot", took_part="tookPart", how_field="how" if command.how else "whyNot"
    )
    return [] if review.participation.get(fact.about) == fact.answer else [fact]


def participation_is_consistent(fact: ParticipationRecorded, *, invited: str, took_part: str, how_field: str) -> None:
    """Each names the field that is refused."""
    invited_them, part = fact.invited, fact.took_part
    completion.not_inviting_has_a_reason(invited=invited_them, took_part=part, why_not=fact.why_not, field=invited)
    completion.only_who_was_invited_declines(invited=invited_them, took_part=part, field=took_part)
    completion.how_is_said_of_taking_part(took_part=fact.took_part, how=fact.how, why_not=fact.why_not, field=how_field)
