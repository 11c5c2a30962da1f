"""`serve` takes backups by itself, says where it could not, and keeps so many."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from api.app.schedule import Schedule, writable
from api.app.settings import SettingsError, load_settings
from storage.files.store import FileStore
from storage.operations import alone, last_backup
from support.partnership_world import World

NOTED = "SELECT place, failure FROM goldenthread.backup ORDER BY ended_at"


@pytest.fixture
def schedule(world: World, tmp_path: Path) -> Schedule:
    writable(tmp_path / "backups")
    files = FileStore(tmp_path / "files")
    return Schedule(world.installation.conninfo, tmp_path / "backups", timedelta(hours=6), keep=2, files=files)


def noted(schedule: Schedule) -> list[Any]:
    with psycopg.connect(schedule.conninfo) as conn:
        return conn.execute(NOTED).fetchall()


def test_the_first_is_due_at_once_the_next_after_its_time_whichever_process_asks(schedule: Schedule) -> None:
    for old in ("20200101", "20210101", "20220101"):
        (schedule.folder / f"goldenthread-{old}T000000Z.zip").touch()
    (schedule.folder / "minutes-of-the-board.zip").touch()
    assert schedule.wait() == timedelta()
    assert timedelta(hours=5) < schedule.take() <= timedelta(hours=6)
    made = last_backup(schedule.conninfo)
    assert made is not None
    assert made.facts > 0
    assert sorted(file.name for file in schedule.folder.iterdir()) == [
        "goldenthread-20220101T000000Z.zip",
        Path(made.place).name,
        "minutes-of-the-board.zip",
    ]
    another = replace(schedule)
    assert timedelta(hours=5) < another.take() <= timedelta(hours=6)
    assert len(noted(schedule)) == 1


def test_while_another_process_takes_one_nobody_else_does(schedule: Schedule) -> None:
    with alone(schedule.conninfo) as mine:
        assert mine
        assert schedule.take() == timedelta(minutes=10)
    assert noted(schedule) == []


def test_a_failure_is_logged_noted_and_tried_again(schedule: Schedule, caplog: pytest.LogCaptureFixture) -> None:
    schedule.folder.rmdir()
    assert schedule.take() == timedelta(minutes=10)
    assert f"no backup to {schedule.folder}" in caplog.text
    assert last_backup(schedule.conninfo) is None
    (row,) = noted(schedule)
    assert "No such file" in row[1]
    writable(schedule.folder)
    schedule.take()
    assert last_backup(schedule.conninfo) is not None


def test_a_stop_in_the_middle_leaves_no_file(schedule: Schedule) -> None:
    schedule.stop.set()
    schedule.take()
    assert list(schedule.folder.iterdir()) == []
    assert last_backup(schedule.conninfo) is None


def test_a_wrong_setting_stops_the_start_with_its_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="GOLDENTHREAD_BACKUP_FOLDER: expected a folder that can be written to"):
        writable(tmp_path / "file")
    monkeypatch.setenv("GOLDENTHREAD_BACKUP_EVERY", "often")
    with pytest.raises(SettingsError, match="GOLDENTHREAD_BACKUP_EVERY: expected a length of time from 1m to 31d"):
        load_settings()
    monkeypatch.setenv("GOLDENTHREAD_BACKUP_EVERY", "30m")
    assert load_settings().backup_every == timedelta(minutes=30)
    monkeypatch.setenv("GOLDENTHREAD_BACKUP_KEEP", "0")
    with pytest.raises(SettingsError, match="GOLDENTHREAD_BACKUP_KEEP: expected backups, 1 to 10000"):
        load_settings()
