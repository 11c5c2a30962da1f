"""The rows of uploads: whose each is, what it holds, whether it was scanned, and which thing used it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.shared.attachments import Attachment, Upload, UploadState
from domain.shared.vocabulary import Kind
from storage.database import Database
from storage.sql import statements

SQL = statements("storage.files", "uploads.sql")


class TooManyWaiting(Exception):
    """The caller has uploaded so many files already that no evidence has used yet."""

    def __init__(self, most: int) -> None:
        super().__init__(
            f"You have {most:,} uploads that no evidence has used; use them, or wait until they are removed."
        )


class Kept(NamedTuple):
    """An upload with the kind of the thing that used it, if any did."""

    upload: Upload
    kind: Kind | None


class Uploads:
    """Of one partnership; safe between threads."""

    def __init__(self, database: Database, schema: str) -> None:
        self._database = database
        self._schema = schema

    def require_room(self, uploader: str, most: int) -> None:
        """Raises `TooManyWaiting`."""
        with self._database.connection(self._schema) as conn:
            _require_room(conn, uploader, most)

    @contextmanager
    def adding(self, upload: Upload, most: int) -> Iterator[None]:
        """The block puts the content in its place; the upload is there once both are, or neither.

        Nobody removes the same content meanwhile. Raises `TooManyWaiting`.
        """
        with self._database.transaction(self._schema) as conn:
            conn.execute(SQL["begin_caller"], {"uploader": upload.uploader})
            _require_room(conn, upload.uploader, most)
            conn.execute(SQL["begin"], {"sha256": upload.attachment.sha256})
            yield
            row = upload.attachment.model_dump() | {"uploader": upload.uploader, "state": upload.state.value}
            conn.execute(SQL["add"], row)

    def find(self, ids: Sequence[UUID]) -> dict[UUID, Kept]:
        """Those that there are."""
        with self._database.connection(self._schema) as conn:
            return {each.upload.attachment.id: each for each in found(conn, "find", {"ids": list(ids)})}

    def quarantined(self) -> list[Kept]:
        """Those that wait for the scanner, the first first."""
        with self._database.connection(self._schema) as conn:
            return list(found(conn, "quarantined", {}))

    def judged_clean(self, id: UUID) -> None:
        with self._database.connection(self._schema) as conn:
            conn.execute(SQL["judge"], {"id": id, "state": UploadState.READY.value})

    @contextmanager
    def judging_infected(self, sha256: str) -> Iterator[None]:
        """Every upload of this content is infected once the block has removed it."""
        with self._database.transaction(self._schema) as conn:
            conn.execute(SQL["begin"], {"sha256": sha256})
            conn.execute(SQL["infected"], {"sha256": sha256})
            yield

    def orphaned(self, age: timedelta) -> list[tuple[UUID, str]]:
        """Uploads that nobody has used for so long, each with its digest; some of them where there are very many."""
        with self._database.connection(self._schema) as conn:
            return [(id, sha256) for id, sha256 in conn.execute(SQL["orphaned"], {"age": age})]

    def forget(self, id: UUID) -> None:
        """Nothing happens to one that has been used since."""
        with self._database.connection(self._schema) as conn:
            conn.execute(SQL["forget"], {"id": id})

    @contextmanager
    def removing(self, sha256: str) -> Iterator[bool]:
        """Whether no upload has this content, which stays so until the end of the block."""
        with self._database.transaction(self._schema) as conn:
            conn.execute(SQL["begin"], {"sha256": sha256})
            row = conn.execute(SQL["held"], {"sha256": sha256}).fetchone()
            yield row is not None and not row[0]


def _require_room(conn: Connection[Any], uploader: str, most: int) -> None:
    row = conn.execute(SQL["waiting"], {"uploader": uploader}).fetchone()
    if row is not None and row[0] >= most:
        raise TooManyWaiting(most)


def found(conn: Connection[Any], statement: str, values: dict[str, Any]) -> Iterable[Kept]:
    """The uploads that a statement finds, with the connection's own partnership."""
    for id, uploader, name, media_type, size, sha256, state, kind, used_by in conn.execute(SQL[statement], values):
        attachment = Attachment(id=id, name=name, media_type=media_type, bytes=size, sha256=sha256)
        yield Kept(Upload(attachment, uploader, UploadState(state), used_by), Kind(kind) if kind else None)
