"""`goldenthread serve` as a process of its own, on an embedded data folder, and what is sent to it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import IO, Any, Self
from urllib.parse import urlencode

import httpx
from fastapi import FastAPI
from psycopg.conninfo import conninfo_to_dict

from api.app.installation import Installation
from api.app.serving import create_app
from api.app.settings import Settings
from api.monitoring.load import Load
from cli.serving import bound, server
from web.app import add_pages

SERVE = "from cli.main import main; main()"
LIMITED = f"import os, resource; resource.setrlimit(resource.RLIMIT_NOFILE, (int(os.environ['FILES']),) * 2); {SERVE}"
EVIDENCE = """mutation ($input: ActionSubmitEvidenceInput!) {
  actionSubmitEvidence(input: $input) { eventIds userErrors { code message } } }"""


def as_url(conninfo: str) -> str:
    """An address as `serve` takes it."""
    parts = conninfo_to_dict(conninfo)
    return f"postgresql://postgres@/{parts['dbname']}?{urlencode({'host': parts['host'], 'port': parts['port']})}"


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20.0
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.01)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


class Running:
    """The process, from its first answer until the end of the block; killed there if it still runs.

    On an embedded data folder, or on a database of its own. Settings are named as in the environment; `files` is how
    many it may open; what it writes to stderr goes to `log`.
    """

    def __init__(
        self,
        data: Path | None,
        port: int | None = None,
        log: IO[bytes] | int = subprocess.DEVNULL,
        *,
        database: str | None = None,
        files: int | None = None,
        **settings: str,
    ) -> None:
        self.port = port or free_port()
        place = ["--database-url", database] if database else ["--data", str(data)]
        words = [sys.executable, "-c", SERVE if files is None else LIMITED, "serve", *place, "--port", str(self.port)]
        environment = {**os.environ, **settings, "PYTHONPATH": os.pathsep.join(sys.path), "FILES": str(files)}
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=log, text=True, env=environment)
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline().strip()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.communicate(timeout=60)


@dataclass
class Served:
    """The same server in a thread of this process, behind real sockets."""

    app: FastAPI
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def load(self) -> Load:
        load: Load = self.app.state.load
        return load


@contextmanager
def served(installation: Installation, **given: Any) -> Iterator[Served]:
    """Until the end of the block; settings are named without their prefix."""
    settings = Settings(**given)
    app = add_pages(create_app(installation, settings), installation, settings)
    with bound("127.0.0.1", 0) as listener:
        running = server(app, settings)
        thread = Thread(target=running.run, kwargs={"sockets": [listener]})
        thread.start()
        while not running.started:
            thread.join(0.01)
        try:
            yield Served(app, listener.getsockname()[1])
        finally:
            running.should_exit = True
            thread.join(30)


CLIENT = httpx.Client(timeout=15, verify=False, trust_env=False)
"""Nothing here speaks TLS, and loading certificates takes longer than a request."""


def post(url: str, token: str, query: str, **variables: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/graphql-response+json"}
    return CLIENT.post(f"{url}/graphql", json={"query": query, "variables": variables}, headers=headers)
