"""`goldenthread token`"""

from datetime import timedelta
from typing import Annotated

import typer

from api.app import settings
from cli import options
from cli.runtime import installation
from domain.shared.vocabulary import Role


def a_while(text: str) -> timedelta:
    """A length of time such as 30m, 8h, 7d or 2w. Raises `typer.BadParameter`."""
    try:
        return settings.a_while(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def token(
    partnership: options.Partnership,
    role: Annotated[Role, typer.Option("--role", case_sensitive=False, help="What the holder may do.")],
    subject: Annotated[str, typer.Option("--subject", help="Who holds it, as the record will name them.")],
    agency: Annotated[str | None, typer.Option("--agency", metavar="KEY", help="The holder's agency.")] = None,
    body: Annotated[
        list[str], typer.Option("--body", metavar="KEY", help="A body for which the holder acts; may be repeated.")
    ] = [],  # noqa: B006 - typer reads the default and never changes it
    independent: Annotated[bool, typer.Option("--independent", help="The holder belongs to no agency.")] = False,
    ttl: Annotated[
        timedelta, typer.Option("--ttl", parser=a_while, metavar="TIME", help="How long it holds: 30m, 8h, 7d, 2w.")
    ] = "8h",  # type: ignore[assignment] # the parser reads the default too
    data: options.Data = None,
    database_url: options.DatabaseUrl = None,
) -> None:
    """Print one bearer token for this installation, and nothing else."""
    with installation(data, database_url) as opened:
        print(opened.issue_token(partnership, role, subject, agency, body, independent, ttl))
