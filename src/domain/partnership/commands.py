from typing import Annotated

from pydantic import StringConstraints

from domain.frameworks import Framework
from domain.shared.commands import NEW_KEY, Command, Key, Name

LONGEST_KEY = 60
"""Letters of a partnership's key: PostgreSQL cuts longer names of schemas, and two keys would be one."""
PartnershipKey = Annotated[str, StringConstraints(pattern=NEW_KEY, max_length=LONGEST_KEY)]


class CreatePartnership(Command, frozen=True):
    key: PartnershipKey
    name: Name
    framework: Key
    time_zone: Key = "Europe/London"
    demonstration: bool = False


class AddFramework(Command, frozen=True):
    """One of the partnership's own, perhaps an extended copy of another."""

    framework: Framework


class AdoptFramework(Command, frozen=True):
    """From `happened_on`, by default today."""

    framework: Key
