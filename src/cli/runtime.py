"""The installation that a command works on, embedded or given, and in whose name it does."""

import getpass
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.app.installation import Installation
from api.app.settings import Settings, SettingsError, load_settings
from cli.ending import CommandFailed
from domain.register import Register
from domain.shared.actor import Caller
from domain.shared.vocabulary import Role
from storage.database import with_network_limits
from storage.embedded import embedded_server
from storage.embedded.archive import Archive
from storage.embedded.place import is_made

# The installation that a command works on: its database, embedded or given, for as long as the command runs.
CONNECTIONS = 2


@contextmanager
def conninfo(settings: Settings, *, supervise: bool = False, makes: bool = False) -> Iterator[str]:
    """The database's address; the embedded server is started, or shared with whoever runs it already.

    With `supervise` an embedded server that ends by itself is started again. Without `makes` a data folder in which
    there is none is refused: whoever mistyped it would back up, verify or lock an installation that is empty.
    """
    if settings.database_url is not None:
        if settings.archive_folder is not None:
            raise SettingsError(
                "GOLDENTHREAD_ARCHIVE_FOLDER: expected none beside GOLDENTHREAD_DATABASE_URL; a server of your own "
                "archives by its own settings."
            )
        yield with_network_limits(settings.database_url)
        return
    if not makes and not is_made(settings.data):
        raise CommandFailed(
            f"There is no installation in {settings.data.expanduser().resolve()}: give its folder with --data or "
            "GOLDENTHREAD_DATA; a new one is made by `serve`, `partnership create` or `restore`."
        )
    with embedded_server(settings.data, supervise=supervise, archive=archive_of(settings)) as address:
        yield address


def archive_of(settings: Settings) -> Archive | None:
    """Where the embedded server archives what it writes, if it does."""
    folder = settings.archive_folder
    return Archive(folder.expanduser().resolve()) if folder else None


@contextmanager
def installation(data: Path | None, database_url: str | None, *, makes: bool = False) -> Iterator[Installation]:
    """With `makes` an embedded one is made where there is none.

    Raises `CommandFailed`, `SettingsError`, `EmbeddedServerError` or an error of `UNAVAILABLE`.
    """
    settings = load_settings(data=data, database_url=database_url)
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # a connection that was lost is told in one sentence
    with (
        conninfo(settings, makes=makes) as address,
        Installation.open(
            address,
            pool_size=CONNECTIONS,
            patience=settings.patience,
            clock_tolerance=settings.clock_tolerance,
            read_only=settings.read_only,
        ) as opened,
    ):
        yield opened


@contextmanager
def register(partnership: str, data: Path | None, database_url: str | None) -> Iterator[Register]:
    """The register of one partnership. Raises `NotFound` where there is none."""
    with installation(data, database_url) as opened:
        yield opened.register(partnership)


# In whose name the command line speaks: the administrator who typed the command.


def administrator() -> Caller:
    """Named after the account of the operating system."""
    try:
        account = getpass.getuser()
    except (KeyError, OSError):
        account = "unknown"
    return Caller(f"command-line:{account}", Role.ADMINISTRATOR)
