"""`goldenthread maintenance …`"""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from cli import options
from cli.runtime import installation
from cli.tokens import a_while
from storage import maintenance

app = typer.Typer(
    help="Keep an installation read-only while somebody works on it.", no_args_is_help=True, rich_markup_mode=None
)


@app.command()
def on(
    reason: Annotated[str, typer.Option("--reason", help="Why, as everybody who is refused will be told.")] = "",
    expected: Annotated[
        timedelta | None, typer.Option("--for", parser=a_while, metavar="TIME", help="How long, e.g. 30m or 2h.")
    ] = None,
    data: options.Data = None,
    database_url: options.DatabaseUrl = None,
) -> None:
    """Record nothing more, in any partnership, until `off`; whatever is asked goes on."""
    until = datetime.now(UTC) + expected if expected else None
    with installation(data, database_url) as opened:
        maintenance.begin(opened.conninfo, reason, until)
    print(f"Read-only{f' until about {until:%H:%M} UTC' if until else ''}; everything acknowledged before is recorded.")


@app.command()
def off(data: options.Data = None, database_url: options.DatabaseUrl = None) -> None:
    """Record again."""
    with installation(data, database_url) as opened:
        maintenance.end(opened.conninfo)
    print("Things are recorded again.")


@app.command()
def status(data: options.Data = None, database_url: options.DatabaseUrl = None) -> None:
    """Say which of the two it is."""
    with installation(data, database_url) as opened:
        found = maintenance.current(opened.conninfo)
    if found is None:
        print("Things are recorded.")
        return
    until = f", until about {found.until:%Y-%m-%d %H:%M} UTC" if found.until else ""
    print(f"Read-only since {found.began_at:%Y-%m-%d %H:%M} UTC{until}{f': {found.reason}' if found.reason else '.'}")
