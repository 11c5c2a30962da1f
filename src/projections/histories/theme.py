"""From the facts about themes to what each was called when, and since when one counts as another."""

from datetime import date
from typing import NamedTuple

from domain.shared.facts import Recorded
from domain.theme.state import Themes, evolve
from projections.engine.timeline import Key, Row

# What each theme was called when, and what became of it.
TABLE = "theme_history"


class ThemeRow(NamedTuple):
    """The columns of `theme_history` beside what it is of and its two clocks."""

    name: str
    parent: str | None
    merged_into: str | None
    merged_on: date | None
    aliases: tuple[str, ...]


class ThemeFold:
    def start(self) -> Themes:
        return Themes()

    def step(self, state: Themes, recorded: Recorded) -> Themes:
        return evolve(state, recorded)

    def rows(self, state: Themes) -> dict[Key, Row]:
        return {
            Key(TABLE, each.key): ThemeRow(each.name, each.parent, each.merged_into, each.merged_on, each.aliases)
            for each in state.all
        }
