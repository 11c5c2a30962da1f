"""An embedded server is recovered to a moment from its archive, into a folder of its own, and goes on from there."""

import os
import subprocess
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import psycopg
import pytest
from typer.testing import CliRunner, Result

from api.app.installation import Installation
from cli.main import app
from storage.embedded import EmbeddedServerError, embedded_server
from storage.embedded.account import Account
from storage.embedded.archive import Archive, BaseBackups, _unpack, base_backups
from storage.embedded.cluster import Cluster
from storage.embedded.program import programs
from storage.embedded.temporary import temporary_data
from support.partnership_world import World, establish

SEEN = "position actions(first: 100) { totalCount nodes { reference stage version progress { narrative } } }"
CHANGES = "query ($after: String) { changes(after: $after) { nodes { name } pageInfo { endCursor } } }"


@dataclass(frozen=True)
class Lost:
    """A data folder that is thought of as lost: its archive, and what the register said at a moment of its life."""

    home: Path
    archive: Archive
    tokens: Mapping[str, str]
    action: str
    moment: datetime
    then: Any
    last: Any
    cursor: str

    def restore(self, into: str, *words: str) -> Result:
        return CliRunner().invoke(app, ["restore", str(self.archive.folder), "--data", str(self.home / into), *words])


@pytest.fixture(scope="module")
def lost() -> Iterator[Lost]:
    with temporary_data() as home:
        archive = Archive(home / "archive")
        with (
            embedded_server(home / "data", {"fsync": "off"}, archive=archive) as conninfo,
            Installation.open(conninfo, pool_size=4) as opened,
        ):
            world = World(opened, establish(opened))
            action, enough = world.assigned(due=900), Event()

            def record() -> None:
                while not enough.is_set():
                    world.do("police", "actionReportProgress", id=action, narrative="While a copy is taken")

            writer = Thread(target=record)
            writer.start()
            copies = base_backups(archive, home / "data", conninfo, timedelta(days=1), keep=2)
            assert timedelta(hours=23) < copies.take() < timedelta(days=1)
            assert timedelta(hours=23) < copies.take() < timedelta(days=1)  # none is due
            enough.set()
            writer.join()
            (copied,) = archive.bases()
            while datetime.now(UTC) < copied[0] + timedelta(seconds=1):
                world.do("police", "actionReportProgress", id=action, narrative="Within the second")
            then, cursor = (
                world.read("inspector", SEEN),
                world.ask("police", CHANGES)["changes"]["pageInfo"]["endCursor"],
            )
            moment = _now(conninfo)
            world.do("police", "actionReportProgress", id=action, narrative="What should not have been")
            last = world.read("inspector", SEEN)
            copies.copy()
        yield Lost(home, archive, world.tokens, action, moment, then, last, cursor)


def _now(conninfo: str) -> datetime:
    with psycopg.connect(conninfo) as conn:
        (now,) = conn.execute("SELECT clock_timestamp()").fetchone() or (None,)
    assert isinstance(now, datetime)
    return now


def test_a_moment_is_recovered_as_it_was_and_recording_goes_on(lost: Lost) -> None:
    said = lost.restore("then", "--until", lost.moment.isoformat())
    assert said.exit_code == 0, said.output
    assert sorted(each.name for each in (lost.home / "then").iterdir()) == ["postgres"]
    with embedded_server(lost.home / "then") as conninfo, Installation.open(conninfo, pool_size=2) as opened:
        world = World(opened, lost.tokens)
        assert world.read("inspector", SEEN) == lost.then
        assert world.answer("police", CHANGES, after=lost.cursor)["errors"][0]["extensions"]["code"] == "RESTORED"
        assert world.do("police", "actionReportProgress", id=lost.action, narrative="Going on")
        verified = CliRunner().invoke(app, ["verify", "--data", str(lost.home / "then")])
        assert verified.exit_code == 0, verified.output
    for other in ("then", "new"):
        with (
            pytest.raises(EmbeddedServerError, match="holds the archive of another server, or of this one before"),
            embedded_server(lost.home / other, archive=lost.archive),
        ):
            pass
    again = lost.restore("then", "--until", "latest")
    assert again.exit_code == 1
    assert "a restore never mixes" in again.stderr


def test_all_that_was_archived_is_recovered_at_its_end(lost: Lost) -> None:
    assert lost.restore("latest", "--until", "latest").exit_code == 0
    with embedded_server(lost.home / "latest") as conninfo, Installation.open(conninfo, pool_size=2) as opened:
        assert World(opened, lost.tokens).read("inspector", SEEN) == lost.last


@pytest.mark.parametrize(
    ("until", "why"),
    [
        ("2020-01-01T00:00:00Z", "reaches back to"),
        ("2199-01-01T00:00:00Z", "ends before 2199-01-01 00:00:00+00:00"),
    ],
)
def test_a_moment_that_the_archive_does_not_reach_is_refused_and_leaves_nothing(
    lost: Lost, until: str, why: str
) -> None:
    refused = lost.restore("never", "--until", until)
    assert refused.exit_code == 1
    assert why in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert not (lost.home / "never" / "postgres").exists()
    assert not (lost.home / "never" / "recovering").exists()


def test_a_moment_needs_its_offset_and_a_data_folder(lost: Lost) -> None:
    assert "is not a moment like" in lost.restore("never", "--until", "2026-06-30 14:05").stderr
    assert "a whole embedded server" in lost.restore("never", "--until", "latest", "--partnership", "knowsley").stderr


def test_a_copy_that_ended_within_the_second_of_a_moment_is_not_what_that_moment_is_recovered_from(
    tmp_path: Path,
) -> None:
    archive = Archive(tmp_path)
    for ended in ("20260630T140459.900000Z", "20260630T140500.400000Z"):
        (archive.base / ended).mkdir(parents=True)
    moment = datetime(2026, 6, 30, 14, 5, 0, 300_000, tzinfo=UTC)
    assert archive.from_before(moment).name == "20260630T140459.900000Z"


def test_old_copies_and_what_only_they_need_are_forgotten(lost: Lost) -> None:
    other = Archive(lost.home / "other")
    subprocess.run(["cp", "-a", str(lost.archive.folder), str(other.folder)], check=True)
    account = Account.of_owner(lost.home / "data" / "postgres")
    copies = BaseBackups(other, "", account, programs(lost.home, account), timedelta(days=1), keep=1)
    copies.forget_old()
    assert [path.name for _, path in other.bases()] == [lost.archive.bases()[-1][1].name]
    assert len(list(other.wal.iterdir())) < len(list(lost.archive.wal.iterdir()))
    said = CliRunner().invoke(
        app, ["restore", str(other.folder), "--data", str(lost.home / "newest"), "--until", "latest"]
    )
    assert said.exit_code == 0, said.output


def test_a_copy_brings_no_lock_of_the_server_that_it_was_taken_of(lost: Lost) -> None:
    """Its number may be that of any process by now, or of that server itself, which runs on beside."""
    base, half = lost.home / "locked", Cluster(lost.home / "half", Account.of_owner(lost.home), lost.home, {})
    (base / "in").mkdir(parents=True)
    (base / "in" / ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n")
    for name, inside in (("base", base / "in"), ("pg_wal", base / "nothing")):
        inside.mkdir(exist_ok=True)
        with tarfile.open(base / f"{name}.tar.gz", "w:gz") as packed:
            packed.add(inside, ".")
    _unpack(base, half)
    assert sorted(path.name for path in half.folder.iterdir()) == ["pg_wal", "recovery.signal"]


def test_a_server_that_does_not_archive_is_told(lost: Lost) -> None:
    with (
        embedded_server(lost.home / "data") as conninfo,
        pytest.raises(EmbeddedServerError, match="does not archive to GOLDENTHREAD_ARCHIVE_FOLDER"),
    ):
        base_backups(lost.archive, lost.home / "data", conninfo, timedelta(days=1), keep=1)
