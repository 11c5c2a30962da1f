"""What `postmaster.pid` says, and whether its writer still lives."""

from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlencode

import psutil

_FILE = "postmaster.pid"
_LINES = 8


class Postmaster(NamedTuple):
    """A live server; `status` is PostgreSQL's own word: starting, ready, stopping."""

    pid: int
    port: int
    sockets: str
    status: str

    def uri(self) -> str:
        """The superuser's address through the Unix socket."""
        return (
            f"postgresql://postgres@/postgres?{urlencode({'host': self.sockets, 'port': self.port}, quote_via=quote)}"
        )


def postmaster(cluster: Path) -> Postmaster | None:
    """The server of this data directory, or None; a file left by a crash is removed."""
    file = cluster / _FILE
    try:
        lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    except FileNotFoundError:
        return None
    if not lines or not _serves(int(lines[0]), cluster):
        file.unlink(missing_ok=True)
        return None
    if len(lines) < _LINES:
        return Postmaster(int(lines[0]), 0, "", "starting")
    return Postmaster(int(lines[0]), int(lines[3]), lines[4], lines[7])


def _serves(pid: int, cluster: Path) -> bool:
    # After a crash or in a restarted container the number can belong to any other process; ours stands in its data.
    try:
        return Path(psutil.Process(pid).cwd()).samefile(cluster)
    except (psutil.NoSuchProcess, FileNotFoundError):
        return False
    except psutil.AccessDenied:
        return True
