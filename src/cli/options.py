"""The options that several commands share."""

from datetime import date
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

Data: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--data", metavar="DIR", help="The data folder [default: $GOLDENTHREAD_DATA or ./.data].", show_default=False
    ),
]
DatabaseUrl: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--database-url",
        metavar="URL",
        help="A PostgreSQL of your own instead of the embedded one [default: $GOLDENTHREAD_DATABASE_URL].",
        show_default=False,
    ),
]
Partnership: TypeAlias = Annotated[str, typer.Option("--partnership", metavar="KEY", help="The partnership's key.")]
Name: TypeAlias = Annotated[str, typer.Option("--name", help="What it is called.")]
Alias: TypeAlias = Annotated[
    list[str], typer.Option("--alias", help="Another spelling, as spreadsheets have it; may be repeated.")
]
Framework: TypeAlias = Annotated[str, typer.Option("--framework", help="The key of a framework, e.g. knowsley-2015.")]


def a_day(text: str) -> date:
    """A day as 2024-01-31. Raises `typer.BadParameter`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day like 2024-01-31.") from None
