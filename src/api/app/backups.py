"""Backups of an installation, taken and restored: which tables a rebuild makes again is known here."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from re import compile as pattern
from typing import IO, TypeAlias

from api.app.installation import KEY, Installation
from domain.partnership.commands import LONGEST_KEY
from domain.shared.refusals import Invalid, NotFound
from projections.engine.rebuild import rebuild
from projections.histories.registry import KEY_COLUMNS
from storage.backup.format import BackupRefused, Manifest, Reader, Saved, kept
from storage.backup.restoring import Restore, Restored, refuse_later
from storage.backup.taking import Wanted, take
from storage.database import UNAVAILABLE
from storage.files.store import FileStore
from storage.migrate import migrate, partnership_schemas, schema_of
from storage.operations import note_backup

Step: TypeAlias = Callable[[str, int, int], None]
"""What is being done, how much of it is done, and how much there is."""

DATED = pattern(r"goldenthread-\d{8}T\d{6}Z\.zip")
"""The names of backups of everything in a folder; they sort by when they were begun."""


def back_up(
    conninfo: str,
    target: IO[bytes],
    partnership: str | None,
    step: Step,
    *,
    files: FileStore,
    signing_key: bool = True,
) -> Manifest:
    """Write a backup of one partnership, or of all, as it stands at one moment, to a stream, and note that it was made.

    Raises `NotFound`, and `BackupRefused` while the database is brought to another version.
    """
    with _noted(conninfo, partnership, "a stream") as made:
        made.append(take(conninfo, _wanted(conninfo, partnership, files, signing_key=signing_key), target, _told(step)))
    return made[0]


def back_up_to(
    conninfo: str, file: Path, partnership: str | None, step: Step, *, files: FileStore, signing_key: bool = True
) -> Manifest:
    """As `back_up`, to a file that is there once it is whole."""
    with _noted(conninfo, partnership, str(file)) as made, kept(file) as target:
        made.append(take(conninfo, _wanted(conninfo, partnership, files, signing_key=signing_key), target, _told(step)))
    return made[0]


@contextmanager
def _noted(conninfo: str, partnership: str | None, place: str) -> Iterator[list[Manifest]]:
    """What is put into the list is noted as a backup that was made; what is raised as one that failed."""
    began, made = datetime.now(UTC), list[Manifest]()
    try:
        yield made
    except Exception as error:
        with suppress(*UNAVAILABLE):  # then there is nobody to note it either
            note_backup(conninfo, began, place, partnership=partnership, failure=f"{type(error).__name__}: {error}")
        raise
    size = sum(part.bytes for part in made[0].parts)
    note_backup(conninfo, began, place, partnership=partnership, facts=made[0].facts, size=size)


def dated(partnership: str | None) -> str:
    """The name of a backup that is begun now, for a folder of them."""
    return f"{partnership or 'goldenthread'}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.zip"


def latest_in(folder: Path) -> Path:
    """The latest backup of everything in a folder. Raises `BackupRefused` where there is none."""
    found = sorted(file for file in folder.iterdir() if DATED.fullmatch(file.name))
    if not found:
        raise BackupRefused(f"{folder} holds no backup of everything; name the file that is to be restored.")
    return found[-1]


def restore_from(
    installation: Installation,
    file: IO[bytes],
    name: str,
    partnership: str | None,
    key: str | None,
    step: Step,
    files: FileStore,
) -> Restored:
    """Restore every partnership of a backup, or one, perhaps under another key: all of it or nothing.

    Everything that can be refused is refused before anything is written: `BackupRefused` for a backup that is damaged
    or of a later version, `AlreadyThere` for a key that is in use, `Invalid` for one that cannot be.
    """
    with closing(file):
        reader = Reader(file, name)
        refuse_later(reader)
        wanted = _chosen(reader, partnership, key)
        for done in reader.check():
            step("Checking the backup", done, reader.bytes)
        with Restore(installation.conninfo, reader, wanted, files) as restore:
            restore.fill(lambda staged: _derive(installation.conninfo, staged, step), step)
            return restore.put_in_place()


def _chosen(reader: Reader, partnership: str | None, key: str | None) -> Sequence[tuple[Saved, str]]:
    there = reader.manifest.partnerships
    chosen = there if partnership is None else (reader.manifest.of(partnership),)
    if key is not None and len(chosen) != 1:
        raise Invalid("Only one partnership can be given another key: say which with --partnership.", "as")
    if key is not None and not KEY.fullmatch(key):
        raise Invalid(f"The key {key!r} is not small letters and digits, joined by single hyphens.", "as")
    if key is not None and len(key) > LONGEST_KEY:
        raise Invalid(f"The key {key!r} is longer than {LONGEST_KEY} letters.", "as")
    return [(saved, key or saved.key) for saved in chosen]


def _derive(conninfo: str, staged: str, step: Step) -> None:
    migrate(conninfo, staged)
    rebuild(conninfo, staged, progress=lambda done, of: step("Making the read models", done, of))


def _wanted(conninfo: str, partnership: str | None, files: FileStore, *, signing_key: bool) -> Wanted:
    schemas = partnership_schemas(conninfo)
    if partnership is not None and schema_of(partnership) not in schemas:
        raise NotFound(f"There is no partnership {partnership!r}.", "partnership")
    return Wanted(
        schemas=schemas if partnership is None else [schema_of(partnership)],
        derived=list(KEY_COLUMNS),
        everything=partnership is None,
        signing_key=signing_key,
        made_by=version("goldenthread"),
        files=files,
    )


def _told(step: Step) -> Callable[[int, int], None]:
    return lambda done, of: step("Backing up", done, of)
