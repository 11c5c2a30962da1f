"""`goldenthread credential …`"""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import typer

from cli import options
from cli.output import show
from cli.runtime import administrator, installation, register
from domain.credential.commands import RevokeCredential
from projections.queries.credentials.query import CredentialListed, every

app = typer.Typer(help="The credentials behind a partnership's tokens.", no_args_is_help=True, rich_markup_mode=None)


@app.command("list")
def list_all(
    partnership: options.Partnership, data: options.Data = None, database_url: options.DatabaseUrl = None
) -> None:
    """Every credential that was ever issued, and whether it still holds; never the tokens themselves."""
    with installation(data, database_url) as opened, opened.served(partnership).transaction() as conn:
        rows = [_row(each) for each in every(conn)]
    show(("ID", "SUBJECT", "ROLE", "FOR", "HOLDS"), rows)


@app.command()
def revoke(
    credential: Annotated[UUID, typer.Argument(metavar="ID", help="The credential's id, as `list` shows it.")],
    partnership: options.Partnership,
    reason: Annotated[str, typer.Option("--reason", help="Why, as the record will say.")],
    data: options.Data = None,
    database_url: options.DatabaseUrl = None,
) -> None:
    """Refuse a token from now on; a running server follows within seconds."""
    command = RevokeCredential(id=credential, reason=reason)
    with register(partnership, data, database_url) as opened:
        outcome = opened.handle(command, administrator())
    print(f"{credential} {'is' if outcome else 'was already'} revoked.")


def _row(each: CredentialListed) -> tuple[str, str, str, str, str]:
    return str(each.credential), each.subject, each.role, each.agency or ", ".join(each.bodies), _holds(each)


def _holds(each: CredentialListed) -> str:
    if each.revoked_reason is not None:
        return f"revoked: {each.revoked_reason}"
    return f"{'expired' if each.expires_at <= datetime.now(UTC) else 'until'} {each.expires_at:%Y-%m-%d %H:%M} UTC"
