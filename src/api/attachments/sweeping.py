"""What `serve` does about files by itself: looks again at what waits for the scanner, removes what nothing has used."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic

from api.attachments.scanner import ScannerAway
from api.attachments.service import Attachments
from storage.database import UNAVAILABLE
from storage.files.store import UNREACHABLE
from storage.files.uploads import Kept
from storage.migrate import schema_of

logger = logging.getLogger("goldenthread.attachments")

LOOK = timedelta(seconds=20)
SWEEP_EVERY = 3600.0
"""Seconds."""


@dataclass
class Sweeper:
    """Of one process; several at once do each other no harm. `age`: unused for so long, an upload is removed."""

    attachments: Attachments
    partnerships: Callable[[], Iterable[str]]
    age: timedelta
    swept_at: float = field(default=float("-inf"), init=False)

    def take(self) -> timedelta:
        """One round; gives how long to wait until the next. A failure is logged, and tried again then."""
        try:
            for key in self.partnerships():
                self.scan_again(key)
            if monotonic() - self.swept_at > SWEEP_EVERY:
                for key in self.partnerships():
                    self.sweep(key)
                self.attachments.files.sweep_incoming(self.age)
                self.swept_at = monotonic()
        except (*UNAVAILABLE, *UNREACHABLE) as error:
            logger.error("files could not be looked after: %s", error)  # noqa: TRY400
        except Exception:
            logger.exception("files could not be looked after")
        return LOOK

    def scan_again(self, partnership: str) -> None:
        """What the scanner was away for; without a scanner it goes on waiting, as nobody has said that it is clean."""
        if self.attachments.scanner is None:
            return
        removed = set[str]()
        for kept in self.attachments.uploads(partnership).quarantined():
            file = kept.upload.attachment
            if file.sha256 in removed:
                continue
            try:
                found = asyncio.run(self.attachments.scanner.scan(self._content(partnership, kept)))
            except ScannerAway as away:
                logger.warning("the virus scanner is away, uploads stay in quarantine: %s", away)
                return
            self._judge(partnership, kept, found)
            if found:
                removed.add(file.sha256)

    async def _content(self, partnership: str, kept: Kept) -> AsyncIterator[bytes]:
        file = kept.upload.attachment
        async for piece in await self.attachments.content(partnership, file, 0, file.bytes):
            yield piece

    def _judge(self, partnership: str, kept: Kept, found: str | None) -> None:
        uploads, file = self.attachments.uploads(partnership), kept.upload.attachment
        if found is None:
            uploads.judged_clean(file.id)
            return
        logger.warning("an upload in quarantine was infected and was removed: %s", found)
        with uploads.judging_infected(file.sha256):
            self.attachments.files.remove(schema_of(partnership), file.sha256)

    def sweep(self, partnership: str) -> None:
        """Uploads that nothing has used, and content that belongs to none, as after a crash."""
        uploads, schema = self.attachments.uploads(partnership), schema_of(partnership)
        while orphaned := uploads.orphaned(self.age):
            for id, digest in orphaned:
                uploads.forget(id)
                self._remove(partnership, digest)
        for digest in self.attachments.files.digests(schema, self.age):
            self._remove(partnership, digest)

    def _remove(self, partnership: str, digest: str) -> None:
        with self.attachments.uploads(partnership).removing(digest) as unheld:
            if unheld:
                self.attachments.files.remove(schema_of(partnership), digest)
