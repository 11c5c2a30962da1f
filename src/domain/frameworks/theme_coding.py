"""Coding texts to themes by phrases that anyone can read and change."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from domain.frameworks.loader import THEMES_FILE, shipped_directory
from domain.frameworks.themes import ShippedThemes, ThemeSeed, load_themes


@dataclass(frozen=True, slots=True)
class ThemeRule:
    """A text that holds one of `phrases` is about `theme`. Without phrases: the theme of what no other rule codes."""

    theme: str
    phrases: tuple[str, ...]


def code_themes(text: str, rules: Iterable[ThemeRule]) -> tuple[str, ...]:
    """The keys of the themes that a text is about, sorted."""
    rules, words = tuple(rules), _words(text)
    found = {rule.theme for rule in rules if any(phrase in words for phrase in _phrases(rule))}
    return tuple(sorted(found or {rule.theme for rule in rules if not rule.phrases}))


def shipped_themes() -> tuple[ThemeSeed, ...]:
    """The themes that come with the product, each after its parent; raises `FrameworkError` for a broken file."""
    return _shipped().seeds


@cache
def shipped_theme_rules() -> tuple[ThemeRule, ...]:
    """A rule for every shipped theme with phrases, and the fallback."""
    fallback = ThemeRule(_shipped().fallback, ())
    return (*(ThemeRule(seed.key, seed.phrases) for seed in shipped_themes() if seed.phrases), fallback)


@cache
def _shipped() -> ShippedThemes:
    return load_themes(shipped_directory() / THEMES_FILE)


@lru_cache(maxsize=1024)
def _phrases(rule: ThemeRule) -> tuple[str, ...]:
    return tuple(map(_words, rule.phrases))


def _words(text: str) -> str:
    """Lower-case words between single spaces, so that a phrase found in it is found at the bounds of words."""
    words = re.findall(r"[^\W_]+", re.sub(r"['\u2019]", "", text.lower()))
    return f" {' '.join(words)} "
