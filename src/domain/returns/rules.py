"""The rules of returns on standing duties, one refusal each."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from domain.returns.commands import Assessments, Improvements, ReturnVerdict
from domain.returns.state import Return
from domain.shared.decision_context import DecisionContext
from domain.shared.refusals import ConditionsNotMet, DateInFuture, DueDateInPast, EvidenceMissing, Invalid, NotFound

if TYPE_CHECKING:
    from domain.frameworks import Framework


def the_framework_has_standing_duties(framework: "Framework") -> None:
    if not framework.duties.standing:
        raise ConditionsNotMet(f"{framework.key!r} gives no standing duties.")


def the_year_has_such_a_period(framework: "Framework", period: int) -> None:
    periods = framework.duties.periods_a_year
    if period > periods:
        raise Invalid(f"By {framework.key!r} a year has {periods} of them, not {period}.", "period")


def the_period_has_begun(context: DecisionContext, since: date) -> None:
    if since > context.on:
        raise DateInFuture(f"The period begins on {since}, after {context.on}.", "year")


def there_is_time_to_answer(context: DecisionContext, due_on: date) -> None:
    """Called long after the period, a return says when it is due. Imports tell of returns as they were."""
    if due_on < context.on and not context.imported:
        raise DueDateInPast(f"It would be due on {due_on}, before {context.on}: when is it due?", "dueOn")


def the_return_awaits_its_verdict(state: Return) -> None:
    """A mistake that is found later is corrected: the verdict was given on what it says."""
    if state.judged_on is not None:
        raise ConditionsNotMet(f"The return was judged on {state.judged_on}; a mistake in it is corrected.")


def something_is_assessed(assessments: Assessments) -> None:
    if not assessments:
        raise Invalid("At least one standard is assessed.", "assessments")


def standards_are_of_the_return(state: Return, assessments: Assessments, *field: str) -> None:
    """Each once, and a duty that the agency was called for."""
    seen: set[UUID] = set()
    for nth, each in enumerate(assessments):
        if each.duty_id not in state.duties:
            raise NotFound("The return has no such duty.", *field, str(nth), "dutyId")
        if each.duty_id in seen:
            raise Invalid("One standard is assessed once.", *field, str(nth), "dutyId")
        seen.add(each.duty_id)


def standards_are_the_agencys(state: Return, assessments: Assessments, kin: Collection[str]) -> None:
    """What an agency was called for and has passed on by a merger, its successor answers for."""
    for nth, each in enumerate(assessments):
        if state.duties[each.duty_id].agency not in kin:
            raise NotFound("The return has no such duty.", "assessments", str(nth), "dutyId")


def improvements_are_about_its_standards(state: Return, improvements: Improvements, *field: str) -> None:
    for nth, each in enumerate(improvements):
        if each.duty_id is not None and each.duty_id not in state.duties:
            raise NotFound("The return has no such duty.", *field, str(nth), "dutyId")


def the_return_has_been_given(state: Return) -> None:
    if state.answered_on is None:
        raise EvidenceMissing("The agency has not answered yet: there is nothing to judge.", "verdicts")


def each_return_is_judged_once(verdicts: Collection[ReturnVerdict]) -> None:
    if not verdicts:
        raise Invalid("At least one return is judged.", "verdicts")
    seen: set[UUID] = set()
    for nth, each in enumerate(verdicts):
        if each.id in seen:
            raise Invalid("A return is judged once in one command.", "verdicts", str(nth), "id")
        seen.add(each.id)


def there_are_improvements_to_raise(points: Collection[object]) -> None:
    if not points:
        raise ConditionsNotMet("These returns have no improvement point that is not work already.", "returns")


def improvements_arise_in_their_round(state: Return, review_id: UUID) -> None:
    """A return that was called for in an audit has its improvement points raised in that audit."""
    if state.review_id is not None and state.review_id != review_id:
        raise Invalid("The return was called for in another review.", "returns")


def the_recommendation_is_of_the_review(arose_in: UUID, review_id: UUID) -> None:
    if arose_in != review_id:
        raise Invalid("The recommendation arose from another review.", "recommendationId")


def some_agency_is_called(agencies: Collection[str] | None) -> None:
    """Left out, all partners are; an empty list names nobody."""
    if agencies is not None and not agencies:
        raise Invalid("An empty list calls no agency: leave it out to call all partners.", "agencies")


def what_is_assigned_is_no_draft(awaits_agreement: bool) -> None:
    """Improvement points are assigned at once, which what a review finds before it is agreed cannot be."""
    if awaits_agreement:
        raise ConditionsNotMet("The review is not agreed yet by whoever must agree it: what it finds is a draft.", "id")
