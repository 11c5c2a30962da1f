"""Who speaks to which register, by which mapping."""

from dataclasses import dataclass

from cli.importing.mapping import Mapping
from cli.importing.parties import AgencyNames, ThemeNames
from domain.actor import Caller
from domain.register import Register
from domain.words import Role


@dataclass(frozen=True, slots=True)
class Speaking:
    """What every step of one import needs."""

    register: Register
    mapping: Mapping
    agencies: AgencyNames
    themes: ThemeNames
    caller: Caller


def speaking(register: Register, mapping: Mapping) -> Speaking:
    """An import acts as the business unit and tells what stands on paper (rules.md, "Imports")."""
    caller = Caller(f"import:{mapping.key}", Role.BUSINESS_UNIT, on_paper=True)
    return Speaking(register, mapping, AgencyNames(mapping.agencies), ThemeNames(mapping.themes), caller)
