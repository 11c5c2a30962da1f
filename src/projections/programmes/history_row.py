"""What was known when of the audit programme of each year."""

from datetime import date
from typing import Any, NamedTuple

TABLE = "programme_history"


class ProgrammeRow(NamedTuple):
    """The columns of `programme_history` beside what it is of and its two clocks."""

    version: int
    year: int
    agreed_on: date | None
    topics: tuple[str, ...]
    counted_kinds: tuple[str, ...]
    limited_to: int | None
    framework: str | None
    audits: Any
    numbers: Any
