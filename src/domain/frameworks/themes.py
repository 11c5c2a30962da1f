"""The themes that a partnership may start with, from their data file."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from domain.frameworks.data_file import read_data_file
from domain.frameworks.faults import Faults
from domain.frameworks.nodes import KeyPath
from domain.frameworks.parts import Key, Text


@dataclass(frozen=True, slots=True)
class ThemeSeed:
    """`parent` is the key of the theme above, None at the top; `phrases` code a text to the theme."""

    key: str
    name: str
    parent: str | None
    aliases: tuple[str, ...]
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShippedThemes:
    """`fallback` is the theme of whatever no phrase codes."""

    seeds: tuple[ThemeSeed, ...]
    fallback: str


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Theme(_Part):
    name: Text
    aliases: tuple[Text, ...] = ()
    phrases: tuple[Text, ...] = ()


class _Group(_Part):
    name: Text
    themes: dict[Key, _Theme]


class _File(_Part):
    themes: dict[Key, _Group]
    fallback: Key


def load_themes(path: Path) -> ShippedThemes:
    """Raises `FrameworkError`, naming file, line and key, for a file that is not one whole valid list of themes."""
    file = read_data_file(path)
    content = file.as_a(_File)
    for fault in _faults(content):
        raise file.error(*fault)
    return ShippedThemes(tuple(_seeds(content)), content.fallback)


def _seeds(content: _File) -> Iterator[ThemeSeed]:
    for group_key, group in content.themes.items():
        yield ThemeSeed(group_key, group.name, None, (), ())
        for key, theme in group.themes.items():
            yield ThemeSeed(key, theme.name, group_key, theme.aliases, theme.phrases)


def _faults(content: _File) -> Faults:
    if not any(content.fallback in group.themes for group in content.themes.values()):
        yield ("fallback",), f"unknown theme `{content.fallback}`"
    yield from _themes_named_twice(content)
    yield from _phrases_out_of_place(content)


def _themes_named_twice(content: _File) -> Faults:
    named: set[str] = set(content.themes)
    for path, key, theme in _leaves(content):
        for name in (key, *theme.aliases):
            if name in named:
                yield path, f"`{name}` names two themes"
            named.add(name)


def _phrases_out_of_place(content: _File) -> Faults:
    for path, key, theme in _leaves(content):
        if bool(theme.phrases) == (key == content.fallback):
            yield path, "every theme has phrases, and only the fallback has none"
        for phrase in theme.phrases:
            if phrase != phrase.lower():
                yield (*path, "phrases"), f"`{phrase}` is not in lower case"


def _leaves(content: _File) -> Iterator[tuple[KeyPath, str, _Theme]]:
    for group_key, group in content.themes.items():
        for key, theme in group.themes.items():
            yield ("themes", group_key, "themes", key), key, theme
