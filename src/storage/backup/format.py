"""A backup as a file: a ZIP of the tables that nothing else can be made from, and a manifest that describes each part.

`manifest.json` is written last, so that what was cut off has none. Every part is what PostgreSQL's COPY gives as text.
"""

import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol, Self

from pydantic import BaseModel, ConfigDict, ValidationError

FORMAT = 1
MANIFEST = "manifest.json"
FASTEST = 1
"""Of zlib's levels: what is saved by more is little beside the time it takes."""
PIECE = 1 << 20
KEY_PART = "installation/signing_key.jwk"


class BackupRefused(Exception):
    """A backup that cannot be restored here; the message says why, and that nothing was written."""


class _Described(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Part(_Described):
    """One file of the backup: `rows` of a table's `columns`, or as much else as `bytes` says."""

    name: str
    table: str | None = None
    columns: tuple[str, ...] = ()
    rows: int = 0
    bytes: int
    sha256: str


class Saved(_Described):
    """One partnership: where its log stood, and by which migrations its tables were made."""

    key: str
    position: int
    recorded_at: datetime
    migrations: tuple[str, ...]
    parts: tuple[Part, ...]


class Manifest(_Described):
    """What a backup holds, in one state of the database.

    `attachments`: the files that came with evidence; `missing`: those of which nothing whole was there to be saved.
    """

    format: int
    made_by: str
    taken_at: datetime
    postgresql: str
    everything: bool
    partnerships: tuple[Saved, ...]
    signing_key: Part | None
    attachments: tuple[Part, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def facts(self) -> int:
        return sum(saved.position for saved in self.partnerships)

    @property
    def parts(self) -> tuple[Part, ...]:
        of_partnerships = (part for saved in self.partnerships for part in saved.parts)
        return (*of_partnerships, *((self.signing_key,) if self.signing_key else ()), *self.attachments)

    def of(self, key: str) -> Saved:
        """Raises `BackupRefused` where the partnership is not in the backup."""
        for saved in self.partnerships:
            if saved.key == key:
                return saved
        there = ", ".join(saved.key for saved in self.partnerships)
        raise BackupRefused(f"The backup does not hold the partnership {key!r}; it holds {there}. Nothing was written.")


class Sink(Protocol):
    """Where a part is written to."""

    def write(self, data: bytes, /) -> object: ...


class Counted:
    """A part being written: counts and digests what passes."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._digest = sha256()
        self.bytes = 0
        self.lines = 0

    def write(self, data: bytes) -> None:
        self._sink.write(data)
        self._digest.update(data)
        self.bytes += len(data)
        self.lines += data.count(b"\n")

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


class Writer:
    """A backup that is being written, to a file or a stream that cannot seek; without `finish` it has no manifest."""

    def __init__(self, target: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, allowZip64=True, compresslevel=FASTEST)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with suppress(OSError) if error else nullcontext():  # what stopped the writing is told, not what follows
            self._zip.close()

    @contextmanager
    def part(self, name: str, *, compressed: bool = True) -> Iterator[Counted]:
        """What is written to it; files are mostly compressed already."""
        member = zipfile.ZipInfo(name, datetime.now().timetuple()[:6])  # noqa: DTZ005 - a ZIP knows no zone
        member.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
        with self._zip.open(member, "w", force_zip64=True) as opened:
            yield Counted(opened)

    def finish(self, manifest: Manifest) -> None:
        self._zip.writestr(MANIFEST, manifest.model_dump_json(indent=2) + "\n")


class Reader:
    """A backup that was opened: `manifest`, and its parts. Raises `BackupRefused` for what is none of this version."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(file)
            text = self._zip.read(MANIFEST)
        except (zipfile.BadZipFile, KeyError, OSError, EOFError, NotImplementedError) as error:
            raise BackupRefused(f"{name} is no backup, or is cut off or damaged; nothing was written.") from error
        self.manifest = self._described(text)

    def _described(self, text: bytes) -> Manifest:
        try:
            number = _Numbered.model_validate_json(text).format
            if number > FORMAT:
                raise BackupRefused(
                    f"{self.name} was made by a later version (its format is {number}, this version knows {FORMAT});"
                    " nothing was written: install that version."
                )
            return Manifest.model_validate_json(text)
        except ValidationError as error:
            raise BackupRefused(f"The manifest of {self.name} is damaged; nothing was written.") from error

    def check(self) -> Iterator[int]:
        """Read every part against its digest; gives how many bytes were read, now and then.

        Raises `BackupRefused` naming the part that is damaged.
        """
        done = 0
        for part in self.manifest.parts:
            for piece in self.pieces(part):
                done += len(piece)
                yield done

    def pieces(self, part: Part) -> Iterator[bytes]:
        """A part from beginning to end. Raises `BackupRefused`, at its end at the latest, where it is damaged."""
        digest, size = sha256(), 0
        try:
            with self._zip.open(part.name) as opened:
                while piece := opened.read(PIECE):
                    digest.update(piece)
                    size += len(piece)
                    yield piece
        except (zipfile.BadZipFile, KeyError, OSError, EOFError, NotImplementedError, ValueError, zlib.error) as error:
            raise BackupRefused(f"{self.name} is damaged in {part.name}; nothing was written.") from error
        if (digest.hexdigest(), size) != (part.sha256, part.bytes):
            raise BackupRefused(f"{self.name} is damaged: {part.name} is not what was written; nothing was written.")

    @property
    def bytes(self) -> int:
        return sum(part.bytes for part in self.manifest.parts)


@contextmanager
def kept(path: Path) -> Iterator[IO[bytes]]:
    """A new file that only its owner may read, and that is under its name only once it is whole and on disk.

    Raises `BackupRefused` where a device, a pipe or a folder stands there: it would be gone, with a file in its place.
    """
    if path.exists() and not path.is_file():
        raise BackupRefused(f"{path} is not a file: name a file or a folder, or - for a stream; nothing was written.")
    half = path.with_name(f".{path.name}.part")
    try:
        with open(half, "wb", opener=_for_its_owner) as file:  # a path's own has no opener
            yield file
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class _Numbered(BaseModel):
    format: int
