"""Agencies' returns on their standing duties: a round is called, answered, judged, and becomes work."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from uuid import UUID, uuid5

from domain.action.rules import an_action_arises_since_the_latest_reopening, the_recommendation_above_is_open
from domain.authority import (
    nobody_marks_their_own_homework,
    the_body_judges_returns,
    the_return_is_the_callers,
    whoever_is_spoken_for_may_be,
)
from domain.handlers.dissemination import chosen_duties, duties_confirmed
from domain.handlers.raising import new_action, planned, raise_recommendation
from domain.lifecycle.events import Assigned
from domain.lifecycle.rules import the_day_lies_in_its_life
from domain.recommendation.commands import RaiseRecommendation
from domain.recommendation.rules import the_recommendation_is_no_draft
from domain.returns import decide, rules
from domain.returns.commands import CallReturns, ConfirmReturn, JudgeReturns, RaiseImprovements, SubmitReturn
from domain.returns.events import Improvement, ImprovementRaised, ImprovementsRaised
from domain.returns.state import Return, return_id
from domain.review.rules.stages import the_review_is_commissioned
from domain.session import Repository
from domain.shared.dates import (
    a_due_date_is_not_past,
    nothing_happens_before_it_existed,
    nothing_happens_in_the_future,
    the_day_follows_what_is_recorded,
)
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Decided
from domain.shared.identifiers import next_below
from domain.shared.reference_rules import agencies_are_known
from domain.shared.refusals import NotFound, within
from domain.shared.vocabulary import Kind, Role


def call_returns(command: CallReturns, repository: Repository, context: DecisionContext) -> list[Decided]:
    """One return an agency; one that has been called for already stays as it is."""
    if command.review_id is not None:
        the_review_is_commissioned(repository.review(command.review_id, "reviewId"))
    rules.some_agency_is_called(command.agencies)
    agencies = (
        _partners(context) if command.agencies is None else agencies_are_known(context, command.agencies, "agencies")
    )
    called = {return_id(key, command.year, command.period): key for key in agencies}
    return [
        (Kind.RETURN, id, decide.call(key, command, context)) for id, key in called.items() if _is_new(id, repository)
    ]


def _partners(context: DecisionContext) -> Iterator[str]:
    every = context.agencies.all
    return (each.key for each in every if each.kind.owes_returns and each.successor is None)


def _is_new(id: UUID, repository: Repository) -> bool:
    try:
        repository.agency_return(id)
    except NotFound:
        return True
    return False


def confirm_return(command: ConfirmReturn, repository: Repository, context: DecisionContext) -> list[Decided]:
    whoever_is_spoken_for_may_be(command.agency, context)
    found = repository.agency_return(command.id)
    the_return_is_the_callers(found, context)
    standing = {duty.id: (Kind.RETURN, command.id, duty) for duty in found.duties.values()}
    command = command.model_copy(update={"agency": _answering(command.agency, found, context)})
    return duties_confirmed(chosen_duties(standing, command, context), command.assurance, context)


def _answering(agency: str | None, found: Return, context: DecisionContext) -> str | None:
    """On paper the business unit answers for the agency that was called, unless it names another."""
    on_paper = context.caller.role is Role.BUSINESS_UNIT and agency is None
    return found.agency if on_paper else agency


def submit_return(command: SubmitReturn, repository: Repository, context: DecisionContext) -> list[Decided]:
    whoever_is_spoken_for_may_be(command.agency, context)
    found = repository.agency_return(command.id)
    the_return_is_the_callers(found, context)
    agency = _answering(command.agency, found, context) or context.caller.agency or found.agency
    return [(Kind.RETURN, command.id, decide.submit(found, command, agency, context))]


def judge_returns(command: JudgeReturns, repository: Repository, context: DecisionContext) -> list[Decided]:
    """Each verdict on its own return; one that is refused lets none be recorded."""
    rules.each_return_is_judged_once(command.verdicts)
    decided: list[Decided] = []
    for nth, verdict in enumerate(command.verdicts):
        with within("verdicts", nth):
            found = repository.agency_return(verdict.id, "verdicts", "id")
            body = the_body_judges_returns(command.body, found.judged_by, found.framework, context)
            nobody_marks_their_own_homework((found.agency,), context)
            decided.append((Kind.RETURN, verdict.id, decide.judge(found, verdict, body, context)))
    return decided


def raise_improvements(command: RaiseImprovements, repository: Repository, context: DecisionContext) -> list[Decided]:
    """Every point that is not work already: a recommendation each, or an action each under one that is there."""
    review = repository.review(command.id)
    the_review_is_commissioned(review)
    rules.what_is_assigned_is_no_draft(review.awaits_agreement and not context.imported)
    nothing_happens_in_the_future(context)
    nothing_happens_before_it_existed(context, review.commissioned_on)
    a_due_date_is_not_past(context, command.due_on, "dueOn")
    found: dict[UUID, Return] = {}
    for nth, id in enumerate(command.returns):
        with within("returns", nth):
            each = found[id] = repository.agency_return(id, "returns")
            rules.improvements_arise_in_their_round(each, command.id)
            the_day_follows_what_is_recorded(context, each.judged_on or each.answered_on)
    points = [(id, point) for id, each in found.items() for point in each.improvements]
    points = [(id, point) for id, point in points if point.improvement_id not in found[id].raised]
    rules.there_are_improvements_to_raise(points)
    agencies = {id: context.agencies.successor(each.agency) or each.agency for id, each in found.items()}
    through = _as_recommendations if command.recommendation_id is None else _as_actions
    raised = list(through(command, points, agencies, repository, context))
    marks = [(Kind.RETURN, id, _mark(id, points, raised, context)) for id in dict.fromkeys(id for id, _ in points)]
    return [*(each for decided in raised for each in decided), *marks]


Point = tuple[UUID, Improvement]
"""An improvement point with the return that it is of."""


def _as_recommendations(
    command: RaiseImprovements,
    points: list[Point],
    agencies: dict[UUID, str],
    repository: Repository,
    context: DecisionContext,
) -> Iterator[list[Decided]]:
    """Numbered one after the other, and assigned to the agency at once: it has found or been told of them already."""
    review = repository.review(command.id)
    free = _references(f"{review.reference}/", review.references, context)
    for (id, point), reference in zip(points, free, strict=False):
        one = _of_its_own(point, context)
        raising = RaiseRecommendation(
            review_id=command.id, reference=reference, wording=point.wording, happened_on=command.happened_on
        )
        assigned = (Kind.RECOMMENDATION, one.new_id, _assigned(agencies[id], command, context))
        (kind, recommendation_id, raised), *marks = raise_recommendation(raising, repository, one)
        found = raised.model_copy(update={"found_in_return_of": agencies[id]})
        yield [(kind, recommendation_id, found), *marks, assigned]


def _as_actions(
    command: RaiseImprovements,
    points: list[Point],
    agencies: dict[UUID, str],
    repository: Repository,
    context: DecisionContext,
) -> Iterator[list[Decided]]:
    above = repository.recommendation(_named(command), "recommendationId")
    rules.the_recommendation_is_of_the_review(above.review_id, command.id)
    the_recommendation_is_no_draft(above)
    the_recommendation_above_is_open(above.life)
    the_day_lies_in_its_life(above.life, context)
    an_action_arises_since_the_latest_reopening(above.life, context)
    free = _references(f"{above.reference}/A", above.references, context)
    for (id, point), reference in zip(points, free, strict=False):
        one = _of_its_own(point, context)
        raised = new_action(above, _named(command), point.wording, above.reported, one)
        assigned = (Kind.ACTION, one.new_id, _assigned(agencies[id], command, context))
        yield [*planned(raised.model_copy(update={"reference": reference}), above.reported, one), assigned]


def _named(command: RaiseImprovements) -> UUID:
    return command.recommendation_id or UUID(int=0)


def _of_its_own(point: Improvement, context: DecisionContext) -> DecisionContext:
    """What becomes of a point has an id that follows from the point's."""
    return replace(context, new_id=uuid5(context.new_id, str(point.improvement_id)))


def _references(prefix: str, carried: Collection[str], context: DecisionContext) -> Iterator[str]:
    """Free ones, one after the other."""
    taken = set(carried)
    while True:
        reference = next_below(prefix, taken, context.passed_over)
        taken.add(reference)
        yield reference


def _assigned(agency: str, command: RaiseImprovements, context: DecisionContext) -> Assigned:
    return Assigned(happened_on=context.on, by=context.by, lead_agency=agency, due_on=command.due_on)


def _mark(of: UUID, points: list[Point], raised: list[list[Decided]], context: DecisionContext) -> ImprovementsRaised:
    work = [decided[-1] for decided in raised]
    became = tuple(
        ImprovementRaised(improvement_id=point.improvement_id, kind=kind, id=item_id)
        for (id, point), (kind, item_id, _) in zip(points, work, strict=True)
        if id == of
    )
    return ImprovementsRaised(happened_on=context.on, by=context.by, raised=became)
