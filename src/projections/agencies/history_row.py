"""What each agency was called when, and what became of it."""

from typing import NamedTuple

TABLE = "agency_history"


class AgencyRow(NamedTuple):
    """The columns of `agency_history` beside what it is of and its two clocks."""

    name: str
    aliases: tuple[str, ...]
    kind: str
    succeeded_by: str | None
