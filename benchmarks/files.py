"""Files uploaded to a running `goldenthread serve` and fetched from it: megabytes a second, large and small."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import httpx

from api.app.installation import Installation
from benchmarks.serving import PORT, served
from domain.agency.commands import AddAgency
from domain.shared.actor import Caller
from domain.shared.vocabulary import Role

LARGE, SMALL, MANY = 50_000_000, 20_000, 100
TIMES = 3


def measure(conninfo: str) -> dict[str, Any]:
    """The folder is on the disk that temporary files are on; every upload is synced to it before it is answered."""
    with Installation.open(conninfo) as opened:
        if "files" not in opened.partnerships():
            opened.create_partnership("files", "Files", "knowsley-2015")
            opened.register("files").handle(AddAgency(key="police", name="The Police"), Caller("b", Role.ADMINISTRATOR))
        token = opened.issue_token("files", Role.AGENCY, "bench", "police")
    with TemporaryDirectory() as folder, _kept_in(folder), served(conninfo), _client(token) as client:
        large = min(_sent(client, LARGE, 1) for _ in range(TIMES))
        small = _sent(client, SMALL, MANY)
        url = _upload(client, os.urandom(LARGE))
        fetched = min(_fetched(client, url) for _ in range(TIMES))
    return {
        "upload MB/s": LARGE / 1e6 / large,
        "download MB/s": LARGE / 1e6 / fetched,
        "small uploads a second": MANY / small,
        "bytes": {"large": LARGE, "small": SMALL},
    }


@contextmanager
def _kept_in(folder: str) -> Iterator[None]:
    os.environ["GOLDENTHREAD_ATTACHMENTS"] = folder
    try:
        yield
    finally:
        del os.environ["GOLDENTHREAD_ATTACHMENTS"]


def _client(token: str) -> httpx.Client:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.Client(base_url=f"http://127.0.0.1:{PORT}", headers=headers, timeout=60)


def _sent(client: httpx.Client, size: int, count: int) -> float:
    """Seconds for so many files, each with content of its own."""
    contents = [os.urandom(size) for _ in range(count)]
    began = perf_counter()
    for content in contents:
        _upload(client, content)
    return perf_counter() - began


def _upload(client: httpx.Client, content: bytes) -> str:
    answer = client.post("/attachments", files={"file": ("bench.bin", content)})
    answer.raise_for_status()
    return f"/attachments/{answer.json()['id']}"


def _fetched(client: httpx.Client, url: str) -> float:
    began = perf_counter()
    client.get(url).raise_for_status()
    return perf_counter() - began
