from domain.commands import Command, Key, Name, NewKey


class CreatePartnership(Command, frozen=True):
    key: NewKey
    name: Name
    framework: Key
    time_zone: Key = "Europe/London"
    demonstration: bool = False


class AdoptFramework(Command, frozen=True):
    """From `happened_on`, by default today."""

    framework: Key
