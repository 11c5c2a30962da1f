"""An agency's answer. Accepting and implementing are two things."""

from domain.lifecycle.rules import (
    itself,
    the_day_lies_in_its_life,
    the_item_was_not_closed_by_then,
    the_item_was_open_on_that_day,
    whom_the_paper_came_from,
)
from domain.recommendation.commands import Respond
from domain.recommendation.events import Responded
from domain.recommendation.rules import not_accepting_needs_a_reason
from domain.recommendation.state import Recommendation
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Fact
from domain.shared.reference_rules import the_agency_is_of_the_register
from domain.shared.refusals import Invalid, NotPermitted
from domain.shared.vocabulary import Role


def respond(recommendation: Recommendation, command: Respond, context: DecisionContext) -> list[Fact]:
    the_item_was_not_closed_by_then(recommendation.life, context)
    the_day_lies_in_its_life(recommendation.life, context)
    the_item_was_open_on_that_day(recommendation.life, context)
    not_accepting_needs_a_reason(command)
    agency = _the_agency_that_answers(recommendation, command, context)
    return [
        Responded(
            happened_on=context.on,
            by=context.by,
            agency=to_answer,
            answer=command.answer,
            reason=command.reason or None,
            received_from=whom_the_paper_came_from(command.received_from, context),
        )
        for to_answer in _asked(recommendation, agency, context)
    ]


def _the_agency_that_answers(recommendation: Recommendation, command: Respond, context: DecisionContext) -> str:
    """Itself; on paper the one that is named, otherwise whoever led on the paper's day, or who alone is asked."""
    if context.caller.role is not Role.BUSINESS_UNIT:
        agency = itself(context, command.agency)
        if agency is None:
            raise NotPermitted("An agency answers for itself.")
        return agency
    agency = command.agency or _who_is_asked(recommendation, context)
    the_agency_is_of_the_register(context, agency, "agency")
    may_answer = (*recommendation.may_answer, recommendation.life.lead_on(context.on))
    if not context.agencies.kin(agency).intersection(may_answer):
        raise Invalid(f"{agency!r} is not asked for an answer.", "agency")
    return agency


def _who_is_asked(recommendation: Recommendation, context: DecisionContext) -> str:
    lead = recommendation.life.lead_on(context.on)
    only = recommendation.may_answer if len(recommendation.may_answer) == 1 else ()
    agency = lead or next(iter(only), None)
    if agency is None:
        raise Invalid("Whose answer is it? Name the agency.", "agency")
    return agency


def _asked(recommendation: Recommendation, agency: str, context: DecisionContext) -> list[str]:
    """Every key under which it was asked: its own, and those of the agencies whose successor it is."""
    return sorted(context.agencies.kin(agency).intersection(recommendation.may_answer)) or [agency]
