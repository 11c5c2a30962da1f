"""The installation that a command works on: its database, embedded or given, for as long as the command runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.app import Installation
from api.settings import Settings, load_settings
from cli.failing import CommandFailed
from domain.application import Register
from storage.embedded import embedded_server


@contextmanager
def conninfo(settings: Settings) -> Iterator[str]:
    """The database's address; the embedded server is started, or shared with whoever runs it already."""
    if settings.database_url is not None:
        yield settings.database_url
        return
    with embedded_server(settings.data) as address:
        yield address


@contextmanager
def installation(data: Path | None, database_url: str | None) -> Iterator[Installation]:
    """Raises `SettingsError`, `EmbeddedServerError` or an error of `UNAVAILABLE`."""
    with conninfo(load_settings(data=data, database_url=database_url)) as address, Installation.open(address) as opened:
        yield opened


@contextmanager
def register(partnership: str, data: Path | None, database_url: str | None) -> Iterator[Register]:
    """The register of one partnership. Raises `CommandFailed` where there is none."""
    with installation(data, database_url) as opened:
        known = opened.partnerships()
        if partnership not in known:
            raise CommandFailed(f"There is no partnership {partnership!r}{_there_are(known)}.")
        yield opened.register(partnership)


def _there_are(known: list[str]) -> str:
    return f"; there are {', '.join(known)}" if known else "; create one with `goldenthread partnership create`"
