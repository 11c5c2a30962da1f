"""Whatever a crash, a copy or a hand left in the data folder: the server starts, or one sentence says why not."""

import itertools
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event

import psycopg
import pytest

from storage.embedded import EmbeddedServerError, embedded_server, supervision
from storage.embedded.account import Account
from storage.embedded.postmaster import PID_FILE, Postmaster, answers, pid_file, postmaster, processes_of
from storage.embedded.program import programs
from storage.embedded.sharing import alone, shared
from storage.embedded.supervision import supervised
from storage.embedded.temporary import temporary_data


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """One folder for every fault; each test leaves it in order."""
    with temporary_data() as folder:
        it_starts(folder / "data")
        yield folder / "data"


def cluster(data: Path) -> Path:
    return data / "postgres"


def it_starts(data: Path) -> None:
    with embedded_server(data) as uri, psycopg.connect(uri) as conn:
        assert conn.execute("SELECT 1").fetchone() == (1,)
    assert processes_of(cluster(data)) == []


def why_not(data: Path) -> str:
    with pytest.raises(EmbeddedServerError) as refused, embedded_server(data):
        pass
    assert processes_of(cluster(data)) == []
    return one_sentence(str(refused.value))


def one_sentence(text: str) -> str:
    """What a person is shown stands on one line and does not end in the middle."""
    assert "\n" not in text
    assert text.endswith(".")
    return text


def a_pid_file(pid: int, folder: Path) -> str:
    return f"{pid}\n{folder}\n0\n5432\n{folder}\n\n0 0\nready\n"


@pytest.mark.parametrize("left", [b"", b"no number\n", b"-5\n", b"99999999999999999999\n", b"\xff\x00\xfe"])
def test_garbage_in_its_file_is_cleared_away(data: Path, left: bytes) -> None:
    (cluster(data) / PID_FILE).write_bytes(left)
    assert postmaster(cluster(data)) is None
    if left == b"-5\n":  # one start for all of them: what matters is that none is taken for a server
        it_starts(data)
    (cluster(data) / PID_FILE).unlink(missing_ok=True)


def test_a_file_and_a_lock_whose_number_now_belongs_to_something_else_are_cleared_away(data: Path) -> None:
    (cluster(data) / PID_FILE).write_text(a_pid_file(os.getpid(), cluster(data)), encoding="utf-8")
    (cluster(data) / ".s.PGSQL.5432.lock").write_text(a_pid_file(os.getpid(), cluster(data)), encoding="utf-8")
    it_starts(data)


def test_a_process_that_merely_stands_in_the_folder_is_no_server(data: Path) -> None:
    with subprocess.Popen(["sleep", "60"], cwd=cluster(data)) as other:
        (cluster(data) / PID_FILE).write_text(a_pid_file(other.pid, cluster(data)), encoding="utf-8")
        try:
            assert postmaster(cluster(data)) is None
        finally:
            other.kill()
    (cluster(data) / PID_FILE).unlink()


def test_a_living_server_whose_file_was_lost_is_never_joined_by_a_second(data: Path) -> None:
    with embedded_server(data):
        running = postmaster(cluster(data))
        assert running is not None
        kept = (cluster(data) / PID_FILE).read_bytes()
        (cluster(data) / PID_FILE).write_bytes(b"garbage")
        with pytest.raises(EmbeddedServerError, match=f"kill -INT {running.pid}"), embedded_server(data):
            pass
        (cluster(data) / PID_FILE).write_bytes(kept)
        assert postmaster(cluster(data)) == running
    assert processes_of(cluster(data)) == []


def test_a_folder_with_a_mode_that_postgresql_refuses_is_told_with_what_to_type(data: Path) -> None:
    cluster(data).chmod(0o755)
    told = why_not(data)
    assert "has invalid permissions; Permissions should be u=rwx (0700)" in told
    assert told.endswith(f"Type: chmod 700 {cluster(data)}.")
    cluster(data).chmod(0o700)


def test_a_folder_that_its_owner_may_not_write_to_is_told(data: Path) -> None:
    cluster(data).chmod(0o500)
    assert "Permission denied" in why_not(data)
    cluster(data).chmod(0o700)


def test_the_reason_that_the_server_wrote_into_its_log_is_quoted(data: Path) -> None:
    settings = cluster(data) / "postgresql.auto.conf"
    kept = settings.read_bytes()
    settings.write_bytes(b"no_such_setting = on\n")
    assert 'unrecognized configuration parameter "no_such_setting"' in why_not(data)
    settings.write_bytes(kept)


@contextmanager
def copied(data: Path) -> Iterator[Path]:
    """Beside the running original, as `cp -a` does it."""
    copy = data.with_name("copy")
    subprocess.run(["cp", "-a", str(data), str(copy)], check=True)
    try:
        yield copy
    finally:
        shutil.rmtree(copy)


def test_a_folder_copied_while_its_server_ran_is_refused_and_one_that_moved_after_a_crash_is_not(data: Path) -> None:
    with embedded_server(data), copied(data) as copy:
        assert f"was copied from {cluster(data)} while a server ran there" in why_not(copy)
        crash(data)
    moved = data.with_name("moved")
    data.rename(moved)
    it_starts(moved)
    moved.rename(data)


def crash(data: Path) -> None:
    running = postmaster(cluster(data))
    assert running is not None
    os.kill(running.pid, signal.SIGKILL)
    deadline = time.monotonic() + 20
    while processes_of(cluster(data)):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_base_backup_beside_its_running_original_starts(data: Path) -> None:
    restored = data.with_name("restored")
    restored.mkdir()
    owner = Account.of_owner(cluster(data))
    os.chown(restored, owner.uid, owner.gid)
    with embedded_server(data):
        take = [programs(data, owner) / "pg_basebackup", "--checkpoint=fast", "--no-sync", "--username=postgres"]
        where = [f"--host={cluster(data)}", f"--pgdata={cluster(restored)}"]
        subprocess.run([*map(str, take), *where], check=True, capture_output=True, **owner.identity())
        assert (cluster(restored) / ".s.PGSQL.5432.lock").exists()  # with the number of the living original
        it_starts(restored)
        assert postmaster(cluster(data)) is not None
    shutil.rmtree(restored)


def test_shared_memory_that_a_frozen_orphan_still_uses_is_told_with_what_to_type(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.embedded.cluster.LAUNCHES", 1)
    with ExitStack() as using:
        uri = using.enter_context(embedded_server(data))
        conn = psycopg.connect(uri)
        os.kill(conn.info.backend_pid, signal.SIGSTOP)
        running = postmaster(cluster(data))
        assert running is not None
        os.kill(running.pid, signal.SIGKILL)
        with pytest.raises(EmbeddedServerError) as refused, embedded_server(data):
            pass
        told = one_sentence(str(refused.value))
        assert "shared memory" in told
        assert "kill -9" in told
        assert f" {conn.info.backend_pid}" in told
        os.kill(conn.info.backend_pid, signal.SIGKILL)
        conn.close()
    it_starts(data)


USE = """
import sys
from pathlib import Path
from cli.ending import end_like_ctrl_c
from storage.embedded import embedded_server
end_like_ctrl_c()
with embedded_server(Path(sys.argv[1])):
    sys.stdin.readline()
"""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_who_is_ended_while_it_starts_the_server_leaves_nothing_running(data: Path, how: signal.Signals) -> None:
    command = [sys.executable, "-c", USE, str(data)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as user:
        deadline = time.monotonic() + 30
        while not pid_file(cluster(data)):
            assert time.monotonic() < deadline
            time.sleep(0.002)
        user.send_signal(how)
        user.send_signal(how)
        assert user.wait(60) != 0
    assert processes_of(cluster(data)) == []


def test_a_gate_that_somebody_never_leaves_is_told(tmp_path: Path) -> None:
    with alone(tmp_path / "thing"):
        with pytest.raises(EmbeddedServerError, match="resume it or end it") as told, alone(tmp_path / "thing", 0.05):
            pass
        one_sentence(str(told.value))


def test_a_folder_where_no_lock_can_be_made_is_told(tmp_path: Path) -> None:
    missing = tmp_path / "missing" / "thing"
    with pytest.raises(EmbeddedServerError, match="cannot be written to"), shared(missing, lambda: None, lambda: None):
        pass


def test_a_server_that_keeps_ending_is_started_with_ever_longer_pauses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("storage.embedded.supervision.LOOKED_EVERY_S", 0.001)
    monkeypatch.setattr("storage.embedded.supervision.FIRST_PAUSE_S", 0.02)
    leaving, tried = Event(), list[float]()

    def start() -> Postmaster:
        tried.append(time.monotonic())
        raise EmbeddedServerError("The disk is full.")

    with supervised(tmp_path / "postgres", start, leaving):
        deadline = time.monotonic() + 30
        while len(tried) < 5:
            assert time.monotonic() < deadline
            time.sleep(0.005)
    pauses = [later - earlier for earlier, later in itertools.pairwise(tried)]
    assert all(pause >= 0.02 * 2**nth for nth, pause in enumerate(pauses))
    assert any(record.getMessage().startswith("The disk is full. Trying again in") for record in caplog.records)


def test_a_frozen_server_and_all_that_is_left_of_it_ends_before_another_is_started(
    data: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(supervision, "ASKED_EVERY_S", 0.1)
    monkeypatch.setattr(supervision, "ANSWERED_WITHIN_S", 0.3)
    monkeypatch.setattr(supervision, "UNANSWERED", 3)
    with embedded_server(data, supervise=True) as uri:
        with psycopg.connect(uri, autocommit=True) as conn:
            conn.execute("CREATE TABLE kept AS SELECT 1 AS one")
            frozen = postmaster(cluster(data))
            assert frozen is not None
            before = processes_of(cluster(data))
            os.kill(conn.info.backend_pid, signal.SIGSTOP)  # a child that does not see that its parent is gone
            os.kill(frozen.pid, signal.SIGSTOP)
            deadline = time.monotonic() + 60
            while (running := postmaster(cluster(data))) is None or running.pid == frozen.pid:
                assert time.monotonic() < deadline, "it was not started again"
                time.sleep(0.05)
            assert set(before).isdisjoint(processes_of(cluster(data)))
        with alone(cluster(data)), psycopg.connect(uri) as conn:  # its start has ended
            assert conn.execute("TABLE kept").fetchone() == (1,)
            conn.execute("DROP TABLE kept")
    assert processes_of(cluster(data)) == []
    told = [record.getMessage() for record in caplog.records]
    assert sum("has not answered for" in each and "(stopped)" in each for each in told) == 1


def test_a_server_that_lets_nobody_in_answers_all_the_same(data: Path) -> None:
    with (
        embedded_server(data, {"max_connections": "4", "superuser_reserved_connections": "0"}) as uri,
        ExitStack() as held,
    ):
        for _ in range(4):
            held.enter_context(psycopg.connect(uri))
        with pytest.raises(psycopg.OperationalError, match="too many clients"):
            psycopg.connect(uri)
        running = postmaster(cluster(data))
        assert running is not None
        assert answers(running, 5)
