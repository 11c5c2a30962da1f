"""The rules of an audit programme, one refusal each (docs/decisions/0014-audit-programmes.md)."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.programme.commands import AgreedNumber
from domain.programme.events import AgreedNumber as Number
from domain.programme.state import Audit, Programme
from domain.shared.decision_context import DecisionContext
from domain.shared.refusals import ConditionsNotMet, DateBeforeStart, DateOutOfOrder, Invalid, NotFound, TooLarge

LARGEST = 200


def a_programme_has_topics(topics: Sequence[str]) -> None:
    if not topics:
        raise Invalid("A programme is agreed on topics: on which?", "topics")


def numbers_are_agreed_of_what_has_none(
    context: DecisionContext, numbers: Sequence[AgreedNumber]
) -> tuple[Number, ...]:
    """Of what the framework expects as often as is agreed, each once."""
    open_ones = [each.key for each in context.framework.rhythms if each.times is None]
    named = set[str]()
    for nth, each in enumerate(numbers):
        key, field = each.rhythm, ("numbers", str(nth), "rhythm")
        if key not in open_ones:
            known = ", ".join(open_ones) or "none"
            raise Invalid(
                f"{context.framework.key!r} leaves no number of {key!r} to be agreed; there is {known}.", *field
            )
        if key in named:
            raise Invalid(f"{key!r} is agreed more than once.", *field)
        named.add(key)
    return tuple(Number(rhythm=each.rhythm, times=each.times) for each in numbers)


def the_framework_allows_so_many(context: DecisionContext, limit: int | None) -> None:
    most = context.framework.programme.limit
    if most is not None and limit is not None and limit > most:
        kinds = ", ".join(context.framework.programme.kinds)
        raise ConditionsNotMet(f"{context.framework.key!r} allows up to {most} a year of {kinds}.", "limit")


def what_is_planned_fits(programme: Programme, kinds: Sequence[str], limit: int | None) -> None:
    """An agreement never leaves more places planned or taken than it gives."""
    places = programme.counted(kinds)
    if limit is not None and places > limit:
        raise ConditionsNotMet(f"{places} are planned or commissioned already: more than {limit}.", "limit")


def what_is_planned_is_on_its_topics(programme: Programme, topics: Sequence[str], context: DecisionContext) -> None:
    planned = _current([each.topic for each in programme.planned if each.topic], context)
    other = sorted(planned - _current(topics, context))
    if other:
        raise ConditionsNotMet(f"Audits are planned on {', '.join(other)}: withdraw them first.", "topics")


def agreements_follow_one_another(programme: Programme, context: DecisionContext) -> None:
    last = programme.agreed_on
    if last is not None and context.on < last:
        raise DateOutOfOrder(f"{context.on} is before {last}, when it was last agreed.", "happenedOn")


def an_audit_is_planned_for_its_year(year: int, planned_for: date) -> None:
    """The year may be the calendar's, or the financial one that begins in it."""
    first, last = date(year, 1, 1), date(year + 1, 3, 31)
    if not first <= planned_for <= last:
        raise Invalid(f"An audit of {year} is planned for a day from {first} to {last}.", "plannedFor")


def the_topic_is_one_of_the_programme(programme: Programme, topic: str, context: DecisionContext) -> None:
    if programme.agreed_on is not None and topic not in _current(programme.topics, context):
        agreed = ", ".join(programme.topics)
        raise ConditionsNotMet(f"The programme of {programme.year} was agreed on {agreed}, not on {topic}.", "topic")


def a_place_is_left(programme: Programme, kind: str, *field: str) -> None:
    """Places that are planned are not left: what is planned is commissioned, or withdrawn first."""
    _so_many_leave_one(programme, programme.kinds, programme.limit, kind, *field)


def the_framework_leaves_a_place(programme: Programme, kind: str, context: DecisionContext, *field: str) -> None:
    """Also where the programme was agreed under another framework, which gave more."""
    most = context.framework.programme
    _so_many_leave_one(programme, most.kinds, most.limit, kind, *field)


def _so_many_leave_one(programme: Programme, kinds: Sequence[str], limit: int | None, kind: str, *field: str) -> None:
    if limit is None or kind not in kinds:
        return
    if programme.counted(kinds) >= limit:
        raise ConditionsNotMet(
            f"Up to {limit} a year of {', '.join(kinds)}: all places of {programme.year} are planned or taken.",
            *field,
        )


def what_a_limit_counts_names_its_year(context: DecisionContext, kind: str, year: int | None) -> None:
    """So that it counts. Imports tell of reviews as they were."""
    most = context.framework.programme
    if most.limit is None or kind not in most.kinds or year is not None or context.imported:
        return
    raise ConditionsNotMet(
        f"Up to {most.limit} a year of {', '.join(most.kinds)}: in the programme of which year is this one?",
        "programmeYear",
    )


def the_programme_is_not_too_large(programme: Programme) -> None:
    if len(programme.audits) >= LARGEST:
        raise TooLarge(f"A programme holds at most {LARGEST} audits.")


def the_programme_was_agreed_by_then(programme: Programme, year: int, context: DecisionContext) -> None:
    agreed_on = programme.first_agreed_on
    if agreed_on is None:
        raise ConditionsNotMet(f"The audit programme of {year} has not been agreed.", "programmeYear")
    if context.on < agreed_on:
        raise DateBeforeStart(f"{context.on} is before {agreed_on}, when the programme was agreed.", "happenedOn")


def the_audit_is_planned(programme: Programme, audit_id: UUID, *field: str) -> Audit:
    found = programme.audit(audit_id)
    if found is None:
        raise NotFound(f"The programme of {programme.year} has no such audit.", *field)
    return found


def the_audit_is_not_commissioned_yet(audit: Audit, *field: str) -> None:
    if audit.review_id is not None:
        raise ConditionsNotMet("The audit has been commissioned already.", *field)


def the_audit_is_of_the_kind_that_was_planned(audit: Audit, kind: str) -> None:
    if audit.kind != kind:
        raise Invalid(f"A {audit.kind} was planned, not a {kind}.", "plannedAudit")


def an_audit_happens_once_it_was_planned(audit: Audit, context: DecisionContext) -> None:
    if audit.planned_on is not None and context.on < audit.planned_on:
        raise DateBeforeStart(f"{context.on} is before {audit.planned_on}, when the audit was planned.", "happenedOn")


def a_planned_audit_belongs_to_a_year(year: int | None, planned_audit: UUID | None) -> None:
    if year is None and planned_audit is not None:
        raise Invalid("A planned audit belongs to the programme of a year: of which?", "programmeYear")


def _current(topics: Sequence[str], context: DecisionContext) -> frozenset[str]:
    """The themes that the topics count as today."""
    return frozenset(context.themes.current(topic) for topic in topics)
