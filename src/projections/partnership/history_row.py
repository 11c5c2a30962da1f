"""What the partnership was called when, and which frameworks it followed."""

from typing import Any, NamedTuple

TABLE = "partnership_history"


class PartnershipRow(NamedTuple):
    """The columns of `partnership_history` beside what it is of and its two clocks."""

    key: str
    name: str
    time_zone: str
    demonstration: bool
    frameworks: Any
