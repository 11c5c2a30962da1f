"""What was known when of each agency's return on its standing duties."""

from datetime import date
from typing import NamedTuple

TABLE = "return_history"


class ReturnRow(NamedTuple):
    """The columns of `return_history` beside what it is of and its two clocks."""

    version: int
    agency: str
    framework: str
    year: int
    period: int
    since: date
    until: date
    called_on: date
    due_on: date
