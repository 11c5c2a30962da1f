"""`goldenthread agency …`"""

from datetime import date
from typing import Annotated

import typer

from cli import options
from cli.output import show
from cli.runtime import administrator, register
from domain.agency.commands import AddAgency, AddAlias, MergeAgencies, RenameAgency
from domain.shared.vocabulary import AgencyKind

app = typer.Typer(help="The agencies of a partnership.", no_args_is_help=True, rich_markup_mode=None)

Key = Annotated[str, typer.Argument(help="The agency's key: small letters, digits, hyphens.")]


@app.command()
def add(
    key: Key,
    partnership: options.Partnership,
    name: options.Name,
    alias: options.Alias = [],  # noqa: B006 - typer reads the default and never changes it
    kind: Annotated[AgencyKind, typer.Option("--kind", case_sensitive=False)] = AgencyKind.PARTNER,
    data: options.Data = None,
    database_url: options.DatabaseUrl = None,
) -> None:
    """Add an agency."""
    command = AddAgency(key=key, name=name, aliases=tuple(alias), agency_kind=kind)
    with register(partnership, data, database_url) as opened:
        opened.handle(command, administrator())
    print(f"{key}: {name} is an agency of {partnership}.")


@app.command()
def rename(
    key: Key,
    partnership: options.Partnership,
    name: options.Name,
    data: options.Data = None,
    database_url: options.DatabaseUrl = None,
) -> None:
    """Give an agency another name; the earlier one goes on as an alias."""
    command = RenameAgency(key=key, name=name)
    with register(partnership, data, database_url) as opened:
        opened.handle(command, administrator())
    print(f"{key} is called {name}.")


@app.command("alias")
def add_alias(
    key: Key,
    alias: Annotated[str, typer.Argument(help="Another spelling, as spreadsheets have it.")],
    partnership: options.Partnership,
    data: options.Data = None,
    database_url: options.DatabaseUrl = None,
) -> None:
    """Let imports know an agency by another spelling."""
    command = AddAlias(key=key, alias=alias)
    with register(partnership, data, database_url) as opened:
        opened.handle(command, administrator())
    print(f"{key} is also known as {alias}.")


@app.command()
def merge(
    key: Annotated[str, typer.Argument(metavar="FROM", help="The agency that goes on in another.")],
    into: Annotated[str, typer.Argument(metavar="INTO", help="The agency that it goes on in.")],
    partnership: options.Partnership,
    on: Annotated[
        date | None, typer.Option("--on", parser=options.a_day, metavar="DATE", help="[default: today]")
    ] = None,
    data: options.Data = None,
    database_url: options.DatabaseUrl = None,
) -> None:
    """Let an agency go on in another: everything of its that is open moves in the same transaction."""
    command = MergeAgencies(key=key, into=into, happened_on=on)
    with register(partnership, data, database_url) as opened:
        outcome = opened.handle(command, administrator())
    moved = len(outcome.positions) - 1 if outcome else 0
    print(f"{key} goes on in {into}; {moved} open {'thing' if moved == 1 else 'things'} moved.")


@app.command("list")
def list_all(
    partnership: options.Partnership, data: options.Data = None, database_url: options.DatabaseUrl = None
) -> None:
    """Every agency there ever was."""
    with register(partnership, data, database_url) as opened:
        agencies = sorted(opened.agencies().all, key=lambda agency: agency.key)
    rows = [(a.key, a.name, a.kind.value, "; ".join(a.aliases), a.successor or "") for a in agencies]
    show(("KEY", "NAME", "KIND", "ALIASES", "BECAME"), rows)
