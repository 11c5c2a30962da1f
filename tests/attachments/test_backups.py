"""A backup holds the files that came with evidence; what was restored gives them out alike; verifying reads them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from api.app.backups import back_up_to, restore_from
from api.app.verifying import verify_installation
from storage.backup.format import BackupRefused, Manifest
from storage.files.store import FileStore
from storage.migrate import migrate_installation
from support.partnership_world import KEY, World
from support.uploads import PDF, Desk


def unwatched(_what: str, _done: int, _of: int) -> None:
    return


@pytest.fixture
def attached(desk: Desk) -> dict[str, Any]:
    file = desk.attached()
    desk.attached(content=b"Another", name="Notes.txt")
    desk.uploaded(content=b"Nothing uses this")
    migrate_installation(desk.world.installation.conninfo)
    return file


@pytest.fixture
def backup(attached: dict[str, Any], desk: Desk, tmp_path: Path) -> Path:
    made = back_up(desk, tmp_path / "all.zip")
    assert (len(made.attachments), made.missing) == (2, ())
    return tmp_path / "all.zip"


def back_up(desk: Desk, file: Path) -> Manifest:
    return back_up_to(desk.world.installation.conninfo, file, KEY, unwatched, files=FileStore(desk.folder))


def restored(desk: Desk, backup: Path, place: Path) -> World:
    """Under another key, with its files in another place."""
    opened = desk.world.installation
    restore_from(opened, backup.open("rb"), "all.zip", KEY, "again", unwatched, FileStore(place))
    return World(opened, desk.world.tokens, "again")


def faults(desk: Desk, key: str, place: Path) -> Iterator[str]:
    for each in verify_installation(desk.world.installation.conninfo, key, unwatched, FileStore(place)):
        yield from (fault for check in each.checks if check.name == "files with evidence" for fault in check.faults)


def test_what_was_restored_has_every_file_and_no_upload_that_nobody_used(
    desk: Desk, backup: Path, attached: dict[str, Any], tmp_path: Path
) -> None:
    place = tmp_path / "elsewhere"
    restored(desk, backup, place)
    digest = attached["sha256"]
    assert (place / "again" / digest[:2] / digest).read_bytes() == PDF
    assert list(faults(desk, "again", place)) == []
    with desk.world.installation.database.connection("gt_again") as conn:
        assert conn.execute("SELECT count(*), count(used_by) FROM upload").fetchall() == [(2, 2)]


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda file: file.unlink(), "missing"),
        (lambda file: file.write_bytes(b"X" + PDF[1:]), "not what was submitted"),
    ],
    ids=["missing", "changed"],
)
def test_a_file_that_is_gone_or_changed_is_named_and_the_rest_is_backed_up(
    desk: Desk, attached: dict[str, Any], tmp_path: Path, damage: Any, words: str
) -> None:
    assert list(faults(desk, KEY, desk.folder)) == []
    digest = attached["sha256"]
    damage(desk.folder / KEY / digest[:2] / digest)
    (fault,) = faults(desk, KEY, desk.folder)
    assert digest in fault
    assert words in fault
    made = back_up(desk, tmp_path / "all.zip")
    assert made.missing == (f"files/{KEY}/{digest}",)
    assert len(made.attachments) == 1


def test_a_file_that_the_log_names_and_no_upload_knows_is_a_fault(desk: Desk, attached: dict[str, Any]) -> None:
    with desk.world.installation.database.connection("gt_knowsley") as conn:
        conn.execute("SET ROLE postgres")
        conn.execute("ALTER TABLE upload DISABLE TRIGGER used_uploads_are_kept")
        conn.execute("DELETE FROM upload WHERE sha256 = %s", (attached["sha256"],))
        conn.execute("SET ROLE goldenthread_app")
    assert ["not among the uploads" in each for each in faults(desk, KEY, desk.folder)] == [True]


def test_a_backup_with_a_damaged_file_is_refused_before_anything_is_written(
    desk: Desk, backup: Path, attached: dict[str, Any], tmp_path: Path
) -> None:
    name = f"files/{KEY}/{attached['sha256']}"
    other = tmp_path / "other.zip"
    with ZipFile(backup) as old, ZipFile(other, "w") as new:
        for each in old.namelist():
            new.writestr(each, b"X" if each == name else old.read(each))
    with pytest.raises(BackupRefused, match=attached["sha256"]):
        restored(desk, other, tmp_path / "elsewhere")
    assert not (tmp_path / "elsewhere").exists()
