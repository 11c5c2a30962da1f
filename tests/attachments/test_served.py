"""Uploads to a real `goldenthread serve`: one that is left half-way, a slow one, and a disk that is really full."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from support.partnership_world import World
from support.served_process import Served, served
from support.uploads import BOUNDARY, PDF, Desk, body, part


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of six megabytes."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("no small disk can be mounted here: that needs root, and mount")
    place = tmp_path / "disk"
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)]
    mounted = subprocess.run(words, capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_full_disk_is_told_leaves_nothing_and_the_next_that_fits_is_taken(world: World, disk: Path) -> None:
    desk = Desk.of(world, disk)
    answer = desk.send(content=b"x" * 9_000_000, name="large")
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (507, "STORAGE_FULL")
    assert (desk.kept(), desk.rows()) == ([], 0)
    assert desk.send().status_code == 201
    assert world.read("police", "effectiveOn")


@pytest.fixture
def running(world: World, tmp_path: Path) -> Iterator[Served]:
    files = str(tmp_path / "files")
    with served(world.installation, attachments=files, read_timeout=1500, attachment_bytes=4_000_000) as running:
        yield running


def kept(tmp_path: Path) -> list[Path]:
    return [each for each in (tmp_path / "files").rglob("*") if each.is_file()]


def test_an_upload_is_taken_slowly_and_what_is_left_half_way_leaves_nothing(
    running: Served, world: World, tmp_path: Path
) -> None:
    whole = body(part(PDF + b"x" * 400_000, "Minutes.pdf"))
    head = (
        f"POST /attachments HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {world.tokens['police']}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(whole)}\r\n\r\n"
    ).encode()
    with socket.create_connection(("127.0.0.1", running.port)) as left:
        left.sendall(head + whole[: len(whole) // 2])
        time.sleep(0.3)
    with socket.create_connection(("127.0.0.1", running.port)) as slow:
        slow.sendall(head)
        for start in range(0, len(whole), 50_000):
            slow.sendall(whole[start : start + 50_000])
            time.sleep(0.3)
        assert slow.recv(4096).startswith(b"HTTP/1.1 201 ")
    with socket.create_connection(("127.0.0.1", running.port)) as silent:
        silent.settimeout(10)
        silent.sendall(head + whole[:1000])
        assert silent.recv(4096).startswith(b"HTTP/1.1 408 ")
    until = time.monotonic() + 10
    while len(kept(tmp_path)) != 1 and time.monotonic() < until:
        time.sleep(0.05)
    assert [each.parent.parent.name for each in kept(tmp_path)] == ["knowsley"]


def test_a_real_client_uploads_attaches_and_fetches(running: Served, world: World, tmp_path: Path) -> None:
    action = world.assigned("police")
    token = {"Authorization": f"Bearer {world.tokens['police']}"}
    with httpx.Client(base_url=f"http://127.0.0.1:{running.port}", headers=token) as client:
        sent = client.post("/attachments", files={"file": ("Plan.pdf", PDF, "application/pdf")})
        assert sent.status_code == 201
        query = """mutation ($input: ActionSubmitEvidenceInput!) { actionSubmitEvidence(input: $input) {
          action { evidence { attachments { url sha256 } } } } }"""
        asked = {"idempotencyKey": "8f14e45f-ceea-4e7a-9d2b-6b0c1d2e3f40", "id": action, "narrative": "Done"}
        variables = {"input": {**asked, "attachments": [sent.json()["id"]]}}
        answer = client.post("/graphql", json={"query": query, "variables": variables}).json()
        (file,) = answer["data"]["actionSubmitEvidence"]["action"]["evidence"][0]["attachments"]
        assert client.get(file["url"]).content == PDF
        (place,) = kept(tmp_path)
        place.write_bytes(b"X" + PDF[1:])
        with suppress(httpx.RemoteProtocolError):
            assert client.get(file["url"]).content != b"X" + PDF[1:]
        too_large = client.post("/attachments", files={"file": ("x", b"x" * 5_000_000)})
        assert too_large.status_code == 413
