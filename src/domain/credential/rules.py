"""The rules of a credential, one refusal each (language.md, "People and their authority")."""

from domain.credential.commands import IssueCredential
from domain.shared.decision_context import DecisionContext
from domain.shared.reference_rules import the_agency_is_known
from domain.shared.refusals import Invalid, UnknownBody
from domain.shared.vocabulary import Role


def an_agency_is_named(command: IssueCredential, context: DecisionContext) -> None:
    if command.agency is not None:
        the_agency_is_known(context, command.agency, "agency")
    elif command.role is Role.AGENCY:
        raise Invalid("An agency's credential names the agency.", "agency")


def bodies_are_of_the_framework(command: IssueCredential, context: DecisionContext) -> None:
    for nth, body in enumerate(command.bodies):
        if body not in context.framework.bodies:
            raise UnknownBody(f"{context.framework.key!r} has no body {body!r}.", "bodies", str(nth))


def a_monitoring_body_says_whose_it_is(command: IssueCredential) -> None:
    """It names its bodies, and its holder's agency, or that the holder is independent."""
    if command.role is not Role.MONITORING_BODY:
        return
    if not command.bodies:
        raise Invalid("A monitoring body's credential names the body.", "bodies")
    if (command.agency is None) is not command.independent:
        raise Invalid("It names its holder's agency, or says that the holder is independent.", "independent")
