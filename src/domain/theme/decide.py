"""Adding, renaming and merging themes."""

from domain.shared.dates import nothing_happens_in_the_future
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Fact
from domain.theme import events, rules
from domain.theme.commands import AddTheme, MergeTheme, RenameTheme
from domain.theme.state import Themes


def add(themes: Themes, command: AddTheme, context: DecisionContext) -> list[Fact]:
    nothing_happens_in_the_future(context)
    rules.the_key_is_new(themes, command.key)
    for field, name in (("key", command.key), ("name", command.name), *(("aliases", a) for a in command.aliases)):
        rules.nothing_else_is_called_so(themes, command.key, name, field)
    if command.parent is not None:
        rules.the_theme_exists(themes, command.parent, "parent")
    return [
        events.ThemeAdded(
            happened_on=context.on,
            by=context.by,
            key=command.key,
            name=command.name,
            parent=command.parent,
            aliases=tuple(dict.fromkeys(command.aliases)),
        )
    ]


def rename(themes: Themes, command: RenameTheme, context: DecisionContext) -> list[Fact]:
    """The earlier name goes on as an alias."""
    nothing_happens_in_the_future(context)
    theme = rules.the_theme_exists(themes, command.key, "key")
    rules.nothing_else_is_called_so(themes, command.key, command.name, "name")
    if theme.name == command.name:
        return []
    return [events.ThemeRenamed(happened_on=context.on, by=context.by, key=theme.key, name=command.name)]


def merge(themes: Themes, command: MergeTheme, context: DecisionContext) -> list[Fact]:
    nothing_happens_in_the_future(context)
    theme = rules.the_theme_exists(themes, command.key, "key")
    into = rules.the_theme_exists(themes, command.into, "into")
    rules.a_theme_is_not_merged_into_itself(themes, theme.key, into.key)
    if themes.merged.get(theme.key) == into.key:
        return []
    return [events.ThemeMerged(happened_on=context.on, by=context.by, key=theme.key, into=into.key)]
