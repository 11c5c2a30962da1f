"""The embedded server of a data folder, for as long as somebody uses it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from storage.embedded.account import STRANGER, expected_account, system_account
from storage.embedded.cluster import Cluster
from storage.embedded.place import prepare
from storage.embedded.program import programs
from storage.embedded.settings import SETTINGS
from storage.embedded.sharing import shared


@contextmanager
def embedded_server(data: Path, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """The superuser's URI of the PostgreSQL in `data/postgres`, started by the first user and stopped by the last.

    `settings` override PostgreSQL's for a server that this call starts. Raises `EmbeddedServerError` with one sentence
    when the folder cannot be used; as root no folder's mode or owner is changed but those made here.
    """
    folder = data.expanduser().resolve() / "postgres"
    expected = expected_account(folder)
    home = prepare(data, expected)

    def cluster() -> Cluster:
        account = system_account() if expected is STRANGER else expected
        return Cluster(home, account, programs(home, account), {**SETTINGS, **(settings or {})})

    with shared(folder, lambda: cluster().start(), lambda: cluster().stop()) as running:
        yield running.uri()
