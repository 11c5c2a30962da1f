"""Where a scanner is set nothing is attached that it has not found clean; asked is Debian's own clamd."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from api.attachments.sweeping import Sweeper
from support.partnership_world import World
from support.uploads import PDF, Desk

VIRUS = b"GOLDEN-THREAD-TEST-SIGNATURE-THAT-NOTHING-ELSE-HOLDS"
NAME = "Golden.Thread.Test"
CONFIGURATION = """LocalSocket {folder}/clamd.sock
DatabaseDirectory {folder}/signatures
LogFile {folder}/clamd.log
Foreground yes
User root
SelfCheck 0
"""


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The socket of a clamd that knows one signature."""
    program = shutil.which("clamd")
    if program is None:
        pytest.skip("clamd is not installed here: apt-get install clamav-daemon")
    folder = tmp_path_factory.mktemp("clamd")
    (folder / "signatures").mkdir()
    (folder / "signatures" / "ours.ndb").write_text(f"{NAME}:0:*:{VIRUS.hex()}\n")
    (folder / "clamd.conf").write_text(CONFIGURATION.format(folder=folder))
    process = subprocess.Popen([program, "--config-file", folder / "clamd.conf"], stdout=subprocess.DEVNULL)
    try:
        _await(folder / "clamd.sock", process)
        yield folder / "clamd.sock"
    finally:
        process.terminate()
        process.wait(20)


def _await(place: Path, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        with socket.socket(socket.AF_UNIX) as tried:
            if place.exists() and tried.connect_ex(str(place)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("clamd did not start")


def scanned_by(world: World, tmp_path: Path, address: Path) -> Desk:
    return Desk.of(world, tmp_path, scanner=str(address))


def sweeper(desk: Desk) -> Sweeper:
    return Sweeper(desk.world.app.state.attachments, lambda: ["knowsley"], timedelta(days=1))


def states(desk: Desk) -> list[str]:
    with desk.world.installation.database.connection("gt_knowsley") as conn:
        return [state for (state,) in conn.execute("SELECT state FROM upload ORDER BY uploaded_at")]


def test_what_is_clean_is_taken_and_what_is_infected_is_told_and_not_kept(
    world: World, tmp_path: Path, clamd: Path
) -> None:
    desk = scanned_by(world, tmp_path, clamd)
    clean = desk.send()
    assert (clean.status_code, "quarantined" in clean.json()) == (201, False)
    answer = desk.send(content=b"x" * 1_000_000 + VIRUS, name="Minutes.txt")
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (422, "INFECTED")
    assert NAME in answer.text
    assert (len(desk.kept()), desk.rows()) == (1, 1)


def test_while_the_scanner_is_away_a_file_is_in_quarantine_until_it_was_found_clean(
    world: World, tmp_path: Path, clamd: Path
) -> None:
    desk = scanned_by(world, tmp_path, tmp_path / "nobody")
    sent = desk.send()
    assert (sent.status_code, sent.json()["quarantined"]) == (201, True)
    asked = {"id": world.assigned("police"), "narrative": "Done", "attachments": [sent.json()["id"]]}
    assert world.refused("police", "actionSubmitEvidence", **asked) == ["ATTACHMENT_NOT_SCANNED"]
    assert desk.get(f"/attachments/{sent.json()['id']}").status_code == 404
    sweeper(desk).take()
    assert states(desk) == ["QUARANTINED"]
    sweeper(scanned_by(world, tmp_path, clamd)).take()
    assert states(desk) == ["READY"]
    world.do("police", "actionSubmitEvidence", **asked)


def test_what_is_found_in_quarantine_is_removed_and_never_served(world: World, tmp_path: Path, clamd: Path) -> None:
    desk = scanned_by(world, tmp_path, tmp_path / "nobody")
    ids = [desk.send(who, content=VIRUS, name="x").json()["id"] for who in ("police", "unit")]
    clean = desk.send(content=PDF).json()["id"]
    sweeper(scanned_by(world, tmp_path, clamd)).take()
    assert states(desk) == ["INFECTED", "INFECTED", "READY"]
    assert [each.read_bytes() for each in desk.kept()] == [PDF]
    asked = {"id": world.assigned("police"), "narrative": "Done"}
    assert world.refused("police", "actionSubmitEvidence", **asked, attachments=ids[:1]) == ["ATTACHMENT_NOT_SCANNED"]
    assert [desk.get(f"/attachments/{id}").status_code for id in (ids[0], clean)] == [404, 200]
