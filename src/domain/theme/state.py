"""The partnership's themes, and which went on in which."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from domain.shared.facts import Recorded
from domain.shared.texts import normalised
from domain.theme.events import ThemeAdded, ThemeMerged, ThemeRenamed


@dataclass(frozen=True, slots=True)
class Theme:
    key: str
    name: str
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    merged_into: str | None = None
    merged_on: date | None = None


@dataclass(frozen=True, slots=True)
class Themes:
    """`called` leads from a plain name, alias or key to the key; `merged` from a key to the one it went on in."""

    version: int = 0
    by_key: Mapping[str, Theme] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    merged_on: Mapping[str, date] = field(default_factory=dict)

    @property
    def all(self) -> tuple[Theme, ...]:
        """Every theme there ever was, with what it went on in."""
        return tuple(
            replace(each, merged_into=self.merged.get(each.key), merged_on=self.merged_on.get(each.key))
            for each in self.by_key.values()
        )

    def known(self, key: str) -> bool:
        return key in self.by_key

    def resolve_name(self, text: str) -> str | None:
        return self.called.get(normalised(text))

    def current(self, key: str) -> str:
        """The theme that it counts as today."""
        seen = {key}
        while (into := self.merged.get(key, key)) not in seen:
            seen.add(into)
            key = into
        return key


def evolve(themes: Themes, recorded: Recorded) -> Themes:
    themes = replace(themes, version=max(themes.version, recorded.originator_version))
    match recorded.fact:
        case ThemeAdded() as fact:
            return _with(themes, Theme(fact.key, fact.name, fact.parent, fact.aliases))
        case ThemeRenamed(key=key, name=name) if key in themes.by_key:
            theme = themes.by_key[key]
            return _with(themes, replace(theme, name=name, aliases=(*theme.aliases, theme.name)))
        case ThemeMerged(key=key, into=into, happened_on=day):
            days = {**themes.merged_on, key: day}
            return replace(themes, merged={**themes.merged, key: into}, merged_on=days)
        case _:
            return themes


def _with(themes: Themes, theme: Theme) -> Themes:
    names = {normalised(name): theme.key for name in (theme.key, theme.name, *theme.aliases)}
    return replace(themes, by_key={**themes.by_key, theme.key: theme}, called={**themes.called, **names})
