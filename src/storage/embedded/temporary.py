"""A server for one test run, in a folder of its own that goes away with it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.embedded.account import STRANGER
from storage.embedded.errors import EmbeddedServerError
from storage.embedded.place import blocked_at
from storage.embedded.server import embedded_server
from storage.embedded.settings import FOR_TESTS

_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - as below
ROOM = 6 * 2**30
"""Bytes that must be free there: two servers at once, each with its write-ahead log, take a third of it."""
_USUAL = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108 - a private folder is made inside


@contextmanager
def temporary_server() -> Iterator[str]:
    """The superuser's URI of a fresh server that outlives its processes and not the machine; gone at the end.

    In memory where there is room: a run of the tests copies some twenty gigabytes that nobody reads twice.
    """
    with temporary_data(_memory()) as data, embedded_server(data, FOR_TESTS) as uri:
        yield uri


@contextmanager
def temporary_data(place: Path | None = None) -> Iterator[Path]:
    """An empty data folder that the embedded server can use, as root too, removed at the end."""
    with tempfile.TemporaryDirectory(prefix="goldenthread-", dir=place or _reachable()) as made:
        Path(made).chmod(0o711 if os.geteuid() == 0 else 0o700)
        yield Path(made)


def _memory() -> Path | None:
    """None where it is small, as in containers, and where TMPDIR says something else."""
    small = "TMPDIR" in os.environ or not _IN_MEMORY.is_dir() or shutil.disk_usage(_IN_MEMORY).free < ROOM
    return None if small else _IN_MEMORY


def _reachable() -> Path:
    places = [Path(place) for place in (tempfile.gettempdir(), *_USUAL)]
    if os.geteuid() != 0:
        return places[0]
    found = next((place for place in places if place.is_dir() and not blocked_at(place.resolve(), STRANGER)), None)
    if found is None:
        raise EmbeddedServerError("No temporary folder can be entered by an unprivileged account: set TMPDIR to one.")
    return found
