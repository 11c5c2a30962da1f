"""Whose report it is: an agency speaks for itself, the business unit records on paper what an agency said."""

from domain.given import Given
from domain.known import the_agency_is_known
from domain.lifecycle.state import Life
from domain.refusals import Invalid, NotPermitted
from domain.words import Role


def the_agency_that_speaks(life: Life, agency: str | None, given: Given) -> str | None:
    """Its key; on paper the lead's, unless another party is named."""
    if given.caller.role is Role.AGENCY:
        return _itself(given, agency)
    if agency is None:
        return life.lead
    the_agency_is_known(given, agency, "agency")
    if not given.agencies.kin(agency).intersection(life.parties):
        raise Invalid(f"{agency!r} neither leads nor contributes.", "agency")
    return agency


def is_the_lead(life: Life, agency: str | None, given: Given) -> bool:
    return agency is not None and life.lead in given.agencies.kin(agency)


def only_the_lead_claims_completion(by_lead: bool, claims_complete: bool) -> None:
    if claims_complete and not by_lead:
        raise NotPermitted("Only the lead agency claims completion.", "claimsComplete")


def _itself(given: Given, agency: str | None) -> str | None:
    if agency not in {None, given.caller.agency}:
        raise NotPermitted("An agency speaks for itself only.", "agency")
    return given.caller.agency
