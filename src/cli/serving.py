"""`goldenthread serve`"""

import asyncio
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from math import ceil
from typing import Annotated

import typer
import uvicorn
from fastapi import FastAPI

from api.app.installation import Installation
from api.app.schedule import repeated, scheduled, writable
from api.app.serving import create_app
from api.app.settings import Settings, load_settings
from api.attachments.sweeping import Sweeper
from api.monitoring.health import tell_durability
from api.monitoring.log_format import write_log
from cli import options
from cli.connections import Connections, connections
from cli.ending import CommandFailed
from cli.runtime import archive_of, conninfo
from cli.systemd import READY, STOPPING, Supervisor
from storage.embedded.archive import base_backups
from storage.files.store import FileStore
from web.app import add_pages

BACKLOG = 2048
"""Connections that wait to be accepted, as uvicorn has it."""

SILENT = 5
"""Seconds in which a kernel that can keeps a connection that says nothing from us; it rounds up, to 7."""

TAKING_TURNS = 0.0005
"""Seconds after which a thread that computes lets another one run: the event loop asks for its turn several times a
request, and would wait ten times as long each time by default."""


def serve(
    data: options.Data = None,
    database_url: options.DatabaseUrl = None,
    host: Annotated[
        str | None, typer.Option("--host", help="The address to listen on [default: 127.0.0.1].", show_default=False)
    ] = None,
    port: Annotated[
        int | None, typer.Option("--port", help="The port to listen on [default: 8000].", show_default=False)
    ] = None,
    read_only: Annotated[
        bool,
        typer.Option("--read-only", help="Answer queries and record nothing; `maintenance on` is for all at once."),
    ] = False,
) -> None:
    """Serve the API until Ctrl-C or SIGTERM."""
    settings = load_settings(
        data=data, database_url=database_url, host=host, port=port, read_only=True if read_only else None
    )
    writable(settings.backup_folder)
    service = Supervisor()
    try:
        with bound(settings.host, settings.port) as listener:
            write_log(settings.log_level, settings.log_format)
            with (
                conninfo(settings, supervise=True, makes=True) as address,
                _opened(address, settings) as opened,
                scheduled(
                    address,
                    settings.backup_folder,
                    settings.backup_every,
                    settings.backup_keep,
                    FileStore(settings.files),
                ),
                _archived(address, settings),
            ):
                _listen(listener, settings)
                if (health := opened.readiness()).durability:
                    tell_durability(health)
                app = add_pages(create_app(opened, settings), opened, settings)
                sweeper = Sweeper(app.state.attachments, opened.partnerships, settings.attachments_unused)
                with repeated("files", sweeper.take):
                    server(app, settings, service).run(sockets=[listener])
    except KeyboardInterrupt:
        with suppress(OSError):  # where the terminal was closed nobody reads it
            print("Stopped.", flush=True)


@contextmanager
def _archived(address: str, settings: Settings) -> Iterator[None]:
    """Copies of the embedded server's folder are taken beside what it archives, where it does."""
    archive = archive_of(settings)
    if archive is None:
        yield
        return
    copies = base_backups(archive, settings.data, address, settings.archive_every, settings.archive_keep)
    with repeated("archive", copies.take):
        yield


def _opened(address: str, settings: Settings) -> Installation:
    return Installation.open(
        address,
        pool_size=settings.pool_size,
        statement_timeout=settings.statement_timeout,
        patience=settings.patience,
        clock_tolerance=settings.clock_tolerance,
        stream_bytes=settings.stream_bytes,
        check_rows=True,
        read_only=settings.read_only,
    )


def server(app: FastAPI, settings: Settings, service: Supervisor | None = None) -> uvicorn.Server:
    """The HTTP server of `serve` and the demonstration; `service` is told how it goes. Raises `CommandFailed`."""
    service = service or Supervisor()
    sys.setswitchinterval(TAKING_TURNS)
    held, backlog = connections(settings, app.state.load, app.state.door)
    config = uvicorn.Config(
        app,
        log_level=settings.log_level,
        server_header=False,
        access_log=False,  # the application writes a line for each request, and says less of who asks
        log_config=None,
        http=held.protocol(),
        ws="none",
        backlog=backlog,
        timeout_keep_alive=ceil(settings.idle_timeout / 1000) + 1,  # our own end of connections comes first, here
        timeout_graceful_shutdown=ceil(settings.stop_timeout / 1000) + 1,  # and here
        callback_notify=service.alive,
        timeout_notify=service.every,
    )
    return _Server(config, held, service)


class _Server(uvicorn.Server):
    """Says where it serves once it does, and to its supervisor that it does and that it ends."""

    def __init__(self, config: uvicorn.Config, held: Connections, service: Supervisor) -> None:
        super().__init__(config)
        self._held = held
        self._service = service

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._held.watch_accepting(asyncio.get_running_loop())
        await super().startup(sockets)
        for listener in sockets or ():
            listener.listen(BACKLOG)  # more may wait than asyncio, which has one number for both, accepts in one go
            if hasattr(socket, "TCP_DEFER_ACCEPT"):  # on Linux
                seconds = min(SILENT, ceil(self._held.read))
                listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, seconds)
            host, port = listener.getsockname()[:2]
            print(f"Serving on http://{f'[{host}]' if ':' in host else host}:{port}", flush=True)
        self._service.tell(READY)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._service.tell(STOPPING)
        await super().shutdown(sockets)


def bound(host: str, port: int) -> socket.socket:
    """Asked for before anything is started, so that a port in use costs nothing. Raises `CommandFailed`."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        # asyncio sets TCP_NODELAY only on a socket that says it is of TCP; without it each answer waits for an ACK.
        listener = socket.socket(family, kind, protocol or socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(place)
    except OSError as error:
        raise _in_use(host, port, error) from error
    return listener


def _listen(listener: socket.socket, settings: Settings) -> None:
    """Of two that were bound at once, before either listened, the second is told here. Raises `CommandFailed`."""
    try:
        listener.listen(BACKLOG)
    except OSError as error:
        raise _in_use(settings.host, settings.port, error) from error


def _in_use(host: str, port: int, error: OSError) -> CommandFailed:
    return CommandFailed(
        f"Cannot listen on {host}, port {port}: {error.strerror}; choose with --host and --port (make demo PORT=…)."
    )
