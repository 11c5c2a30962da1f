"""Receiving a file, whole or not at all, and finding it again for whoever may see what it hangs on."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from api.attachments.kinds import HEAD, kind_of
from api.attachments.scanner import Scanner, ScannerAway
from api.auth.credentials import Holder
from api.context import Context
from api.http.admission import Overloaded
from api.http.body import RequestRefused
from api.loaders.entries import entries
from api.loaders.records import load_one
from api.served import Served
from domain.catalogue import BY_COMMAND
from domain.lifecycle.commands import SubmitEvidence
from domain.shared.actor import caller_id
from domain.shared.attachments import Attachment, Upload, UploadState
from domain.shared.refusals import NotPermitted
from domain.shared.vocabulary import Kind
from storage.database import Database
from storage.files.store import FileStore, Incoming, Received
from storage.files.uploads import TooManyWaiting, Uploads
from storage.migrate import schema_of

logger = logging.getLogger("goldenthread.attachments")

AT_ONCE, OF_ONE_CALLER = 16, 4
"""Files that are received at the same time: each holds a few megabytes of memory."""
LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Bounds:
    """Of one installation: `bytes` of one file, and how many uploads of a caller may wait to be used."""

    bytes: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that is whole, of a kind and scanned, and not kept yet."""

    partnership: str
    upload: Upload
    received: Received


@dataclass(slots=True)
class _Going:
    """Files that are being received, in one event loop."""

    callers: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def one(self, caller: str) -> Iterator[None]:
        """Raises `Overloaded`."""
        if self.callers.get(caller, 0) >= OF_ONE_CALLER:
            raise Overloaded(own=True)
        if sum(self.callers.values()) >= AT_ONCE:
            raise Overloaded(own=False)
        self.callers[caller] = self.callers.get(caller, 0) + 1
        try:
            yield
        finally:
            self.callers[caller] -= 1
            if not self.callers[caller]:
                del self.callers[caller]


class Attachments:
    """Of one application."""

    def __init__(self, database: Database, files: FileStore, bounds: Bounds, scanner: Scanner | None) -> None:
        self._database = database
        self.files = files
        self.bounds = bounds
        self.scanner = scanner
        self._going = _Going()

    def uploads(self, partnership: str) -> Uploads:
        return Uploads(self._database, schema_of(partnership))

    def require_uploader(self, holder: Holder, served: Served) -> None:
        """Before anything is received: may the caller send evidence, is there room, does the register record at all.

        Raises `NotPermitted`, `ReadOnly` or `RequestRefused`.
        """
        if not BY_COMMAND[SubmitEvidence].permits(holder.caller):
            raise NotPermitted(f"{holder.caller.role} submits no evidence, and so uploads no files.")
        served.register.require_writable()
        try:
            self.uploads(holder.partnership).require_room(caller_id(holder.caller), self.bounds.waiting)
        except TooManyWaiting as many:
            raise _too_many(many) from many

    @asynccontextmanager
    async def receiving(
        self, holder: Holder, name: str, said: str, pieces: AsyncIterator[bytes]
    ) -> AsyncIterator[Arrived]:
        """A file that was received whole, and is kept if `keep` is called with it in the block.

        Raises `RequestRefused` or `Overloaded`.
        """
        _require_name(name)
        caller = caller_id(holder.caller)
        with self._going.one(caller):
            async with self.files.incoming() as incoming:
                head = await self._taken(incoming, pieces)
                kind = kind_of(head, name, said)
                received = await incoming.finish()
            try:
                state = await self._scanned(received, name)
                file = Attachment(id=uuid4(), name=name, media_type=kind, bytes=received.bytes, sha256=received.sha256)
                yield Arrived(holder.partnership, Upload(file, caller, state), received)
            finally:
                await asyncio.to_thread(self.files.discard, received)

    async def keep(self, arrived: Arrived) -> Upload:
        """From here on the upload is there, and on the disk. Raises `RequestRefused`."""
        await asyncio.to_thread(self._keep, arrived)
        return arrived.upload

    async def _taken(self, incoming: Incoming, pieces: AsyncIterator[bytes]) -> bytes:
        head = b""
        async for piece in pieces:
            if incoming.bytes + len(piece) > self.bounds.bytes:
                raise RequestRefused(
                    413, f"The file is larger than {self.bounds.bytes:,} bytes.", "TOO_LARGE", {"Connection": "close"}
                )
            head += piece[: HEAD - len(head)]
            await incoming.write(piece)
        if not incoming.bytes:
            raise RequestRefused(400, "The file is empty: send one that has content.")
        return head

    async def _scanned(self, received: Received, name: str) -> UploadState:
        """Raises `RequestRefused` for what is infected."""
        if self.scanner is None:
            return UploadState.READY
        try:
            found = await self.scanner.scan(self.files.incoming_content(received))
        except ScannerAway as away:
            logger.warning("the virus scanner is away, an upload is kept in quarantine: %s", away)
            return UploadState.QUARANTINED
        if found:
            logger.warning("an upload was infected and was not kept: %s", found)
            raise RequestRefused(422, f"The virus scanner found {found} in {name!r}; nothing was kept.", "INFECTED")
        return UploadState.READY

    def _keep(self, arrived: Arrived) -> None:
        try:
            with self.uploads(arrived.partnership).adding(arrived.upload, self.bounds.waiting):
                self.files.place(schema_of(arrived.partnership), arrived.received)
        except TooManyWaiting as many:
            raise _too_many(many) from many

    async def content(self, partnership: str, file: Attachment, start: int, end: int) -> AsyncIterator[bytes]:
        """Of the file, `end` exclusive. Raises what is in `UNREACHABLE`, before the first piece."""
        return await self.files.stream(schema_of(partnership), file.sha256, start, end)

    def seen(self, holder: Holder, served: Served, id: UUID) -> Attachment | None:
        """A file as whoever may see the evidence that it came with sees it today; None for anybody else.

        Its uploader sees it before it is used too.
        """
        kept = self.uploads(holder.partnership).find([id]).get(id)
        if kept is None or kept.upload.state is not UploadState.READY:
            return None
        upload = kept.upload
        if upload.used_by is None or kept.kind is None:
            return upload.attachment if upload.uploader == caller_id(holder.caller) else None
        with Context(holder.caller, served) as context:
            return _on(context, kept.kind, upload.used_by, id)


def _on(context: Context, kind: Kind, thing: UUID, id: UUID) -> Attachment | None:
    """As the evidence of the thing shows it."""
    row = load_one(context.now(), kind, thing)
    if row is None:
        return None
    shown = (each for event in entries(row, "evidence") for each in event.detail.get("attachments", ()))
    return next((Attachment.model_validate(each) for each in shown if each["id"] == str(id)), None)


def _require_name(name: str) -> None:
    if not name.strip():
        raise RequestRefused(400, "The file has no name: send one with it.")
    if len(name) > LONGEST_NAME:
        raise RequestRefused(400, f"The name of the file is longer than {LONGEST_NAME} characters.")
    if "\0" in name:
        raise RequestRefused(400, "The name of the file holds the character NUL, which no text may hold.")


def _too_many(many: TooManyWaiting) -> RequestRefused:
    return RequestRefused(429, str(many), "TOO_MANY_UPLOADS", {"Connection": "close"})
