"""Whose report it is: an agency speaks for itself, the business unit records on paper what an agency said."""

from domain.given import Given
from domain.known import the_agency_is_known
from domain.lifecycle.state import Life
from domain.refusals import Invalid, NotPermitted
from domain.words import Role


def the_agency_that_speaks(life: Life, agency: str | None, given: Given) -> str | None:
    """Its key; on paper that of whoever led on the paper's day, unless another party is named."""
    if given.caller.role is Role.AGENCY:
        return itself(given, agency)
    led = life.lead_on(given.on)
    if agency is None or agency == led:
        return led
    the_agency_is_known(given, agency, "agency")
    if not given.agencies.kin(agency).intersection((*life.parties, led)):
        raise Invalid(f"{agency!r} neither leads nor contributes.", "agency")
    return agency


def is_the_lead(life: Life, agency: str | None, given: Given) -> bool:
    """On the day of the report: what a lead claimed before a transfer stays its claim."""
    return agency is not None and life.lead_on(given.on) in given.agencies.kin(agency)


def only_the_lead_claims_completion(by_lead: bool, claims_complete: bool) -> None:
    if claims_complete and not by_lead:
        raise NotPermitted("Only the lead agency claims completion.", "claimsComplete")


def whom_the_paper_came_from(received_from: str | None, given: Given) -> str | None:
    if given.caller.role is Role.AGENCY and received_from is not None:
        raise Invalid("What an agency records itself was received from nobody else.", "receivedFrom")
    return received_from


def itself(given: Given, agency: str | None) -> str | None:
    """The calling agency, which may name itself and nobody else."""
    if agency not in {None, given.caller.agency}:
        raise NotPermitted("An agency speaks for itself only.", "agency")
    return given.caller.agency
