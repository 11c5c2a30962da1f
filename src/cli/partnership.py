"""`goldenthread partnership …`"""

from datetime import date
from typing import Annotated

import psycopg
import typer

from cli import options
from cli.output import show
from cli.runtime import administrator, installation, register
from domain.partnership.commands import AdoptFramework, CreatePartnership
from domain.register import Register
from storage.epoch import renew_epoch
from storage.migrate import schema_of

app = typer.Typer(help="Partnerships and their frameworks.", no_args_is_help=True, rich_markup_mode=None)

Key = Annotated[str, typer.Argument(help="The partnership's key: small letters, digits, hyphens.")]
From = Annotated[date, typer.Option("--from", parser=options.a_day, metavar="DATE", help="The first day in force.")]


@app.command()
def create(
    key: Key,
    name: options.Name,
    framework: options.Framework,
    data: options.Data = None,
    database_url: options.DatabaseUrl = None,
) -> None:
    """Create a partnership with its own register and the shipped themes."""
    CreatePartnership(key=key, name=name, framework=framework)
    with installation(data, database_url, makes=True) as opened:
        opened.create_partnership(key, name, framework)
    print(f"{key}: {name} works by {framework}.")


@app.command()
def adopt(
    key: Key,
    framework: options.Framework,
    from_day: From,
    data: options.Data = None,
    database_url: options.DatabaseUrl = None,
) -> None:
    """Let another framework succeed the one in force."""
    command = AdoptFramework(framework=framework, happened_on=from_day)
    with register(key, data, database_url) as opened:
        opened.handle(command, administrator())
    print(f"{key} works by {framework} from {from_day}.")


@app.command()
def restored(key: Key, data: options.Data = None, database_url: options.DatabaseUrl = None) -> None:
    """Say that a partnership was put back from an older backup, so that partners who poll begin anew."""
    with installation(data, database_url) as opened:
        opened.register(key)
        with psycopg.connect(opened.conninfo) as conn:
            renew_epoch(conn, schema_of(key))
    print(f"{key}: cursors and event ids of before are refused from now on.")


@app.command("list")
def list_all(data: options.Data = None, database_url: options.DatabaseUrl = None) -> None:
    """Every partnership of the installation, with its framework of today."""
    with installation(data, database_url) as opened:
        rows = [_row(key, opened.register(key)) for key in opened.partnerships()]
    show(("KEY", "NAME", "FRAMEWORK"), rows)


def _row(key: str, register_of_it: Register) -> tuple[str, str, str]:
    known = register_of_it.partnership()
    return key, known.name, known.framework_on(register_of_it.today())
