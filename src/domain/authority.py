"""Who sends commands at all, and how facts name them (language.md, "People and their authority").

Which roles may send a command stands in `domain.catalogue`; what they may do it to, in `domain.authority_rules`.
"""

from domain.shared.actor import Actor, Caller
from domain.shared.commands import Command
from domain.shared.decision_context import DecisionContext
from domain.shared.refusals import Invalid, NotPermitted
from domain.shared.vocabulary import Role


def actor(caller: Caller) -> Actor:
    """The caller as facts name it; one with several bodies acts for the one that decides, which its handler knows."""
    body = caller.bodies[0] if caller.role is Role.MONITORING_BODY and len(caller.bodies) == 1 else None
    return Actor(subject=caller.subject, role=caller.role, agency=caller.agency, body=body)


def an_agency_states_no_day_of_effect(command: Command, caller: Caller) -> None:
    if caller.role is Role.AGENCY and command.happened_on is not None:
        raise Invalid("An agency's facts happen on the day they are recorded.", "happenedOn")


def its_agency_goes_on(context: DecisionContext) -> None:
    """Credentials of an agency that ended read what it could read, and record nothing."""
    caller = context.caller
    successor = context.agencies.successor(caller.agency) if caller.role is Role.AGENCY and caller.agency else None
    if successor is not None:
        raise NotPermitted(f"{caller.agency!r} has gone on in {successor!r}, which records from now on.")
