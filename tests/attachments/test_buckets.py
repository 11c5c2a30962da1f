"""Files in a bucket that speaks S3: a server of its own, over HTTP, with the same answers as a folder."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from moto.server import ThreadedMotoServer

from api.attachments.sweeping import Sweeper
from storage.files.store import FileStore
from support.partnership_world import World
from support.uploads import PDF, Desk

LARGE = bytes(range(256)) * 50_000
"""Beyond one part of an upload in several."""


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def desk(world: World, tmp_path: Path, endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    httpx.post(f"{endpoint}/moto-api/reset").raise_for_status()
    httpx.put(f"{endpoint}/evidence").raise_for_status()
    given = {"ACCESS_KEY_ID": "k", "SECRET_ACCESS_KEY": "s", "REGION": "us-east-1", "ENDPOINT_URL": endpoint}
    for name, value in {**given, "ALLOW_HTTP": "true"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    return Desk.of(world, tmp_path, attachments="s3://evidence/register")


def objects(endpoint: str) -> list[str]:
    listed = httpx.get(f"{endpoint}/evidence?list-type=2").text
    return [each.partition("</Key>")[0] for each in listed.split("<Key>")[1:]]


@pytest.mark.parametrize("content", [PDF, LARGE], ids=["small", "large"])
def test_a_file_goes_into_a_bucket_and_comes_back_whole_and_in_part(desk: Desk, endpoint: str, content: bytes) -> None:
    file = desk.attached(content=content, name="x")
    digest = file["sha256"]
    assert objects(endpoint) == [f"register/knowsley/{digest[:2]}/{digest}"]
    assert desk.get(file["url"]).content == content
    assert desk.get(file["url"], Range="bytes=5-40").content == content[5:41]
    assert desk.kept() == []


def test_an_upload_that_is_refused_leaves_nothing_in_the_bucket(desk: Desk, endpoint: str) -> None:
    assert desk.send(content=PDF, kind="image/png").status_code == 415
    assert desk.send(content=b"").status_code == 400
    assert objects(endpoint) == []


def test_what_nothing_has_used_is_removed_from_a_bucket_too(desk: Desk, endpoint: str) -> None:
    desk.uploaded()
    Sweeper(desk.world.app.state.attachments, lambda: ["knowsley"], timedelta()).take()
    assert objects(endpoint) == []


def test_a_bucket_that_cannot_be_reached_is_told_and_nothing_else_suffers(
    desk: Desk, world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = desk.attached()
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    away = Desk.of(world, tmp_path, attachments="s3://evidence/register")
    for answer in (away.send(), away.get(file["url"])):
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (503, "FILES_AWAY")
    assert away.rows() == 1
    assert world.read("police", "actions { totalCount }") == {"actions": {"totalCount": 1}}


def test_a_bucket_that_is_not_there_is_not_taken_for_an_empty_one(desk: Desk) -> None:
    with pytest.raises(Exception, match=r"(?i)bucket"):
        list(FileStore("s3://nowhere").digests("gt_knowsley", timedelta()))
