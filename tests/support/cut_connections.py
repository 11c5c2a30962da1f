"""Connections to a real server that break at a chosen statement: before it arrives, within it, or before its answer.

What a client sends is passed on statement by statement, so that all of them can be counted, and each of them cut.
"""

import os
import signal
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock, Thread

from psycopg.conninfo import conninfo_to_dict, make_conninfo

NAME = ".s.PGSQL.5432"
SYNC, QUERY, PARSE, BIND, COPY_DATA = b"S", b"Q", b"P", b"B", b"d"
READY, PROCESS = b"Z", b"K"
UNTYPED_IS_CANCEL = 80_877_102
"""The code of a message that begins a connection only to cancel a statement of another."""


class Where(Enum):
    """Where in a statement the connection breaks."""

    BEFORE = "before it arrives"
    WITHIN = "when it has run and is not committed"
    AFTER = "when it is done and nobody was told"


@dataclass(frozen=True)
class Statement:
    """The `number`th since counting began; on its own connection, the `link`th since then, the `nth`."""

    number: int
    link: int
    nth: int
    text: str
    extended: bool
    """Whether it is committed by a message of its own, so that it can be cut within."""

    def again(self, other: "Statement") -> bool:
        """Whether another time, when the same is done, this is the same one."""
        return (self.link, self.nth) == (other.link, other.nth)


@dataclass
class Link:
    """A connection of a client, and the one on which it is passed on."""

    client: socket.socket
    server: socket.socket
    number: int
    sent: int = 0
    backend: int = 0
    names: dict[bytes, str] = field(default_factory=dict)
    breaks: bool = False
    """Whatever the server still says is not passed on, and with its next sign of being ready the connection ends."""

    @property
    def process(self) -> int:
        """Of the client."""
        found: int = struct.unpack("3i", self.client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0]
        return found

    def cut(self) -> None:
        for end in (self.client, self.server):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


Breaking = Callable[[Link], None]
"""What happens to the client or to the server in the moment in which the connection breaks."""


def nothing_else(_: Link) -> None:
    """Both live on, as after a fault of the network."""


def the_client_dies(link: Link) -> None:
    os.kill(link.process, signal.SIGKILL)


def the_backend_dies(link: Link) -> None:
    """For PostgreSQL that is a crash: it ends everybody's connections and reads its log again."""
    os.kill(link.backend, signal.SIGKILL)


class Cuts:
    """A socket that leads to a server; where nothing else is said everything is only passed on, and counted."""

    def __init__(self, folder: Path, conninfo: str) -> None:
        self._server = str(Path(str(conninfo_to_dict(conninfo)["host"])) / NAME)
        self.conninfo = make_conninfo(conninfo, host=str(folder), port="5432")
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / NAME))
        self._listener.listen(64)
        self._lock = Lock()
        self._links: list[Link] = []
        self.begin()
        Thread(target=self._accept, daemon=True).start()

    def begin(
        self,
        where: Where = Where.BEFORE,
        at: Callable[[Statement], bool] = lambda _: False,
        breaking: Breaking = nothing_else,
    ) -> None:
        """Count anew from here on; break once, at the first statement of which `at` is true."""
        with self._lock:
            self.statements: list[Statement] = []
            self.broken: Statement | None = None
            self._where, self._at, self._breaking = where, at, breaking
            self._first_link = len(self._links)

    def close(self) -> None:
        self._listener.close()
        for link in self._links:
            link.cut()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            try:
                server.connect(self._server)
            except OSError:
                client.close()
                continue
            with self._lock:
                link = Link(client, server, len(self._links))
                self._links.append(link)
            Thread(target=self._quietly, args=(self._to_server, link), daemon=True).start()
            Thread(target=self._quietly, args=(self._to_client, link), daemon=True).start()

    def _quietly(self, passing: Callable[[Link], None], link: Link) -> None:
        with suppress(OSError, EOFError):
            passing(link)
        link.cut()

    def _to_server(self, link: Link) -> None:
        first = _exactly(link.client, 4)
        rest = _exactly(link.client, struct.unpack("!i", first)[0] - 4)
        link.server.sendall(first + rest)
        if struct.unpack("!i", rest[:4])[0] == UNTYPED_IS_CANCEL:
            return
        held, text = b"", ""
        while True:
            kind, message = _message(link.client)
            text = _text(link, kind, message) or text
            if kind not in (SYNC, QUERY, PARSE, BIND) and not held:
                link.server.sendall(message)
            elif kind in (SYNC, QUERY):
                self._pass(link, held, message, text, extended=kind == SYNC)
                held, text = b"", ""
            else:
                held += message

    def _pass(self, link: Link, held: bytes, last: bytes, text: str, *, extended: bool) -> None:
        with self._lock:
            link.sent = link.sent + 1 if link.number >= self._first_link else 0
            number = link.number - self._first_link
            statement = Statement(len(self.statements) + 1, number, link.sent, text, extended)
            self.statements.append(statement)
            breaks = self.broken is None and self._at(statement)
            if breaks:
                self.broken = statement
        if breaks and self._where is Where.BEFORE:
            self._break(link)
        if breaks and self._where is Where.AFTER:
            link.breaks = True
        link.server.sendall(held if breaks and self._where is Where.WITHIN else held + last)
        if breaks and self._where is Where.WITHIN:
            self._break(link)

    def _break(self, link: Link) -> None:
        self._breaking(link)
        link.cut()
        raise EOFError

    def _to_client(self, link: Link) -> None:
        while True:
            kind, message = _message(link.server)
            if kind == PROCESS:
                link.backend = struct.unpack("!i", message[5:9])[0]
            if not link.breaks:
                link.client.sendall(message)
            elif kind == READY:
                self._break(link)


def _exactly(end: socket.socket, length: int) -> bytes:
    held = bytearray()
    while len(held) < length:
        piece = end.recv(length - len(held))
        if not piece:
            raise EOFError
        held += piece
    return bytes(held)


def _message(end: socket.socket) -> tuple[bytes, bytes]:
    head = _exactly(end, 5)
    return head[:1], head + _exactly(end, struct.unpack("!i", head[1:])[0] - 4)


def _text(link: Link, kind: bytes, message: bytes) -> str:
    """What a statement says; one that was prepared says so when it is bound."""
    if kind == QUERY:
        return message[5:-1].decode()
    if kind == PARSE:
        name, text, _ = message[5:].split(b"\0", 2)
        link.names[name] = text.decode()
        return link.names[name]
    if kind == BIND:
        _, name, _ = message[5:].split(b"\0", 2)
        return link.names.get(name, "")
    return ""


@contextmanager
def cuts(conninfo: str) -> Iterator[Cuts]:
    """On the way to a server with a socket of this machine."""
    with TemporaryDirectory(prefix="cuts-") as folder:
        between = Cuts(Path(folder), conninfo)
        try:
            yield between
        finally:
            between.close()
