"""The embedded server of a data folder, for as long as somebody uses it."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event

from storage.embedded.account import STRANGER, expected_account, system_account
from storage.embedded.archive import Archive
from storage.embedded.cluster import Cluster
from storage.embedded.place import prepare
from storage.embedded.postmaster import postmaster
from storage.embedded.program import programs
from storage.embedded.settings import SETTINGS
from storage.embedded.sharing import shared
from storage.embedded.supervision import supervised


@contextmanager
def embedded_server(
    data: Path,
    settings: Mapping[str, str] | None = None,
    *,
    supervise: bool = False,
    archive: Archive | None = None,
) -> Iterator[str]:
    """The superuser's URI of the PostgreSQL in `data/postgres`, started by the first user and stopped by the last.

    `settings` override PostgreSQL's for a server that this call starts. With `supervise` it is started again whenever
    it ends by itself, under the same URI; with `archive` it archives what it writes. Raises `EmbeddedServerError` with
    one sentence when the folder cannot be used; as root no folder's mode or owner is changed but those made here.
    """
    folder = data.expanduser().resolve() / "postgres"
    expected = expected_account(folder)
    home = prepare(data, expected)
    leaving = Event()

    def cluster(given_up: Event) -> Cluster:
        account = system_account() if expected is STRANGER else expected
        found = programs(home, account)
        if archive:
            archive.prepare(folder, account, found)
        chosen = {**SETTINGS, **(archive.settings() if archive else {}), **(settings or {})}
        return Cluster(home, account, found, chosen, given_up)

    def stop() -> None:
        if postmaster(folder) is not None:
            cluster(Event()).stop()

    with shared(folder, lambda: cluster(leaving).start(), stop) as running, ExitStack() as watching:
        if supervise:
            watching.enter_context(supervised(folder, lambda: cluster(leaving).start(), leaving))
        yield running.uri()
