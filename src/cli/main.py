"""`goldenthread`: everything that a person types."""

import typer

from cli import agency, credential, framework, importer, partnership, rebuild, serving, theme, tokens
from cli.demo.command import demo
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
app.command("demo")(demo)
app.command("serve")(serving.serve)
app.add_typer(partnership.app, name="partnership")
app.add_typer(framework.app, name="framework")
app.add_typer(agency.app, name="agency")
app.add_typer(theme.app, name="theme")
app.command("token")(tokens.token)
app.add_typer(credential.app, name="credential")
app.command("import")(importer.import_spreadsheet)
app.command("report")(report)
app.command("rebuild")(rebuild.rebuild)


def main() -> None:
    """The console script."""
    app(prog_name="goldenthread")
