"""Who speaks to which register, by which mapping."""

from dataclasses import dataclass

from domain.register import Register
from domain.shared.actor import Caller
from domain.shared.vocabulary import Role
from importing.mapping import Mapping
from importing.names import AgencyNames, ThemeNames


@dataclass(frozen=True, slots=True)
class ImportContext:
    """What every step of one import needs."""

    register: Register
    mapping: Mapping
    agencies: AgencyNames
    themes: ThemeNames
    caller: Caller


def import_context(register: Register, mapping: Mapping, sent_by: str = "") -> ImportContext:
    """An import acts as the business unit and tells what stands on paper (rules.md, "Imports")."""
    subject = f"import:{mapping.key}" + (f", sent by {sent_by}" if sent_by else "")
    caller = Caller(subject, Role.BUSINESS_UNIT, on_paper=True)
    return ImportContext(register, mapping, AgencyNames(mapping.agencies), ThemeNames(mapping.themes), caller)
