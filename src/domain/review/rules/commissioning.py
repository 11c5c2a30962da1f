"""What a kind of review asks before one is commissioned, one refusal each. Imports tell of reviews as they were."""

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from domain.review.commands import ConditionMet, CriterionMet
from domain.shared.decision_context import DecisionContext
from domain.shared.refusals import ConditionsNotMet, Invalid, UnknownBody

if TYPE_CHECKING:
    from domain.frameworks import ReviewKind


FIELD = "reportsThrough"


def one(kind: "ReviewKind") -> str:
    """The kind with its article, to begin a sentence with."""
    name = kind.name[:1].lower() + kind.name[1:]
    return f"{'An' if name[:1] in 'aeiou' else 'A'} {name}"


def as_many_agencies_are_involved_as_the_kind_asks(
    context: DecisionContext, kind: "ReviewKind", agencies: Collection[str]
) -> None:
    """Several, of what agencies review together; one, of what is about a single one."""
    most = kind.maximum_agencies
    if most is not None and not kind.minimum_agencies <= len(agencies) <= most and not context.imported:
        limit = "one agency" if most == 1 else f"at most {most} agencies"
        raise ConditionsNotMet(f"{one(kind)} is of {limit}; {len(agencies)} are named.", "agencies")
    if len(agencies) < kind.minimum_agencies and not context.imported:
        raise ConditionsNotMet(f"{one(kind)} involves at least {kind.minimum_agencies} agencies.", "agencies")


def schools_alone_are_involved_in_what_is_theirs(
    context: DecisionContext, kind: "ReviewKind", agencies: Collection[str]
) -> None:
    """Once the register says of any agency that it is a school."""
    others = {nth: each for nth, each in enumerate(agencies) if not context.agencies.is_a_school(each)}
    if kind.of_schools and others and context.agencies.knows_schools and not context.imported:
        message = f"{one(kind)} is of schools, which {', '.join(dict.fromkeys(others.values()))} is not."
        raise ConditionsNotMet(message, "agencies", str(min(others)))


def who_may_has_mandated_it(context: DecisionContext, kind: "ReviewKind", mandated_by: str | None) -> None:
    """Where the framework says who may."""
    may = context.framework.mandates(kind.key)
    if may and mandated_by not in may and not context.imported:
        raise ConditionsNotMet(f"{one(kind)} is mandated by one of {', '.join(may)}.", "mandatedBy")


def the_review_is_facilitated(context: DecisionContext, kind: "ReviewKind", facilitator: str | None) -> None:
    if kind.facilitated and facilitator is None and not context.imported:
        raise ConditionsNotMet(f"{one(kind)} is facilitated: by whom?", "facilitator")


def an_independent_lead_is_named(
    context: DecisionContext, kind: "ReviewKind", lead: str | None, employer: str | None
) -> None:
    """With whoever employs them: independence is not asserted without knowing."""
    if not kind.needs_an_independent_lead or context.imported:
        return
    message = f"{one(kind)} has an independent lead"
    if lead is None:
        raise ConditionsNotMet(f"{message}: who is it?", "leadReviewer")
    if employer is None:
        raise ConditionsNotMet(f"{message}: by whom are they employed?", "leadReviewerEmployer")


def the_review_reports_through(context: DecisionContext, kind: "ReviewKind", named: str | None) -> tuple[str, ...]:
    """As the framework says; where it gives no reporting body, through one that is named, if any is."""
    framework = context.framework
    if named is None:
        return kind.monitored_by
    if named not in framework.bodies:
        raise UnknownBody(f"There is no body {named!r}; there is {', '.join(framework.bodies)}.", FIELD)
    offered = framework.may_report_through(kind.key)
    if named not in offered:
        raise ConditionsNotMet(f"{one(kind)} reports through {' or '.join(offered)}, not {named}.", FIELD)
    return kind.monitored_by if framework.says_who_monitors(kind.key) else (named,)


# What whoever commissions a review says about its kind's conditions and criteria, one refusal each.
#
# A partner that says nothing about them commissions as before; one that does says it of everything that binds.

CONDITIONS = "conditionsMet"
CRITERIA = "criteriaMet"


def conditions_are_the_kinds(kind: "ReviewKind", conditions: Iterable[ConditionMet]) -> dict[str, str]:
    """As the framework writes them, whatever the capitals, each once with the words on it."""
    known = {condition.casefold(): condition for condition in kind.conditions}
    found: dict[str, str] = {}
    for nth, each in enumerate(conditions):
        field = (CONDITIONS, str(nth), "condition")
        condition = known.get(each.condition.casefold())
        if condition is None:
            raise Invalid(f"{each.condition!r:.80} is none of: {_listed(kind.conditions)}.", *field)
        if condition in found:
            raise Invalid(f"{condition!r:.80} is said more than once.", *field)
        found[condition] = each.words
    return found


def criteria_are_the_kinds(kind: "ReviewKind", criteria: Iterable[CriterionMet]) -> dict[str, str]:
    found: dict[str, str] = {}
    for nth, each in enumerate(criteria):
        field = (CRITERIA, str(nth), "criterion")
        if each.criterion not in kind.criteria_by_key:
            raise Invalid(f"{each.criterion!r} is none of: {_listed(kind.criteria_by_key)}.", *field)
        if each.criterion in found:
            raise Invalid(f"{each.criterion!r} is said more than once.", *field)
        found[each.criterion] = each.words
    return found


def what_binds_is_met(context: DecisionContext, kind: "ReviewKind", met: Mapping[str, str]) -> None:
    lacking = [condition for condition in kind.binding_conditions if condition not in met]
    if lacking and not context.imported:
        raise ConditionsNotMet(f"It is not said how these conditions are met: {_listed(lacking)}.", CONDITIONS)


def a_criterion_is_met(context: DecisionContext, kind: "ReviewKind", met: Mapping[str, str]) -> None:
    if kind.criteria_by_key and not met and not context.imported:
        raise ConditionsNotMet(f"It meets one of these criteria: {_listed(kind.criteria_by_key)}.", CRITERIA)


def _listed(words: Collection[str]) -> str:
    return "; ".join(words) or "none"
