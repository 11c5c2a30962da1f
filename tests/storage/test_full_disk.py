"""A disk that is really full: what is told of it, what goes on, and that nothing is lost or doubled by it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import httpx
import psycopg
import pytest
from httpx import Response
from psycopg.conninfo import make_conninfo

from api.app.readiness import readiness
from projections.engine.verify import verify
from storage.embedded import embedded_server
from storage.embedded.account import Account
from storage.embedded.postmaster import postmaster
from storage.embedded.temporary import temporary_data
from storage.readiness import Probe
from support.crash_rounds import Crashes
from support.database_copies import Prepared
from support.partnership_world import KEY, Template, World, opened

REPORT = """mutation ($input: ActionReportProgressInput!) {
  actionReportProgress(input: $input) { eventIds userErrors { code } } }"""
LONG = "n" * 9_000
MANY = 4_000


@contextmanager
def a_small_disk(megabytes: int, owner: Account) -> Iterator[Path]:
    """A file system of its own, in memory. Skips where this account may not mount one."""
    with temporary_data() as folder:
        words = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
        if os.geteuid() != 0 or shutil.which("mount") is None:
            pytest.skip("no small disk can be mounted here: that needs root, and mount")
        mounted = subprocess.run(words, capture_output=True, text=True, check=False)
        if mounted.returncode != 0:
            pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
        try:
            os.chown(folder, owner.uid, owner.gid)
            yield folder
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Something else takes all the room that is left."""
    ballast = disk / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(b"\1" * 4096)
    try:
        yield
    finally:
        ballast.unlink()


@pytest.fixture
def full(server: str, established: Prepared[Template]) -> Iterator[tuple[World, Path]]:
    """A register whose database, but not its write-ahead log, is on a small disk of its own."""
    with psycopg.connect(server, autocommit=True) as conn:
        (folder,) = conn.execute("SHOW data_directory").fetchone() or ("",)
        with a_small_disk(80, Account.of_owner(Path(folder))) as disk:
            (disk / "tables").mkdir(mode=0o700)
            os.chown(disk / "tables", disk.stat().st_uid, disk.stat().st_gid)
            conn.execute(f"CREATE TABLESPACE small LOCATION '{disk / 'tables'}'".encode())
            conn.execute(
                f"CREATE DATABASE on_small_disk TEMPLATE {established.name} TABLESPACE small"
                " STRATEGY FILE_COPY".encode()
            )
            try:
                with opened(make_conninfo(server, dbname="on_small_disk"), established.told) as world:
                    yield world, disk
            finally:
                conn.execute("DROP DATABASE on_small_disk WITH (FORCE)")
                conn.execute("DROP TABLESPACE small")


def report(world: World, action: str, key: str) -> Response:
    given = {"id": action, "narrative": LONG, "idempotencyKey": key}
    return world.send(world.tokens["police"], REPORT, input=given)


def reported_until_refused(world: World, action: str) -> list[str]:
    """The keys of what was sent; the last of them was told that there is no room."""
    sent = list[str]()
    while len(sent) < MANY:
        sent.append(str(uuid4()))
        answer = report(world, action, sent[-1])
        if answer.status_code != httpx.codes.OK:
            assert answer.status_code == httpx.codes.INSUFFICIENT_STORAGE
            assert answer.json()["errors"][0]["extensions"] == {"code": "STORAGE_FULL"}
            return sent
    raise AssertionError("the disk never was full")


def test_a_register_whose_tables_find_no_room_says_so_answers_on_and_records_again_once_there_is_some(
    full: tuple[World, Path],
) -> None:
    world, disk = full
    action, probe = world.assigned(due=900), Probe(world.installation.conninfo)
    with filled(disk):
        sent = reported_until_refused(world, action)
        assert readiness(probe).parts["writing"] == "the disk is full"
        recorded = world.read("inspector", f'action(id: "{action}") {{ progress {{ narrative }} }}')
        assert len(recorded["action"]["progress"]) == len(sent) - 1
    before = int(world.position())
    again = [report(world, action, key).json()["data"]["actionReportProgress"] for key in sent]
    assert {(len(each["eventIds"]), *each["userErrors"]) for each in again} == {(1,)}
    assert int(world.position()) == before + 1
    assert [fault for check in verify(world.installation.conninfo, f"gt_{KEY}")[1] for fault in check.faults] == []
    probe.close()


@pytest.mark.long
def test_a_server_that_a_full_disk_ends_comes_back_by_itself_once_there_is_room(tmp_path: Path) -> None:
    """With the write-ahead log on that disk too, PostgreSQL ends itself: it could not promise anything any more."""
    with a_small_disk(300, Account.of_owner(Path("/"))) as disk, embedded_server(disk / "data") as conninfo:
        crashes = Crashes(disk / "data", conninfo, seed=1, log=tmp_path / "serve.log")
        crashes.to_be_sent_again.add(httpx.codes.INSUFFICIENT_STORAGE)
        crashes.start()
        try:
            crashes.found_partnership()
            with crashes.load(with_rebuilds=False):
                crashes.some_are_acknowledged()
                running = postmaster(disk / "data" / "postgres")
                with filled(disk):
                    with suppress(psycopg.Error), psycopg.connect(conninfo, autocommit=True) as conn:
                        for _ in range(4):
                            conn.execute("SELECT pg_switch_wal()")
                            conn.execute("CREATE TABLE IF NOT EXISTS public.room AS SELECT generate_series(1, 1000)")
                            conn.execute("INSERT INTO public.room SELECT * FROM public.room LIMIT 1")
                    crashes.until(lambda: postmaster(disk / "data" / "postgres") != running, "the server goes on")
                    crashes.until(lambda: "No space left on device" in crashes.log.read_text(), "nothing is told")
                crashes.some_are_acknowledged()
            crashes.everything_holds()
        finally:
            crashes.end()
