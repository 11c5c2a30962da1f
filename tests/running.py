"""`goldenthread serve` as a process of its own, on an embedded data folder, and partners that post to it."""

import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock
from types import TracebackType
from typing import IO, Any, Self
from uuid import UUID, uuid4

import httpx

SERVE = "from cli.main import main; main()"
EVIDENCE = """mutation ($input: ActionSubmitEvidenceInput!) {
  actionSubmitEvidence(input: $input) { eventIds userErrors { code message } } }"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


class Running:
    """The process, from its first answer until the end of the block; killed there if it still runs."""

    def __init__(
        self, data: Path, port: int | None = None, log: IO[bytes] | int = subprocess.DEVNULL, **settings: str
    ) -> None:
        self.port = port or free_port()
        words = [sys.executable, "-c", SERVE, "serve", "--data", str(data), "--port", str(self.port)]
        environment = {**os.environ, **settings, "PYTHONPATH": os.pathsep.join(sys.path)}
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


CLIENT = httpx.Client(timeout=15, verify=False, trust_env=False)
"""Nothing here speaks TLS, and loading certificates takes longer than a request."""


def post(url: str, token: str, query: str, **variables: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/graphql-response+json"}
    return CLIENT.post(f"{url}/graphql", json={"query": query, "variables": variables}, headers=headers)


@dataclass
class Partners:
    """What partners sent under which key, and the event ids of what was acknowledged."""

    token: str
    actions: list[str]
    sent: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    acknowledged: dict[UUID, list[str]] = field(default_factory=dict)
    refused: list[Any] = field(default_factory=list)
    stop: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)

    def work(self, url: str, nth: int) -> None:
        """Post evidence until told to stop; what brings no answer is sent again, unchanged, a moment later."""
        while not self.stop.is_set():
            key = uuid4()
            given = {"id": self.actions[nth % len(self.actions)], "narrative": f"By {nth}"}
            self.sent[key] = given | {"idempotencyKey": str(key)}
            while self.send(url, key) is None and not self.stop.wait(0.1):
                continue

    def send(self, url: str, key: UUID) -> list[str] | None:
        """The event ids under which it was recorded; None where nobody answered or the database was away."""
        try:
            answer = post(url, self.token, EVIDENCE, input=self.sent[key])
        except httpx.TransportError:
            return None
        return self._noted(key, answer)

    def _noted(self, key: UUID, answer: httpx.Response) -> list[str] | None:
        if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            return None
        payload = answer.json()["data"]["actionSubmitEvidence"]
        with self.lock:
            if payload["userErrors"]:
                self.refused.append(payload["userErrors"])
                return None
            self.acknowledged.setdefault(key, payload["eventIds"])
            ids: list[str] = payload["eventIds"]
            return ids
