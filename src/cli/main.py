"""`goldenthread`: everything that a person types."""

from importlib.metadata import version as version_of
from typing import Annotated

import typer

from cli.ending import end_like_ctrl_c
from cli.group import Commands

app = typer.Typer(
    cls=Commands,
    help="A register of recommendations and actions for safeguarding partnerships.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"goldenthread {version_of('goldenthread')}")
        raise typer.Exit


@app.callback()
def outermost(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """A register of recommendations and actions for safeguarding partnerships."""


def main() -> None:
    """The console script."""
    end_like_ctrl_c()
    app(prog_name="goldenthread")
