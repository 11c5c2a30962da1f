"""What happens to the partnership's themes; all on one stream."""

from domain.shared.facts import Fact


class ThemeAdded(Fact, frozen=True):
    key: str
    name: str
    parent: str | None = None
    aliases: tuple[str, ...] = ()


class ThemeRenamed(Fact, frozen=True):
    key: str
    name: str


class ThemeMerged(Fact, frozen=True):
    """What was coded `key` counts as `into`; by itself that makes no recurrence."""

    key: str
    into: str
