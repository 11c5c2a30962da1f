"""How a partnership begins: created, with the shipped themes, in one transaction."""

from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from domain.frameworks import shipped_frameworks
from domain.frameworks.theme_coding import shipped_themes
from domain.partnership.commands import CreatePartnership
from domain.register import Register
from domain.shared.actor import Caller
from domain.shared.commands import Command
from domain.shared.refusals import Invalid
from domain.shared.vocabulary import Role
from domain.theme.commands import AddTheme

FOUNDER = Caller("installation", Role.ADMINISTRATOR)
OPENING_HOUR = time(9)


def found_partnership(
    register_of: Callable[[], Register],
    key: str,
    name: str,
    framework: str,
    *,
    demonstration: bool,
    today: date | None,
) -> None:
    """`register_of` makes the empty register, once everything that can be refused beforehand has not been."""
    create = CreatePartnership(key=key, name=name, framework=framework, demonstration=demonstration)
    _may_be_founded(create, today)
    register = register_of()
    if today is not None and register.partnership().created_on is None:
        register.ledger.set_clock(datetime.combine(today, OPENING_HOUR, ZoneInfo(create.time_zone)))
    session = register.open()
    for command in _commands(create):
        register.decide(session, command, FOUNDER)
    register.save(session)


def _may_be_founded(create: CreatePartnership, today: date | None) -> None:
    if today is not None and not create.demonstration:
        raise Invalid("Only a demonstration may run on a simulated clock.", "today")
    if create.framework not in shipped_frameworks():
        known = ", ".join(sorted(shipped_frameworks()))
        raise Invalid(f"There is no framework {create.framework!r}; there are {known}.", "framework")


def _commands(create: CreatePartnership) -> list[Command]:
    themes = (
        AddTheme(key=theme.key, name=theme.name, parent=theme.parent, aliases=theme.aliases)
        for theme in shipped_themes()
    )
    return [create, *themes]
