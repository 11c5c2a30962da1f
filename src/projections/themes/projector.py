"""From the facts about themes to what each was called when, and since when one counts as another."""

from domain.facts import Recorded
from domain.theme.state import Themes, evolve
from projections.bitemporal import Key, Row
from projections.themes.history_row import TABLE, ThemeRow


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
