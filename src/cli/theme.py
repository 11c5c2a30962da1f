"""`goldenthread theme …`"""

from datetime import date
from typing import Annotated

import typer

from cli import options
from cli.output import show
from cli.runtime import administrator, register
from domain.shared.vocabulary import Kind
from domain.theme.commands import AddTheme, MergeTheme, RenameTheme
from domain.theme.state import Themes

app = typer.Typer(help="The themes of a partnership's learning.", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def add(
    key: Annotated[str, typer.Argument(help="The theme's key: small letters, digits, hyphens.")],
    partnership: options.Partnership,
    name: options.Name,
    parent: Annotated[str | None, typer.Option("--parent", help="The key of the theme above it.")] = None,
    alias: options.Alias = [],  # noqa: B006 - typer reads the default and never changes it
    data: options.Data = None,
    database_url: options.DatabaseUrl = None,
) -> None:
    """Add a theme."""
    command = AddTheme(key=key, name=name, parent=parent, aliases=tuple(alias))
    with register(partnership, data, database_url) as opened:
        opened.handle(command, administrator())
    print(f"{key}: {name} is a theme of {partnership}.")


@app.command()
def rename(
    key: Annotated[str, typer.Argument(help="The theme's key, which stays.")],
    partnership: options.Partnership,
    name: options.Name,
    data: options.Data = None,
    database_url: options.DatabaseUrl = None,
) -> None:
    """Give a theme another name; the earlier one goes on as an alias."""
    command = RenameTheme(key=key, name=name)
    with register(partnership, data, database_url) as opened:
        opened.handle(command, administrator())
    print(f"{key} is called {name}.")


@app.command()
def merge(
    key: Annotated[str, typer.Argument(metavar="FROM", help="The theme that goes on in another.")],
    into: Annotated[str, typer.Argument(metavar="INTO", help="The theme that it goes on in.")],
    partnership: options.Partnership,
    on: Annotated[
        date | None, typer.Option("--on", parser=options.a_day, metavar="DATE", help="[default: today]")
    ] = None,
    data: options.Data = None,
    database_url: options.DatabaseUrl = None,
) -> None:
    """Let a theme go on in another; by itself this makes nothing recur."""
    command = MergeTheme(key=key, into=into, happened_on=on)
    with register(partnership, data, database_url) as opened:
        opened.handle(command, administrator())
    print(f"{key} goes on in {into}.")


@app.command("list")
def list_all(
    partnership: options.Partnership, data: options.Data = None, database_url: options.DatabaseUrl = None
) -> None:
    """Every theme there ever was."""
    with register(partnership, data, database_url) as opened:
        themes: Themes = opened.open().single(Kind.THEMES) or Themes()
    rows = [(t.key, t.name, t.parent or "", "; ".join(t.aliases), t.merged_into or "") for t in themes.all]
    show(("KEY", "NAME", "UNDER", "ALIASES", "MERGED INTO"), sorted(rows))
