"""Where the content of files is kept: a folder, or a bucket that speaks S3; each content once, under its SHA-256.

What is being received stands under `_incoming`, which nobody reads, until it is whole, its digest is known and it is
on the disk; then it is moved in one step.
"""

import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, S3Store

from storage.migrate import partnership_of

if TYPE_CHECKING:
    from obstore.store import RetryConfig

INCOMING = "_incoming"
HALF_WRITTEN = "*#*"
"""How obstore calls a file of a folder until all of it is written."""
PIECE = 1 << 20
S3 = "s3://"
RETRIES: "RetryConfig" = {"max_retries": 2, "retry_timeout": timedelta(seconds=30)}
"""Of a request to a bucket: whoever waits is rather told."""
UNREACHABLE: tuple[type[Exception], ...] = (BaseError, OSError)
"""What is raised where content cannot be written or read; nothing was acknowledged."""


@dataclass(frozen=True, slots=True)
class Received:
    """Content that was received whole, and waits under `_incoming` for its place."""

    path: str
    bytes: int
    sha256: str


class FileStore:
    """Of one installation; safe between threads. Nothing is made before the first file comes."""

    def __init__(self, place: str | Path) -> None:
        """A folder, or an address such as s3://bucket/prefix, for which the AWS_… variables say the rest."""
        self.folder = None if str(place).startswith(S3) else Path(place).expanduser().resolve()
        self._place = str(place)
        self._opened: ObjectStore | None = None

    @property
    def _store(self) -> ObjectStore:
        if self._opened is None:
            self._opened = (
                S3Store.from_url(self._place, retry_config=RETRIES) if self.folder is None else _folder(self.folder)
            )
        return self._opened

    def incoming(self) -> "Incoming":
        """For content that is about to be received."""
        return Incoming(self, self._store)

    def place(self, schema: str, received: Received) -> None:
        """Move content to its place, where the same may stand already. Durable once this returns."""
        path = _path(schema, received.sha256)
        obstore.rename(self._store, received.path, path)
        self._keep(path)

    def put(self, schema: str, digest: str, content: Iterator[bytes]) -> None:
        """Content that is known already, as from a backup, in its place. Durable once this returns."""
        path = _path(schema, digest)
        obstore.put(self._store, path, content)
        self._sync(path)
        self._keep(path)

    def discard(self, received: Received) -> None:
        _delete(self._store, received.path)

    def remove(self, schema: str, digest: str) -> None:
        _delete(self._store, _path(schema, digest))

    def size(self, schema: str, digest: str) -> int | None:
        """In bytes; None where there is no such content."""
        try:
            return obstore.head(self._store, _path(schema, digest))["size"]
        except FileNotFoundError:
            return None

    def read(self, schema: str, digest: str) -> Iterator[bytes]:
        """Content in pieces. Raises `FileNotFoundError`."""
        for piece in obstore.get(self._store, _path(schema, digest)).stream(PIECE):
            yield bytes(piece)

    async def incoming_content(self, received: Received) -> AsyncIterator[bytes]:
        """What was received, as it stands on the disk."""
        got = await obstore.get_async(self._store, received.path)
        async for piece in got.stream(PIECE):
            yield bytes(piece)

    async def stream(self, schema: str, digest: str, start: int, end: int) -> AsyncIterator[bytes]:
        """A part of some content, `end` exclusive, in pieces. Raises `FileNotFoundError` before the first."""
        got = await obstore.get_async(self._store, _path(schema, digest), options={"range": (start, end)})
        return _pieces(got.stream(PIECE))

    def is_whole(self, schema: str, digest: str) -> bool:
        """Whether the content is there and is what its digest says. Raises what is in `UNREACHABLE`."""
        found = sha256()
        try:
            for piece in self.read(schema, digest):
                found.update(piece)
        except FileNotFoundError:
            return False
        return found.hexdigest() == digest

    def digests(self, schema: str, older_than: timedelta) -> Iterator[str]:
        """Of all content of a partnership that has been there for so long."""
        yield from (path.rpartition("/")[2] for path in self._listed(partnership_of(schema), older_than))

    def sweep_incoming(self, older_than: timedelta) -> None:
        """What was never received whole, as somebody left or the process was killed."""
        for path in self._listed(INCOMING, older_than):
            _delete(self._store, path)
        until = (datetime.now(UTC) - older_than).timestamp()
        for half in self.folder.rglob(HALF_WRITTEN) if self.folder else ():  # no list of the store names them
            if half.stat().st_mtime < until:
                half.unlink(missing_ok=True)

    def _listed(self, prefix: str, older_than: timedelta) -> Iterator[str]:
        if self.folder is not None and not (self.folder / prefix).is_dir():
            return
        until = datetime.now(UTC) - older_than
        for page in obstore.list(self._store, prefix):
            yield from (each["path"] for each in page if each["last_modified"] < until)

    def _sync(self, path: str) -> None:
        if self.folder is not None:
            _fsync(self.folder / path)

    def _keep(self, path: str) -> None:
        """That it stands there is on the disk too; a bucket has said so before it answers."""
        if self.folder is not None:
            place = self.folder / path
            for folder in (place.parent, place.parent.parent, self.folder):
                _fsync(folder)


class Incoming:
    """One content while it is received; without `finish` nothing of it stays."""

    def __init__(self, files: FileStore, store: ObjectStore) -> None:
        self._files = files
        self._store = store
        self._path = f"{INCOMING}/{uuid4()}"
        self._digest = sha256()
        self._writer: Any = None
        self.bytes = 0

    async def __aenter__(self) -> Self:
        self._writer = obstore.open_writer_async(self._store, self._path, buffer_size=8 * PIECE)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer = None  # dropped before it is closed, a writer takes its half-written part along

    async def write(self, piece: bytes) -> None:
        await self._writer.write(piece)
        self._digest.update(piece)
        self.bytes += len(piece)

    async def finish(self) -> Received:
        """All of it is on the disk from here on."""
        await self._writer.close()
        self._files._sync(self._path)  # noqa: SLF001 - of the same file
        return Received(self._path, self.bytes, self._digest.hexdigest())


async def _pieces(stream: Any) -> AsyncIterator[bytes]:
    async for piece in stream:
        yield bytes(piece)


def _path(schema: str, digest: str) -> str:
    return f"{partnership_of(schema)}/{digest[:2]}/{digest}"


def _folder(folder: Path) -> LocalStore:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return LocalStore(folder, mkdir=True)


def _delete(store: ObjectStore, path: str) -> None:
    try:
        obstore.delete(store, path)
    except FileNotFoundError:
        return


def _fsync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
