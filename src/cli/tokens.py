"""`goldenthread token`"""

import re
from datetime import timedelta
from typing import Annotated

import typer

from cli import options
from cli.opened import installation
from domain.words import Role

UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def a_while(text: str) -> timedelta:
    """A length of time such as 30m, 8h, 7d or 2w. Raises `typer.BadParameter`."""
    told = re.fullmatch(r"([1-9]\d{0,4})([mhdw])", text)
    if told is None:
        raise typer.BadParameter(f"{text!r} is not a length of time like 30m, 8h, 7d or 2w.")
    return timedelta(**{UNITS[told[2]]: int(told[1])})
