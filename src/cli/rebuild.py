"""`goldenthread rebuild`"""

from datetime import timedelta
from functools import partial
from typing import Annotated

import typer

from cli import options, output
from cli.ending import CommandFailed, instead_of
from cli.runtime import installation
from cli.tokens import a_while
from projections.engine.rebuild import rebuild as rebuild_histories
from storage.migrate import schema_of


def rebuild(
    partnership: Annotated[
        str | None, typer.Option("--partnership", metavar="KEY", help="Only this one [default: every partnership].")
    ] = None,
    projection: Annotated[
        str | None, typer.Option("--projection", metavar="NAME", help="Only this one, e.g. action_history.")
    ] = None,
    wait: Annotated[
        timedelta,
        typer.Option(
            "--wait", parser=a_while, metavar="TIME", help="How long readers in the way of the switch are waited for."
        ),
    ] = "1h",  # type: ignore[assignment]
    data: options.Data = None,
    database_url: options.DatabaseUrl = None,
) -> None:
    """Make the read models anew from the facts, beside the old ones, and switch; readers and writers go on."""
    with installation(data, database_url) as opened:
        for key in _asked(opened.partnerships(), partnership):
            with output.shown() as step, instead_of(ValueError):
                facts = rebuild_histories(
                    opened.conninfo,
                    schema_of(key),
                    projection,
                    partial(step, f"Rebuilding {key}"),
                    switch_s=wait.total_seconds(),
                )
            print(f"{key}: rebuilt from {facts:,} facts.")


def _asked(known: list[str], partnership: str | None) -> list[str]:
    if partnership is not None and partnership not in known:
        raise CommandFailed(f"There is no partnership {partnership!r}.")
    return known if partnership is None else [partnership]
