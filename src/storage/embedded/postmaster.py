"""What `postmaster.pid` says, and whether its writer still lives. Nothing here changes anything."""

import socket
import struct
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlencode

import psutil

PID_FILE = "postmaster.pid"
_LINES, _KEY_LINE = 8, 7
_PROGRAM = "postgres"
_WHETHER_TLS = struct.pack("!ii", 8, 80877103)
"""What a client may ask before anything else, and any server answers with one letter; it leaves no line in its log."""


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
    """The live server of this data directory, or None: no file, a file left by a crash, or one that holds garbage."""
    lines = pid_file(cluster)
    pid = _number(lines, 0)
    if pid is None or not _serves(pid, cluster):
        return None
    if len(lines) < _LINES:
        return Postmaster(pid, 0, "", "starting")
    return Postmaster(pid, _number(lines, 3) or 0, lines[4], lines[7])


def pid_file(cluster: Path) -> list[str]:
    """The lines of `postmaster.pid`; none where there is no such file."""
    try:
        text = (cluster / PID_FILE).read_bytes().decode(errors="replace")
    except FileNotFoundError:
        return []
    return [line.strip() for line in text.splitlines()]


def copied_from(cluster: Path) -> Path | None:
    """The folder in which a server wrote `postmaster.pid`, where that was neither this one nor one moved here.

    Line 2 names the data directory; line 7 begins with a key made of its inode, which a copy has not and a moved
    directory has.
    """
    lines = pid_file(cluster)
    if len(lines) < _KEY_LINE or _number(lines, 0) is None:
        return None
    written_in, key = Path(lines[1]), _number(lines[_KEY_LINE - 1].split(), 0)
    moved = key is not None and (key ^ cluster.stat().st_ino) & 0xFFFFFFFF == 0
    return None if moved or _same(written_in, cluster) else written_in


def listening(folder: Path) -> int | None:
    """The process that accepts connections on a server's socket in this folder; 0 where it cannot be seen from here."""
    for path in folder.glob(".s.PGSQL.*"):
        if not path.is_socket():
            continue
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            probe.settimeout(1)
            try:
                probe.connect(str(path))
            except (ConnectionRefusedError, FileNotFoundError):
                continue
            except (TimeoutError, BlockingIOError, PermissionError):
                return 0  # somebody holds it, and is too busy to answer
            return _peer(probe)
    return None


def answers(running: Postmaster, patience: float) -> bool:
    """Whether it takes a connection and answers on it within so many seconds, also where it lets nobody in.

    The kernel takes connections for a process that is frozen, until there are too many; it does not answer them.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(patience)
        try:
            probe.connect(f"{running.sockets}/.s.PGSQL.{running.port}")
            probe.sendall(_WHETHER_TLS)
            return bool(probe.recv(1))
        except OSError:
            return False


def processes_of(cluster: Path) -> list[int]:
    """Every process of a server of this data directory, also those that outlived their postmaster."""
    return sorted(process.pid for process in psutil.process_iter() if _serves(process.pid, cluster))


def _peer(connected: socket.socket) -> int:
    if not hasattr(socket, "SO_PEERCRED"):
        return 0
    credentials = connected.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    pid: int = struct.unpack("3i", credentials)[0]
    return pid


def _same(one: Path, other: Path) -> bool:
    try:
        return one == other or one.samefile(other)
    except OSError:
        return False


def _number(lines: list[str], nth: int) -> int | None:
    try:
        found = int(lines[nth])
    except (IndexError, ValueError):
        return None
    return found if found > 0 else None


def _serves(pid: int, cluster: Path) -> bool:
    # After a crash or in a restarted container the number can belong to any other process; ours stands in its data.
    try:
        process = psutil.Process(pid)
        if process.name() != _PROGRAM or process.uids().real != cluster.stat().st_uid:
            return False
        standing_in = process.cwd()
        return bool(standing_in) and Path(standing_in).samefile(cluster)
    except (psutil.NoSuchProcess, FileNotFoundError, OverflowError):
        return False
    except psutil.AccessDenied:
        return True
