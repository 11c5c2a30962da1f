"""Agencies and themes as rows name them: known, declared by the mapping, or made of their names."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeAlias

from domain.agency.commands import AddAgency, AddAlias
from domain.agency.state import Agencies
from domain.shared.commands import Command
from domain.shared.texts import normalised
from domain.theme.commands import AddTheme
from domain.theme.state import Themes
from importing.faults import CellFault, shown
from importing.item import Item, NamedCell
from importing.mapping.model import AgencyRules, ThemeRules
from importing.mapping.parts import DeclaredAgency, DeclaredTheme
from importing.spelling import slug, tidied

Say: TypeAlias = Callable[[Command, str | None], object]
"""Decides a command that a column caused."""


class AgencyNames:
    """Leads from the names in a spreadsheet to agencies."""

    def __init__(self, rules: AgencyRules) -> None:
        self._rules = rules
        self._declared = {
            normalised(name): agency for agency in rules.declared for name in (agency.key, agency.name, *agency.aliases)
        }
        self._since: dict[str, date] = {}

    def seen(self, items: Iterable[Item]) -> None:
        """Remember the first day on which each agency is told of: one that is added existed by then."""
        for item in items:
            for named in item.agencies:
                key = self._key(named.text)
                self._since[key] = min(item.first_day, self._since.get(key, item.first_day))

    def name(self, agencies: Agencies, text: str) -> str:
        """The name of the agency that is written so."""
        known = agencies.resolve_name(text)
        declared = self._declared.get(normalised(text))
        return agencies.by_key[known].name if known else declared.name if declared else tidied(text)

    def key(self, agencies: Agencies, named: NamedCell, say: Say) -> str:
        """The agency's key; `say` is asked to add it, or the new spelling, where the mapping lets it."""
        if known := agencies.resolve_name(named.text):
            return known
        agency = self._declared.get(normalised(named.text)) or self._made(named)
        if agencies.known(agency.key):
            say(AddAlias(key=agency.key, alias=named.text, imported=True), named.column)
        else:
            say(self._added(agency), named.column)
        return agency.key

    def _made(self, named: NamedCell) -> DeclaredAgency:
        key = slug(named.text)
        if not self._rules.create or not key:
            reason = f"there is no agency {shown(named.text)}; add it, or declare it or its alias in the mapping"
            raise CellFault(named.column, reason, "UNKNOWN_AGENCY")
        return DeclaredAgency(key=key, name=tidied(named.text), kind=self._rules.kind)

    def _added(self, agency: DeclaredAgency) -> AddAgency:
        return AddAgency(
            key=agency.key,
            name=agency.name,
            aliases=agency.aliases,
            agency_kind=agency.kind,
            happened_on=self._since.get(agency.key),
            imported=True,
        )

    def _key(self, text: str) -> str:
        declared = self._declared.get(normalised(text))
        return declared.key if declared else slug(text)


class ThemeNames:
    """Leads from the names in a spreadsheet to themes; those that the mapping declares are added."""

    def __init__(self, rules: ThemeRules) -> None:
        self._declared = {
            normalised(name): theme for theme in rules.declared for name in (theme.key, theme.name, *theme.aliases)
        }

    def key(self, themes: Themes, named: NamedCell, day: date, say: Say) -> str:
        """The theme's key. Raises `CellFault` for one that is neither known nor declared."""
        if known := themes.resolve_name(named.text):
            return known
        declared = self._declared.get(normalised(named.text))
        if declared is None:
            reason = f"there is no theme {shown(named.text)}; add it, or declare it in the mapping"
            raise CellFault(named.column, reason, "UNKNOWN_THEME")
        if declared.parent is not None and not themes.known(declared.parent):
            self.key(themes, NamedCell(declared.parent, named.column), day, say)
        say(_added(declared, day), named.column)
        return declared.key


def _added(theme: DeclaredTheme, day: date) -> AddTheme:
    return AddTheme(
        key=theme.key, name=theme.name, parent=theme.parent, aliases=theme.aliases, happened_on=day, imported=True
    )
