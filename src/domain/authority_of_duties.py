"""Whose duty it is to say that a duty is done (language.md, "People and their authority")."""

from collections.abc import Iterable

from domain.authority_rules import own
from domain.commands import Command
from domain.decision_context import DecisionContext
from domain.duties.state import Duty
from domain.reference_rules import the_agency_is_of_the_register
from domain.refusals import NotFound, NotPermitted
from domain.returns.state import Return
from domain.words import DutyHolder, Role

HELD_BY: dict[Role, DutyHolder] = {Role.CHAIR: DutyHolder.CHAIR, Role.BUSINESS_UNIT: DutyHolder.BUSINESS_UNIT}


def an_agency_names_no_version(command: Command, context: DecisionContext) -> None:
    """It is not shown the version of a review, and does not learn it from a refusal either."""
    if context.caller.role is Role.AGENCY and command.expected_version is not None:
        raise NotPermitted("An agency confirms its duties whatever the version.", "expectedVersion")


def whoever_is_spoken_for_may_be(agency: str | None, context: DecisionContext) -> None:
    """The business unit records an assurance received on paper; an agency speaks for itself, the chair for none."""
    if agency is None:
        return
    for_itself = context.caller.role is Role.AGENCY and agency in own(context)
    if context.caller.role is not Role.BUSINESS_UNIT and not for_itself:
        raise NotPermitted("Only the business unit records what another agency has assured.", "agency")
    the_agency_is_of_the_register(context, agency, "agency")


def the_return_is_the_callers(called: Return, context: DecisionContext) -> None:
    """Whether another agency was called for one is not an agency's to learn."""
    if context.caller.role is Role.AGENCY and called.agency not in own(context):
        raise NotFound("There is no such thing, or you may not see it.", "id")


def the_duty_is_the_callers(duty: Duty, agency: str | None, context: DecisionContext, field: str) -> None:
    """An agency never learns of another's duty; the business unit may confirm an agency's, on paper."""
    if context.caller.role is Role.AGENCY:
        if duty.agency not in own(context):
            raise NotFound("There is no such duty.", field)
        return
    on_paper = context.caller.role is Role.BUSINESS_UNIT and duty.held_by is DutyHolder.AGENCY
    if not on_paper and duty.held_by is not HELD_BY[context.caller.role]:
        raise NotPermitted("The duty is somebody else's to confirm.", field)
    if agency is not None and not is_asked_of(duty, agency, context):
        raise NotPermitted(f"The duty is not {agency!r}'s.", field)


def the_callers_own(duties: Iterable[Duty], agency: str | None, context: DecisionContext) -> list[Duty]:
    """What is open for whoever asks: an agency's own, the chair's, the business unit's, or whom this speaks for."""
    held_by = None if agency else HELD_BY.get(context.caller.role)
    pending = [duty for duty in duties if duty.done_on is None]
    if held_by is not None:
        return [duty for duty in pending if duty.held_by is held_by]
    return [duty for duty in pending if _speaks_for_it(duty, agency, context)]


def _speaks_for_it(duty: Duty, agency: str | None, context: DecisionContext) -> bool:
    return duty.agency in own(context) if agency is None else is_asked_of(duty, agency, context)


def is_asked_of(duty: Duty, agency: str, context: DecisionContext) -> bool:
    """An agency that has ended speaks for what was asked of it, and not for what its successor owes beside that."""
    return not context.agencies.with_predecessors(agency).isdisjoint({duty.agency, duty.asked_of})
