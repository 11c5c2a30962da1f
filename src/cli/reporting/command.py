"""`goldenthread report`"""

from datetime import date
from typing import Annotated

import typer

from cli import options
from cli.reporting.pages import page
from cli.reporting.question import read_report
from cli.runtime import installation


def report(
    partnership: options.Partnership,
    year: Annotated[int | None, typer.Option("--year", max=9999, help="A calendar year.", show_default=False)] = None,
    since: Annotated[
        date | None, typer.Option("--since", parser=options.a_day, metavar="DATE", help="The first day.")
    ] = None,
    until: Annotated[
        date | None, typer.Option("--until", parser=options.a_day, metavar="DATE", help="The last day.")
    ] = None,
    data: options.Data = None,
    database_url: options.DatabaseUrl = None,
) -> None:
    """What a year brought, with the evidence of impact, as Markdown: for the annual report."""
    period = {"year": year, "since": since and since.isoformat(), "until": until and until.isoformat()}
    given = {name: value for name, value in period.items() if value is not None}
    with installation(data, database_url) as opened:
        served = opened.served(partnership)
        register, findings = read_report(served, given)
        demonstration = served.register.partnership().demonstration
    for line in page(register, findings, demonstration=demonstration):
        print(line)
