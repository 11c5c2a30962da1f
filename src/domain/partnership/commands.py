from domain.frameworks import Framework
from domain.shared.commands import Command, Key, Name, NewKey


class CreatePartnership(Command, frozen=True):
    key: NewKey
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
