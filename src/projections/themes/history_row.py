"""What each theme was called when, and what became of it."""

from datetime import date
from typing import NamedTuple

TABLE = "theme_history"


class ThemeRow(NamedTuple):
    """The columns of `theme_history` beside what it is of and its two clocks."""

    name: str
    parent: str | None
    merged_into: str | None
    merged_on: date | None
    aliases: tuple[str, ...]
