"""Files with evidence: what was uploaded, and what a fact says of it: the log alone proves which file it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from domain.shared.actor import caller_id
from domain.shared.decision_context import DecisionContext
from domain.shared.refusals import AttachmentNotScanned, Invalid, UnknownAttachment

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class UploadState(StrEnum):
    """Quarantined: the scanner has not looked at it yet, so that it is neither attached nor served."""

    READY = "READY"
    QUARANTINED = "QUARANTINED"
    INFECTED = "INFECTED"


class Attachment(BaseModel, frozen=True, extra="forbid"):
    """A file as the fact that it came with names it: `name` as its uploader said it, `sha256` in hexadecimal."""

    id: UUID
    name: str
    media_type: str
    bytes: int
    sha256: Sha256


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was received. `uploader` is the caller's id, `used_by` the thing whose evidence it came with."""

    attachment: Attachment
    uploader: str
    state: UploadState
    used_by: UUID | None = None


def attached(ids: Sequence[UUID], context: DecisionContext) -> tuple[Attachment, ...]:
    """What evidence names, each an upload of the same caller that nothing has used yet."""
    for nth, id in enumerate(ids):
        _is_named_once(ids, nth)
        _is_the_callers_own_and_unused(context.uploads, id, caller_id(context.caller), nth)
        _has_been_scanned(context.uploads[id], nth)
    return tuple(context.uploads[id].attachment for id in ids)


def _is_named_once(ids: Sequence[UUID], nth: int) -> None:
    if ids[nth] in ids[:nth]:
        raise Invalid("This upload is named twice; each file is attached once.", "attachments", str(nth))


def _is_the_callers_own_and_unused(uploads: Mapping[UUID, Upload], id: UUID, caller: str, nth: int) -> None:
    """Somebody else's is told apart from none by nobody."""
    upload = uploads.get(id)
    if upload is None or upload.uploader != caller:
        raise UnknownAttachment("No upload has this id.", "attachments", str(nth))
    if upload.used_by is not None:
        raise UnknownAttachment("This upload came with other evidence already.", "attachments", str(nth))


def _has_been_scanned(upload: Upload, nth: int) -> None:
    if upload.state is UploadState.QUARANTINED:
        raise AttachmentNotScanned(
            "This file has not been scanned for viruses yet; send it again in a moment.", "attachments", str(nth)
        )
    if upload.state is UploadState.INFECTED:
        raise AttachmentNotScanned(
            "A virus was found in this file; it was removed.",
            "attachments",
            str(nth),
        )
