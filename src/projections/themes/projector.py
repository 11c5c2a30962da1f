"""From the facts about themes to what each was called when, and since when one counts as another."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from domain.facts import Recorded
from domain.theme.events import ThemeMerged
from domain.theme.state import Themes, evolve
from projections.bitemporal import Key, Row
from projections.themes.history_row import TABLE, ThemeRow


@dataclass(frozen=True, slots=True)
class Folded:
    """How far the facts have been folded."""

    themes: Themes = field(default_factory=Themes)
    merged_on: Mapping[str, date] = field(default_factory=dict)


class ThemeFold:
    def start(self) -> Folded:
        return Folded()

    def step(self, state: Folded, recorded: Recorded) -> Folded:
        state = replace(state, themes=evolve(state.themes, recorded))
        if isinstance(recorded.fact, ThemeMerged):
            return replace(state, merged_on={**state.merged_on, recorded.fact.key: recorded.fact.happened_on})
        return state

    def rows(self, state: Folded) -> dict[Key, Row]:
        merged = state.themes.merged
        return {
            Key(TABLE, key): ThemeRow(each.name, each.parent, merged.get(key), state.merged_on.get(key), each.aliases)
            for key, each in state.themes.by_key.items()
        }
