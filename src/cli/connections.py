"""Connections of the HTTP server: so many at most, each with so long to send a request and to take its answer."""

from __future__ import annotations

import asyncio
import errno
import logging
import resource
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, ClassVar

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from api.app.settings import Settings
from api.http.door import Door, Reason
from api.monitoring.load import Load
from cli.ending import CommandFailed
from cli.strict_http import StrictConnection

HELD = 1.0
"""Seconds until whoever comes again and again after a refusal is refused once more."""
LINGER = 2.0
"""Seconds in which a caller may read an answer that came before the end of its request."""
STALLED = 15.0
"""Seconds in which a caller has to take some of a long answer."""
STEADY = 4_096
"""Bytes a second with which a file may take as long as it takes."""
FEWEST = 8
FILES = 48
"""Descriptors of everything else: the log, the listener, the event loop, the embedded server, what health asks."""

REFUSED = (
    b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nCache-Control: no-store\r\n"
    b"X-Content-Type-Options: nosniff\r\n%sConnection: close\r\n\r\n%s"
)
FULL = b'{"errors":[{"message":"Too many connections are open; try again.","extensions":{"code":"OVERLOADED"}}]}'
BUSY = (
    b'{"errors":[{"message":"You have too many requests here, and were told so many times; wait before you send more.",'
    b'"extensions":{"code":"TOO_MANY_REQUESTS"}}]}'
)
CROWD = (
    b'{"errors":[{"message":"Very many requests come without a token; try again.",'
    b'"extensions":{"code":"TOO_MANY_REQUESTS"}}]}'
)
UNKNOWN = (
    b'{"errors":[{"message":"The token was refused many times; it is looked at again in a moment.",'
    b'"extensions":{"code":"UNAUTHENTICATED"}}]}'
)
MALFORMED = (
    b'{"errors":[{"message":"The request is not HTTP/1.1, or could be read in two ways.",'
    b'"extensions":{"code":"INVALID"}}]}'
)
SLOW = b'{"errors":[{"message":"The request took too long to arrive.","extensions":{"code":"REQUEST_TIMEOUT"}}]}'


REFUSALS = {
    Reason.BUSY: (b"429 Too Many Requests", b"Retry-After: 2\r\n", BUSY),
    Reason.UNKNOWN: (
        b"401 Unauthorized",
        b'WWW-Authenticate: Bearer realm="goldenthread", error="invalid_token"\r\n',
        UNKNOWN,
    ),
    Reason.CROWD: (b"429 Too Many Requests", b"Retry-After: 2\r\n", CROWD),
}


class Phase(Enum):
    """What a connection waits for."""

    HELD = auto()
    RECEIVING = auto()
    ANSWERING = auto()
    LINGERING = auto()
    IDLE = auto()
    CLOSING = auto()


@dataclass(slots=True)
class Connections:
    """All connections of one server. Those that wait for a request stand in the order in which they began to.

    Attributes:
        most: how many may be open.
        read: seconds for a whole request, from its first byte; of the first, from the connection.
        idle: seconds without a request.
        stop: seconds that the server's end waits for what was asked before.
        door: knows whose requests are not looked at.
        fresh: have never been answered.
        kept: have been answered before.
    """

    most: int
    read: float
    idle: float
    stop: float
    load: Load
    door: Door
    fresh: dict[Connection, None] = field(default_factory=dict)
    kept: dict[Connection, None] = field(default_factory=dict)

    def protocol(self) -> type[Connection]:
        """The class that uvicorn makes a connection of."""
        return type("Connection", (Connection,), {"all": self})

    def make_room(self) -> bool:
        """Close the one that waits the longest, rather one that was never answered; False where none waits."""
        waiting = self.fresh or self.kept
        if not waiting:
            return False
        longest = next(iter(waiting))
        del waiting[longest]
        longest.transport.abort()
        self.load.connections_displaced += 1
        return True

    def watch_accepting(self, loop: asyncio.AbstractEventLoop) -> None:
        """asyncio logs a traceback for each attempt to accept without descriptors, thousands a second."""
        loop.set_exception_handler(self._unaccepted)

    def _unaccepted(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, OSError) and error.errno in {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}:
            self.load.notices.notice(f"connections cannot be accepted: {error.strerror}")
        else:
            loop.default_exception_handler(context)


class Connection(H11Protocol):
    """One connection, with one timer for whatever it waits for; uvicorn's own ends idle connections alone."""

    all: ClassVar[Connections]
    phase: Phase | None = None
    answered = False
    timer: asyncio.TimerHandle | None = None
    stall: asyncio.TimerHandle | None = None
    end: asyncio.TimerHandle | None = None
    unsent = 0
    held: Reason | None = None
    brings_file = False
    received = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conn = StrictConnection(self._judge)
        self.logger = _Quiet(self.logger)  # type: ignore[assignment]

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.all.load.connections = len(self.connections)
        if len(self.connections) > self.all.most and not self.all.make_room():
            self.all.load.connections_refused += 1
            self.all.load.notices.notice(f"a connection was refused, as all {self.all.most} are in use")
            self._end(b"503 Service Unavailable", b"Retry-After: 5\r\n", FULL)
        self._enter()

    def data_received(self, data: bytes) -> None:
        self.received += len(data)
        if self.held is None:
            super().data_received(data)
        self._enter()

    def _judge(self, request: h11.Request) -> None:
        """By its head, in however many pieces or behind whatever request it came. Raises what ends its reading."""
        headers = dict(request.headers)
        self.brings_file = headers.get(b"content-type", b"").lower().startswith(b"multipart/form-data")
        self.held = self.all.door.refusal(request.target, headers.get(b"authorization"), headers.get(b"cookie"))
        if self.held:
            self.all.load.held += 1
            raise h11.RemoteProtocolError("not looked at")

    def send_400_response(self, msg: str) -> None:
        """What follows an answer that was given already ends the connection, and nothing more is said."""
        if self.held is None and self.all.door.note_nobody():
            self.held = Reason.CROWD
            self.all.load.held += 1
        if self.held:
            return
        self.all.load.notices.notice("a request was refused: it was not HTTP, or could be read in two ways")
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            self._end(b"400 Bad Request", b"", MALFORMED)
        else:
            self.transport.close()

    def _unsupported_upgrade_warning(self) -> None:
        """A caller that would rather speak something else is answered in HTTP; uvicorn tells the log, each time."""

    def on_response_complete(self) -> None:
        self.answered = True
        super().on_response_complete()
        self._enter()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.all.load.connections = len(self.connections)
        self._stop_stall()
        self._unset_keepalive_if_required()
        if self.end is not None:
            self.end.cancel()
        self._enter(Phase.CLOSING)

    def shutdown(self) -> None:
        """The server ends: its caller has a while to send the rest and to be answered, and is then as one that left."""
        super().shutdown()
        if not self.transport.is_closing():
            self.end = self.loop.call_later(self.all.stop, self._too_long)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch_stall()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stop_stall()

    def _enter(self, phase: Phase | None = None) -> None:
        phase = phase or self._phase()
        self._stand(phase)
        if phase is self.phase:
            return
        self.phase = phase
        if self.timer is not None:
            self.timer.cancel()
        times = {
            Phase.HELD: HELD,
            Phase.RECEIVING: self.all.read,
            Phase.LINGERING: LINGER,
            Phase.IDLE: self.all.idle,
        }
        self.received = 0
        self._wait(times.get(phase))

    def _wait(self, seconds: float | None) -> None:
        self.timer = self.loop.call_later(seconds, self._too_long) if seconds is not None else None

    @property
    def _asked(self) -> RequestResponseCycle | None:
        """The request that came last; None before the first."""
        return self.cycle

    def _phase(self) -> Phase:
        theirs, request = self.conn.their_state, self._asked
        being_answered = request is not None and not request.response_complete
        if self.transport.is_closing():
            return Phase.CLOSING
        if self.held:
            return Phase.HELD
        if theirs is h11.SEND_BODY:
            return Phase.RECEIVING if being_answered else Phase.LINGERING
        if being_answered:
            return Phase.ANSWERING
        begun = bool(self.conn.trailing_data[0]) or not self.answered
        return Phase.RECEIVING if begun else Phase.IDLE

    def _stand(self, phase: Phase) -> None:
        """Among those that wait, as long as it does."""
        waits: dict[Connection, None] | None = None
        if phase is Phase.IDLE:
            waits = self.all.kept
        elif phase in {Phase.HELD, Phase.LINGERING} or (phase is Phase.RECEIVING and self.conn.their_state is h11.IDLE):
            waits = self.all.fresh
        for each in (self.all.fresh, self.all.kept):
            if each is waits:
                each.setdefault(self)
            else:
                each.pop(self, None)

    def _too_long(self) -> None:
        if self.phase is Phase.RECEIVING and self.brings_file and self.received >= STEADY * self.all.read:
            self.received = 0
            self._wait(self.all.read)
            return
        self.all.load.connections_slow += self.phase not in {Phase.HELD, Phase.IDLE}
        if self.held:
            self._end(*REFUSALS[self.held])
        elif self.phase is Phase.RECEIVING and not (self._asked and self._asked.response_started):
            self._end(b"408 Request Timeout", b"", SLOW)
        elif self.phase is Phase.IDLE:
            self.transport.close()
        else:
            self.transport.abort()
        self._enter(Phase.CLOSING)

    def _end(self, status: bytes, headers: bytes, body: bytes) -> None:
        """Say why, and close; nothing that a slow application might still answer is sent after it."""
        if self._asked:
            self._asked.disconnected = True
            self._asked.message_event.set()
        self.transport.write(REFUSED % (status, len(body), headers, body))
        self.transport.close()

    def _watch_stall(self) -> None:
        self._stop_stall()
        self.unsent = self.transport.get_write_buffer_size()
        self.stall = self.loop.call_later(STALLED, self._stalled)

    def _stalled(self) -> None:
        if self.transport.get_write_buffer_size() < self.unsent:
            self._watch_stall()
            return
        self.all.load.connections_slow += 1
        self.transport.abort()

    def _stop_stall(self) -> None:
        if self.stall is not None:
            self.stall.cancel()
            self.stall = None


class _Quiet(logging.LoggerAdapter[logging.Logger]):
    """uvicorn's, which warns of what callers send, each time: anybody could have it do so all the time."""

    def __init__(self, logger: logging.Logger) -> None:
        super().__init__(logger)

    @property
    def level(self) -> int:
        return self.logger.level

    def warning(self, msg: object, *args: object, **kwargs: Any) -> None:
        """`Connection` counts them in its notices."""


def backlog_of(descriptors: int) -> int:
    """How many connections may be accepted in one go, each taking a descriptor before it can be refused; so few that
    those which are there are not kept waiting."""
    return max(4, min(16, descriptors // 8))


def connections(settings: Settings, load: Load, door: Door) -> tuple[Connections, int]:
    """What the limit on open files allows, raised as far as it may be; and how many to accept in one go.

    Raises `CommandFailed` where it allows hardly any.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = settings.connections + settings.pool_size + settings.workers + FILES + backlog_of(settings.connections)
    if soft < wanted:
        soft = min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    backlog = min(backlog_of(settings.connections), backlog_of(soft))
    most = min(settings.connections, soft - settings.pool_size - settings.workers - FILES - backlog)
    if most < FEWEST:
        raise CommandFailed(f"At most {soft} files may be open, which leaves none for connections: raise ulimit -n.")
    read, idle, stop = (each / 1000 for each in (settings.read_timeout, settings.idle_timeout, settings.stop_timeout))
    return Connections(most, read, idle, stop, load, door), backlog
