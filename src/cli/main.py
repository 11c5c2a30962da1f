"""`goldenthread`: everything that a person types."""

from importlib.metadata import version as version_of
from typing import Annotated

import typer

from cli import (
    agency,
    backup,
    credential,
    framework,
    import_command,
    maintenance,
    partnership,
    rebuild,
    serving,
    sign_in_link,
    theme,
    tokens,
    verify,
)
from cli.demo.command import demo
from cli.ending import end_like_ctrl_c
from cli.group import Commands
from cli.reporting.command import report

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


app.command("demo")(demo)
app.command("serve")(serving.serve)
app.add_typer(partnership.app, name="partnership")
app.add_typer(framework.app, name="framework")
app.add_typer(agency.app, name="agency")
app.add_typer(theme.app, name="theme")
app.command("token")(tokens.token)
app.command("sign-in-link")(sign_in_link.sign_in_link)
app.add_typer(credential.app, name="credential")
app.command("import")(import_command.import_spreadsheet)
app.command("report")(report)
app.command("rebuild")(rebuild.rebuild)
app.command("verify")(verify.verify)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.add_typer(maintenance.app, name="maintenance")


def main() -> None:
    """The console script."""
    end_like_ctrl_c()
    app(prog_name="goldenthread")
