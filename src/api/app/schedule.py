"""Backups that `serve` takes by itself: of everything, into one folder, so often, so many kept."""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Event, Thread

from api.app.backups import DATED, back_up_to, dated
from api.app.settings import SettingsError
from storage.database import UNAVAILABLE
from storage.files.store import FileStore
from storage.operations import alone, last_backup

logger = logging.getLogger("goldenthread.backup")

AGAIN = timedelta(minutes=10)
"""After a backup that failed, or while another process takes one."""


class Stopping(Exception):
    """`serve` ends in the middle of a backup, which is then begun anew by the next start."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """`every` counts from when the last one into this folder was begun, whichever process took it."""

    conninfo: str
    folder: Path
    every: timedelta
    keep: int
    files: FileStore
    stop: Event = field(default_factory=Event)

    def wait(self) -> timedelta:
        """How long until the next is due; zero where it is."""
        last = last_backup(self.conninfo, f"{self.folder}/")
        return max(last.began_at + self.every - datetime.now(UTC), timedelta()) if last else timedelta()

    def take(self) -> timedelta:
        """Take the backup that is due, if nobody else does, and give how long to wait now. A failure is logged."""
        try:
            with alone(self.conninfo) as mine:
                if not mine:
                    return min(AGAIN, self.every)
                if self.wait():
                    return self.wait()
                file = self.folder / dated(None)
                made = back_up_to(self.conninfo, file, None, self._unless_stopping, files=self.files)
                if made.missing:
                    logger.error(
                        "%s files with evidence are missing in %s; `verify` names them", len(made.missing), file
                    )
                logger.info("backed up %s facts to %s", f"{made.facts:,}", file)
                self._forget_old()
                return self.wait()
        except Stopping:
            return timedelta()
        except UNAVAILABLE as error:
            logger.error("no backup to %s: the database cannot be reached: %s", self.folder, error)  # noqa: TRY400
        except Exception:
            logger.exception("no backup to %s", self.folder)
        return min(AGAIN, self.every)

    def _unless_stopping(self, _what: str, _done: int, _of: int) -> None:
        if self.stop.is_set():
            raise Stopping

    def _forget_old(self) -> None:
        """Only after another has succeeded, and only what has the name of a backup of everything."""
        found = sorted(file for file in self.folder.iterdir() if DATED.fullmatch(file.name))
        for file in found[: -self.keep]:
            file.unlink(missing_ok=True)


@contextmanager
def scheduled(conninfo: str, folder: Path | None, every: timedelta, keep: int, files: FileStore) -> Iterator[None]:
    """Backups are taken in a thread until the end of the block; none where no folder is given.

    Raises `SettingsError` where nothing can be written to the folder.
    """
    if folder is None:
        yield
        return
    schedule = Schedule(conninfo, folder.expanduser().resolve(), every, keep, files)
    with repeated("backup", schedule.take, schedule.stop):
        yield


@contextmanager
def repeated(name: str, take: Callable[[], timedelta], stop: Event | None = None) -> Iterator[None]:
    """`take` is called in a thread until the end of the block, each time after the pause that it gave before."""
    ending = stop or Event()

    def run() -> None:
        pause = timedelta()
        while not ending.wait(pause.total_seconds()):
            pause = take()

    thread = Thread(target=run, name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ending.set()
        thread.join(timeout=10)


def writable(folder: Path | None) -> None:
    """Raises `SettingsError` where backups could not be written; the folder is made if it is missing."""
    if folder is None:
        return
    try:
        folder.expanduser().mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder.expanduser()) as tried:
            os.fsync(tried.fileno())
    except OSError as error:
        raise SettingsError(
            f"GOLDENTHREAD_BACKUP_FOLDER: expected a folder that can be written to, and {folder} cannot: "
            f"{error.strerror}."
        ) from error
