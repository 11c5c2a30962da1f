"""Agreeing the audit programme of a year, planning its audits, and commissioning them."""

from collections.abc import Sequence
from uuid import UUID

from domain.programme import events, rules
from domain.programme.commands import AgreeProgramme, PlanAudit, WithdrawAudit
from domain.programme.state import Audit, Programme
from domain.shared.dates import nothing_happens_in_the_future
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Fact
from domain.shared.reference_rules import a_reason_is_given, the_theme_is_known, themes_are_known


def agree(programme: Programme, command: AgreeProgramme, context: DecisionContext) -> list[Fact]:
    """Agreed again in the same words, it says nothing new."""
    nothing_happens_in_the_future(context)
    rules.agreements_follow_one_another(programme, context)
    fact = _agreed(programme, command, context)
    rules.a_programme_has_topics(fact.topics)
    rules.the_framework_allows_so_many(context, fact.limit)
    rules.what_is_planned_fits(programme, fact.kinds, fact.limit)
    rules.what_is_planned_is_on_its_topics(programme, fact.topics, context)
    stands = (programme.topics, programme.kinds, programme.limit, programme.numbers, programme.framework)
    return [] if stands == (fact.topics, fact.kinds, fact.limit, fact.numbers, fact.framework) else [fact]


def _agreed(programme: Programme, command: AgreeProgramme, context: DecisionContext) -> events.Agreed:
    offered = context.framework.programme
    return events.Agreed(
        happened_on=context.on,
        by=context.by,
        year=command.year,
        topics=themes_are_known(context, command.topics, "topics") or _topics_so_far(programme, context),
        kinds=offered.kinds,
        limit=command.limit or programme.limit or offered.limit,
        numbers=rules.numbers_are_agreed_of_what_has_none(context, command.numbers) or programme.numbers,
        framework=context.framework.key,
    )


def _topics_so_far(programme: Programme, context: DecisionContext) -> tuple[str, ...]:
    topics = programme.topics or context.framework.programme.topics
    return tuple(dict.fromkeys(the_theme_is_known(context, key, "topics") for key in topics))


def plan(programme: Programme, command: PlanAudit, context: DecisionContext) -> list[Fact]:
    """Before the programme is agreed, it is a draft; afterwards it keeps to what was agreed."""
    nothing_happens_in_the_future(context)
    rules.an_audit_is_planned_for_its_year(command.year, command.planned_for)
    topic = the_theme_is_known(context, command.topic, "topic")
    rules.the_topic_is_one_of_the_programme(programme, topic, context)
    rules.a_place_is_left(programme, command.kind, "kind")
    rules.the_programme_is_not_too_large(programme)
    return [
        events.AuditPlanned(
            happened_on=context.on,
            by=context.by,
            year=command.year,
            audit_id=context.new_id,
            kind=command.kind,
            framework=context.framework.key,
            topic=topic,
            planned_for=command.planned_for,
        )
    ]


def withdraw(programme: Programme, command: WithdrawAudit, context: DecisionContext) -> list[Fact]:
    audit = rules.the_audit_is_planned(programme, command.audit_id, "auditId")
    rules.the_audit_is_not_commissioned_yet(audit, "auditId")
    nothing_happens_in_the_future(context)
    rules.an_audit_happens_once_it_was_planned(audit, context)
    reason = a_reason_is_given(command.reason)
    return [
        events.AuditWithdrawn(
            happened_on=context.on, by=context.by, year=command.year, audit_id=audit.id, reason=reason
        )
    ]


def commission(
    programme: Programme, year: int, review_id: UUID, kind: str, audit: Audit | None, context: DecisionContext
) -> list[Fact]:
    """The review takes the place of `audit`, or one that is left. Imports tell of reviews as they were."""
    if not context.imported:
        rules.the_programme_was_agreed_by_then(programme, year, context)
    if audit is None:
        _takes_a_place_of_its_own(programme, kind, context)
    else:
        rules.the_audit_is_not_commissioned_yet(audit, "plannedAudit")
        rules.the_audit_is_of_the_kind_that_was_planned(audit, kind)
        rules.an_audit_happens_once_it_was_planned(audit, context)
    return [
        events.AuditCommissioned(
            happened_on=context.on,
            by=context.by,
            year=year,
            audit_id=audit.id if audit else review_id,
            review_id=review_id,
            kind=kind,
            framework=context.framework.key,
        )
    ]


def _takes_a_place_of_its_own(programme: Programme, kind: str, context: DecisionContext) -> None:
    if not context.imported:
        rules.a_place_is_left(programme, kind, "programmeYear")
        rules.the_framework_leaves_a_place(programme, kind, context, "programmeYear")
    rules.the_programme_is_not_too_large(programme)


def the_place_of(programme: Programme, kind: str, themes: Sequence[str], context: DecisionContext) -> Audit | None:
    """What was planned first of the kind on one of the review's themes; on any topic, where it names no theme."""
    planned = [each for each in programme.planned if each.kind == kind and _is_planned_by(each, context)]
    fitting = [each for each in planned if not themes or (each.topic and context.themes.current(each.topic) in themes)]
    return min(fitting, key=lambda each: (each.planned_for or context.on, str(each.id)), default=None)


def _is_planned_by(audit: Audit, context: DecisionContext) -> bool:
    return audit.planned_on is not None and audit.planned_on <= context.on
