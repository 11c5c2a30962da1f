"""What whoever commissions a review says about its kind's conditions and criteria, one refusal each.

A partner that says nothing about them commissions as before; one that does says it of everything that binds.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from domain.decision_context import DecisionContext
from domain.refusals import ConditionsNotMet, Invalid
from domain.review.commands import ConditionMet, CriterionMet

if TYPE_CHECKING:
    from domain.frameworks import ReviewKind

CONDITIONS = "conditionsMet"
CRITERIA = "criteriaMet"


def conditions_are_the_kinds(kind: "ReviewKind", said: Iterable[ConditionMet]) -> dict[str, str]:
    """As the framework writes them, whatever the capitals, each once with the words on it."""
    known = {condition.casefold(): condition for condition in kind.conditions}
    found: dict[str, str] = {}
    for nth, each in enumerate(said):
        field = (CONDITIONS, str(nth), "condition")
        condition = known.get(each.condition.casefold())
        if condition is None:
            raise Invalid(f"{each.condition!r:.80} is none of: {_listed(kind.conditions)}.", *field)
        if condition in found:
            raise Invalid(f"{condition!r:.80} is said more than once.", *field)
        found[condition] = each.words
    return found


def criteria_are_the_kinds(kind: "ReviewKind", said: Iterable[CriterionMet]) -> dict[str, str]:
    found: dict[str, str] = {}
    for nth, each in enumerate(said):
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
