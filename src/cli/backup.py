"""`goldenthread backup` and `goldenthread restore`"""

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Annotated

import typer

from api.app.backups import back_up, back_up_to, dated, latest_in, restore_from
from api.app.settings import load_settings
from cli import options, output
from cli.ending import CommandFailed
from cli.runtime import installation
from storage.backup.format import Manifest
from storage.backup.restoring import Restored
from storage.embedded.archive import Archive, recover
from storage.files.store import FileStore

STREAM = "-"


LATEST = datetime.max.replace(tzinfo=UTC)


def _a_moment(text: str) -> datetime:
    """A moment with its offset, or `latest`. Raises `typer.BadParameter`."""
    if text == "latest":
        return LATEST
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise typer.BadParameter(f"{text!r} is not a moment like 2026-06-30T14:05:00+01:00 (or …Z), nor `latest`.")
    return moment


def backup(
    out: Annotated[
        str, typer.Argument(metavar="OUT", help="A file, a folder (the file's name then says when), or - for a stream.")
    ],
    partnership: Annotated[
        str | None, typer.Option("--partnership", metavar="KEY", help="Only this one [default: all].")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every partnership, as without --partnership.")] = False,
    without_signing_key: Annotated[
        bool, typer.Option("--without-signing-key", help="Leave out the key that signs the tokens of all partnerships.")
    ] = False,
    data: options.Data = None,
    database_url: options.DatabaseUrl = None,
) -> None:
    """Write everything that was recorded, in one state, to a file that `restore` takes; readers and writers go on."""
    if every and partnership is not None:
        raise typer.BadParameter("give --all or --partnership, not both")
    key, files = not without_signing_key, FileStore(load_settings(data=data).files)
    with installation(data, database_url) as opened:
        if out == STREAM:
            made = back_up(opened.conninfo, sys.stdout.buffer, partnership, _silently, files=files, signing_key=key)
            sys.stdout.flush()
            print(_backed_up(made, "the stream"), file=sys.stderr)
            return
        file = _place(out, partnership)
        with output.shown() as step:
            made = back_up_to(opened.conninfo, file, partnership, step, files=files, signing_key=key)
    print(_backed_up(made, str(file)))


def restore(
    backup_file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="A backup, a folder with backups (its latest is taken), or - for a stream."
        ),
    ],
    partnership: Annotated[
        str | None, typer.Option("--partnership", metavar="KEY", help="Only this one [default: all that it holds].")
    ] = None,
    as_key: Annotated[
        str | None, typer.Option("--as", metavar="KEY", help="Under another key, beside what is there.")
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(
            "--until",
            parser=_a_moment,
            metavar="MOMENT",
            help="FILE is the folder of GOLDENTHREAD_ARCHIVE_FOLDER: all of it as it stood at such a moment as "
            "2026-06-30T14:05:00+01:00, or `latest`, into a new --data folder.",
        ),
    ] = None,
    data: options.Data = None,
    database_url: options.DatabaseUrl = None,
) -> None:
    """Put a backup in place: all of it or nothing, and never into a partnership that is there."""
    if until is not None:
        _recover(Path(backup_file), until, partnership or as_key or database_url, data)
        return
    files = FileStore(load_settings(data=data).files)
    with _opened(backup_file) as file, installation(data, database_url, makes=True) as opened, output.shown() as step:
        restored = restore_from(opened, file, _named(file), partnership, as_key, step, files)
    for line in _told(restored):
        print(line)


def _recover(folder: Path, until: datetime, refused: str | None, data: Path | None) -> None:
    """Raises `CommandFailed`, `EmbeddedServerError`."""
    settings = load_settings(data=data)
    if refused or settings.database_url:
        raise CommandFailed("A recovery to a moment is of a whole embedded server: give --data, and nothing else.")
    recover(Archive(folder.expanduser().resolve()), settings.data, None if until is LATEST else until)
    print(
        f"Recovered into {settings.data}. Look at it with `goldenthread verify --data {settings.data}`, then serve it."
    )


def _place(out: str, partnership: str | None) -> Path:
    if not out.strip():
        raise typer.BadParameter("name a file or a folder, or - for a stream")
    place = Path(out)
    if out.endswith("/"):
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place / dated(partnership) if place.is_dir() else place


def _opened(name: str) -> IO[bytes]:
    """Raises `BackupRefused` or an `OSError` that names the file."""
    if name == STREAM:
        spooled = TemporaryFile()  # noqa: SIM115 - whoever opened it closes it; a backup is read twice, and not in order
        shutil.copyfileobj(sys.stdin.buffer, spooled)
        return spooled
    place = Path(name)
    return (latest_in(place) if place.is_dir() else place).open("rb")


def _named(file: IO[bytes]) -> str:
    return Path(file.name).name if isinstance(file.name, str) else "The stream"


def _silently(_what: str, _done: int, _of: int) -> None:
    """A stream carries the backup and nothing else."""


def _backed_up(made: Manifest, where: str) -> str:
    held = ", ".join(saved.key for saved in made.partnerships) or "no partnership"
    key = "with" if made.signing_key else "without"
    kept = f", {len(made.attachments):,} files" if made.attachments else ""
    lost = f" {len(made.missing):,} files are MISSING: `goldenthread verify` names them." if made.missing else ""
    return f"Backed up {held}: {made.facts:,} facts{kept}, {key} the signing key, to {where}.{lost}"


def _told(restored: Restored) -> list[str]:
    facts = f"{', '.join(restored.keys) or 'no partnership'}: {restored.facts:,} facts"
    lines = [f"Restored {facts}. Partners who poll are told by RESTORED to read anew."]
    if restored.key_taken:
        lines.append("The signing key of the backup was taken; start a serve that is running anew.")
    if not restored.tokens_hold:
        lines.append("Tokens that were issued before do not hold here: issue new ones with `goldenthread token`.")
    return lines
