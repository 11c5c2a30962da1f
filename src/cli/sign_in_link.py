"""`goldenthread sign-in-link`"""

from datetime import timedelta
from typing import Annotated

import typer

from api.app.settings import load_settings
from cli import options
from cli.runtime import installation
from cli.tokens import a_while
from domain.shared.vocabulary import Role
from storage.sessions import Sessions
from web.signing_in.seals import SESSIONS, Seal

LINK_LASTS = timedelta(hours=1)


def sign_in_link(
    partnership: options.Partnership,
    role: Annotated[Role, typer.Option("--role", case_sensitive=False, help="What the person may do.")],
    subject: Annotated[str, typer.Option("--subject", help="Who it is, as the record will name them.")],
    agency: Annotated[str | None, typer.Option("--agency", metavar="KEY", help="The person's agency.")] = None,
    body: Annotated[
        list[str], typer.Option("--body", metavar="KEY", help="A body for which they act; may be repeated.")
    ] = [],  # noqa: B006 - typer reads the default and never changes it
    independent: Annotated[bool, typer.Option("--independent", help="The person belongs to no agency.")] = False,
    ttl: Annotated[
        timedelta, typer.Option("--ttl", parser=a_while, metavar="TIME", help="How long they may sign in: 30d, 52w.")
    ] = "52w",  # type: ignore[assignment] # the parser reads the default too
    data: options.Data = None,
    database_url: options.DatabaseUrl = None,
) -> None:
    """Print one address that signs a person in, once, within an hour."""
    settings = load_settings(data=data, database_url=database_url)
    with installation(data, database_url) as opened:
        sessions = Sessions(opened.database, settings.session_idle, settings.session_longest)
        credential = opened.credential_of_person(partnership, role, subject, agency, body, independent, ttl)
        seal = Seal(opened.signer.key_for(SESSIONS))
        print(f"{settings.address}/sign-in/{seal.sealed(sessions.offer(partnership, credential, LINK_LASTS))}")
