"""Recovery of the embedded server to a moment: what it writes is archived as it goes, beside copies of its folder.

`FOLDER/wal` holds every finished segment of the write-ahead log, `FOLDER/base` a copy of the data directory for each
day or so, under the moment from which on it can be brought forward. `FOLDER/of` says whose they are.
"""

import logging
import os
import shlex
import shutil
import subprocess
import tarfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from re import compile as pattern

import psycopg
from psycopg.conninfo import conninfo_to_dict

from storage.embedded.account import STRANGER, Account, expected_account, system_account
from storage.embedded.cluster import Cluster
from storage.embedded.errors import EmbeddedServerError
from storage.embedded.place import SPECIAL, blocked_at, prepare
from storage.embedded.program import programs
from storage.embedded.settings import SETTINGS
from storage.sql import statements

logger = logging.getLogger("goldenthread.archive")

SQL = statements("storage.embedded", "archive.sql")
LOST_AT_MOST = timedelta(minutes=5)
"""How much is lost with the data folder: a segment that is not full yet is archived after this time."""
AGAIN = timedelta(minutes=10)
_NAME = "%Y%m%dT%H%M%S.%fZ"
_BASE = pattern(r"\d{8}T\d{6}\.\d{6}Z")
_FIRST_SEGMENT = pattern(r"START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)")
_SERVER = pattern(r"Database system identifier:\s+(\d+)")
_TIMELINE = pattern(r"Latest checkpoint's TimeLineID:\s+(\d+)")
_NOT_REACHED = "recovery ended before configured recovery target was reached"


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive of one data folder."""

    folder: Path

    @property
    def wal(self) -> Path:
        return self.folder / "wal"

    @property
    def base(self) -> Path:
        return self.folder / "base"

    def settings(self) -> Mapping[str, str]:
        """PostgreSQL's, for a server that archives here. Its own module copies, and never overwrites."""
        return {
            "archive_mode": "on",
            "archive_library": "basic_archive",
            "basic_archive.archive_directory": str(self.wal),
            "archive_timeout": str(round(LOST_AT_MOST.total_seconds())),
        }

    def prepare(self, cluster: Path, account: Account, programs: Path) -> None:
        """Make the folders, for the account that runs the server, before that starts. Raises `EmbeddedServerError`.

        What another server archived here is refused beforehand: both histories in one folder would be neither's.
        """
        if SPECIAL & set(str(self.folder)) or "%" in str(self.folder):
            raise EmbeddedServerError(f"{self.folder} holds a character that PostgreSQL's commands give a meaning to.")
        try:
            for made in (self.folder, self.wal, self.base):
                if not made.exists():
                    made.mkdir(mode=0o700, parents=True)
                    os.chown(made, account.uid, account.gid)
        except OSError as error:
            raise EmbeddedServerError(
                f"{error.filename or self.folder} cannot hold the archive: {error.strerror}; choose another folder "
                "with GOLDENTHREAD_ARCHIVE_FOLDER."
            ) from error
        if blocked := blocked_at(self.wal, account):
            raise EmbeddedServerError(
                f"The account that runs the embedded PostgreSQL may not enter {blocked}, so it cannot archive there: "
                "choose another folder with GOLDENTHREAD_ARCHIVE_FOLDER."
            )
        if self._mark.exists():
            self._expect(_whose(cluster, account, programs) if cluster.exists() else "nobody")

    def check(self, conninfo: str) -> None:
        """Whether the server that runs archives here; from then on nobody else may. Raises `EmbeddedServerError`."""
        with psycopg.connect(conninfo) as conn:
            mode, folder, whose = conn.execute(SQL["archiving"]).fetchone() or ("off", "", "")
        if mode == "off" or Path(folder or "/") != self.wal:
            raise EmbeddedServerError(
                "The embedded PostgreSQL runs already and does not archive to GOLDENTHREAD_ARCHIVE_FOLDER: end what "
                "uses it, set that variable for every command, and start serve again."
            )
        if not self._mark.exists():
            self._mark.write_text(f"{whose}\n", encoding="utf-8")
        self._expect(whose)

    @property
    def _mark(self) -> Path:
        return self.folder / "of"

    def _expect(self, whose: str) -> None:
        if self._mark.read_text(encoding="utf-8").strip() != whose:
            raise EmbeddedServerError(
                f"{self.folder} holds the archive of another server, or of this one before it was restored: "
                "choose another folder with GOLDENTHREAD_ARCHIVE_FOLDER."
            )

    def bases(self) -> list[tuple[datetime, Path]]:
        """The copies of the data directory with the moment from which on each can be brought forward, oldest first."""
        found = sorted(path for path in self.base.iterdir() if _BASE.fullmatch(path.name)) if self.base.is_dir() else []
        return [(datetime.strptime(path.name, _NAME).replace(tzinfo=UTC), path) for path in found]

    def from_before(self, moment: datetime | None) -> Path:
        """The copy to begin with. Raises `EmbeddedServerError` where the archive begins later."""
        bases = self.bases()
        fitting = [path for began, path in bases if moment is None or began <= moment]
        if not fitting:
            earliest = f"reaches back to {bases[0][0]:%Y-%m-%d %H:%M:%S} UTC" if bases else "holds no copy of a server"
            raise EmbeddedServerError(f"{self.folder} {earliest}; nothing was written.")
        return fitting[-1]


@dataclass(frozen=True, slots=True)
class BaseBackups:
    """Copies of a running embedded server's data directory, every so often, so many kept."""

    archive: Archive
    conninfo: str
    account: Account
    programs: Path
    every: timedelta
    keep: int

    def take(self) -> timedelta:
        """Take the copy that is due, and give how long to wait now. A failure is logged."""
        try:
            if not (pause := self._wait()):
                self.copy()
                self.forget_old()
                pause = self._wait()
        except (EmbeddedServerError, OSError, psycopg.Error) as error:
            logger.error("no copy for recovery in %s: %s", self.archive.folder, error)  # noqa: TRY400 - it says all
            return min(AGAIN, self.every)
        return pause

    def copy(self) -> Path:
        """One more copy, while readers and writers go on; there once it is whole and on disk."""
        half = self.archive.base / "part"
        shutil.rmtree(half, ignore_errors=True)
        at = conninfo_to_dict(self.conninfo)
        place = (f"--host={at['host']}", f"--port={at['port']}", f"--username={at['user']}", "--no-password")
        ways = ("--format=tar", "--gzip", "--compress=1", "--checkpoint=fast", "--wal-method=stream")
        _run(self.programs, self.account, "pg_basebackup", f"--pgdata={half}", *ways, *place)
        whole = self.archive.base / datetime.now(UTC).strftime(_NAME)
        half.rename(whole)
        return whole

    def _wait(self) -> timedelta:
        bases = self.archive.bases()
        return max(bases[-1][0] + self.every - datetime.now(UTC), timedelta()) if bases else timedelta()

    def forget_old(self) -> None:
        """Remove the copies beyond those that are kept, and the log that only they need."""
        bases = [path for _, path in self.archive.bases()]
        for path in bases[: -self.keep]:
            shutil.rmtree(path)
        oldest = _first_segment(bases[-self.keep :][0])
        _run(self.programs, self.account, "pg_archivecleanup", str(self.archive.wal), oldest)


def base_backups(archive: Archive, data: Path, conninfo: str, every: timedelta, keep: int) -> BaseBackups:
    """Of the server that runs in `data`. Raises `EmbeddedServerError` where that does not archive."""
    archive.check(conninfo)
    home = data.expanduser().resolve()
    account = Account.of_owner(home / "postgres")
    return BaseBackups(archive, conninfo, account, programs(home, account), every, keep)


def recover(archive: Archive, data: Path, until: datetime | None) -> None:
    """A data folder as its server stood at a moment, or at the end of the archive; the whole of it or nothing.

    Raises `EmbeddedServerError` where the folder holds a server, and where the archive does not reach the moment.
    """
    target = data.expanduser().resolve() / "postgres"
    if target.exists():
        raise EmbeddedServerError(
            f"There is a server in {target} already, and a restore never mixes: choose another --data."
        )
    base = archive.from_before(until)
    expected = expected_account(target)
    home = prepare(data, expected)
    account = system_account() if expected is STRANGER else expected
    half = Cluster(home / "recovering", account, programs(home, account), _while_recovering(archive, until))
    _remove(half)
    try:
        _unpack(base, half)
        _bring_forward(archive, half, until)
        half.folder.rename(target)
    finally:
        _remove(half)


def _remove(half: Cluster) -> None:
    """What an attempt leaves, perhaps one that was killed while its server ran."""
    half.stop()
    shutil.rmtree(half.home, ignore_errors=True)


def _unpack(base: Path, half: Cluster) -> None:
    folder = half.folder
    folder.mkdir(parents=True, mode=0o700)
    half.home.chmod(0o711)
    for file, into in ((base / "base.tar.gz", folder), (base / "pg_wal.tar.gz", folder / "pg_wal")):
        with tarfile.open(file) as packed:
            packed.extractall(into, filter="tar")
    for lock in folder.glob(
        ".s.PGSQL.*"
    ):  # of the server that was copied: whoever has its number now would be taken for it
        lock.unlink()
    (folder / "recovery.signal").touch()
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, half.account.uid, half.account.gid, follow_symlinks=False)


def _while_recovering(archive: Archive, until: datetime | None) -> Mapping[str, str]:
    return {
        **SETTINGS,
        "hot_standby": "off",  # nobody is let in before the moment is reached
        "restore_command": f"cp {shlex.quote(str(archive.wal))}/%f %p",
        "recovery_target_action": "promote",
        **({"recovery_target_time": until.isoformat()} if until else {}),
    }


def _bring_forward(archive: Archive, half: Cluster, until: datetime | None) -> None:
    try:
        half.recover()
    except EmbeddedServerError as error:
        if _NOT_REACHED in str(error) and until:
            raise EmbeddedServerError(
                f"{archive.folder} ends before {until.isoformat(sep=' ')}: give an earlier moment, or `--until latest` "
                "for all that it holds; nothing was written."
            ) from error
        raise


def _whose(cluster: Path, account: Account, programs: Path) -> str:
    """A server and its timeline, which begins with each recovery to a moment, as `archiving` says it."""
    control_data = _run(programs, account, "pg_controldata", str(cluster))
    server, timeline = _SERVER.search(control_data), _TIMELINE.search(control_data)
    if server is None or timeline is None:
        raise EmbeddedServerError(f"{cluster} does not say which server it is.")
    return f"{server[1]}/{int(timeline[1]):08X}"


def _run(programs: Path, account: Account, program: str, *arguments: str) -> str:
    env = {"PATH": os.defpath, "LC_ALL": "C"}
    command = [str(programs / program), *arguments]
    done = subprocess.run(command, cwd="/", env=env, capture_output=True, text=True, check=False, **account.identity())
    if done.returncode != 0:
        raise EmbeddedServerError(f"{program} failed: {' '.join(done.stderr.split())}")
    return done.stdout


def _first_segment(base: Path) -> str:
    """The oldest segment of the log that a copy needs, from the label in it."""
    with tarfile.open(base / "base.tar.gz") as packed:
        label = packed.extractfile("backup_label")
        if label is None:
            raise EmbeddedServerError(f"{base} has no label.")
        with closing(label):
            found = _FIRST_SEGMENT.search(label.read().decode())
    if found is None:
        raise EmbeddedServerError(f"The label of {base} does not say where it begins.")
    return found[1]
