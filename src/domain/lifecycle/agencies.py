"""For which agency somebody reports, and whose work is judged (language.md, "Nobody marks their own homework")."""

from collections.abc import Iterator

from domain.lifecycle.commands import AcceptEvidence, GrantExtension, LifecycleCommand, ReturnEvidence
from domain.lifecycle.state import Lifecycle
from domain.shared.decision_context import DecisionContext
from domain.shared.reference_rules import the_agency_is_known
from domain.shared.refusals import Invalid, NotPermitted
from domain.shared.vocabulary import Role

# Whose report it is: an agency speaks for itself, the business unit records on paper what an agency said.


def the_agency_that_speaks(life: Lifecycle, agency: str | None, context: DecisionContext) -> str | None:
    """Its key; on paper that of whoever led on the paper's day, unless another party is named."""
    if context.caller.role is Role.AGENCY:
        return itself(context, agency)
    led = life.lead_on(context.on)
    if agency is None or agency == led:
        return led
    the_agency_is_known(context, agency, "agency")
    if not context.agencies.kin(agency).intersection((*life.parties, led)):
        raise Invalid(f"{agency!r} neither leads nor contributes.", "agency")
    return agency


def is_the_lead(life: Lifecycle, agency: str | None, context: DecisionContext) -> bool:
    """On the day of the report: what a lead claimed before a transfer stays its claim."""
    return agency is not None and life.lead_on(context.on) in context.agencies.kin(agency)


def only_the_lead_claims_completion(by_lead: bool, claims_complete: bool) -> None:
    if claims_complete and not by_lead:
        raise NotPermitted("Only the lead agency claims completion.", "claimsComplete")


def whom_the_paper_came_from(received_from: str | None, context: DecisionContext) -> str | None:
    if context.caller.role is Role.AGENCY and received_from is not None:
        raise Invalid("What an agency records itself was received from nobody else.", "receivedFrom")
    return received_from


def itself(context: DecisionContext, agency: str | None) -> str | None:
    """The calling agency, which may name itself and nobody else."""
    if agency not in {None, context.caller.agency}:
        raise NotPermitted("An agency speaks for itself only.", "agency")
    return context.caller.agency


# The agencies whose work a decision judges (language.md, "Nobody marks their own homework").


def judged_agencies(command: LifecycleCommand, life: Lifecycle) -> frozenset[str]:
    """The parties', and that of whoever filed or asked for what is decided about, before it moved to them."""
    return frozenset((*life.parties, *(agency for agency in _filed(command, life) if agency)))


def _filed(command: LifecycleCommand, life: Lifecycle) -> Iterator[str | None]:
    match command:
        case AcceptEvidence(evidence_id=judged) | ReturnEvidence(evidence_id=judged):
            yield from (each.agency for each in life.evidence if each.id == judged)
        case GrantExtension():
            yield life.extension.agency if life.extension else None
        case _:
            yield from (each.agency for each in life.evidence if each.counts and each.accepted)
