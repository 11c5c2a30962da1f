"""The rules of the themes, one refusal each."""

from domain.shared.refusals import Invalid, UnknownTheme
from domain.theme.state import Theme, Themes


def the_key_is_new(themes: Themes, key: str) -> None:
    if themes.known(key):
        raise Invalid(f"There is a theme {key!r} already.", "key")


def nothing_else_is_called_so(themes: Themes, key: str, name: str, *field: str) -> None:
    other = themes.resolve_name(name)
    if other not in {None, key}:
        raise Invalid(f"{other!r} is called {name!r} already.", *field)


def the_theme_exists(themes: Themes, key: str, *field: str) -> Theme:
    if not themes.known(key):
        raise UnknownTheme(f"There is no theme {key!r}.", *field)
    return themes.by_key[key]


def a_theme_is_not_merged_into_itself(themes: Themes, key: str, into: str) -> None:
    if themes.current(into) == key:
        raise Invalid(f"{into!r} counts as {key!r} already.", "into")
