"""Files of a form: each is uploaded as the form is read, and stays uploaded though the form is wrong."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import Request
from starlette.datastructures import FormData

from api.attachments.multipart import MEDIA, Part, parts
from api.attachments.service import Attachments
from api.graphql.node import opaque
from api.http.body import RequestRefused
from api.relay import global_id
from domain.shared.actor import caller_id
from domain.shared.refusals import Refusal
from web.answering import Visit, Visitor
from web.forms.csrf import is_from
from web.problems import PageRoute

FIELD = "attachments"
AT_ONCE = 10
"""Files that one form may bring."""


class FilesRoute(PageRoute):
    """A form that may bring files beside its text."""

    files = AT_ONCE


@dataclass(frozen=True)
class SentForm:
    """What was sent: its files by the ids of their uploads, and why some were not taken."""

    form: FormData
    problems: Sequence[str] = ()


async def sent_form(visitor: Visitor, request: Request) -> SentForm:
    """A form as a browser sends it, with files or without. Raises as `Request.form`, or `RequestRefused`."""
    if not request.headers.get("content-type", "").lower().startswith(MEDIA):
        return SentForm(await request.form())
    attachments: Attachments = request.app.state.attachments
    values, problems = list[tuple[str, str]](), list[str]()
    async for part in parts(request):
        if part.file_name is None:
            values.append((part.name, await part.text(visitor.site.edge.limits.body_bytes)))
        elif part.file_name and part.name == FIELD:
            try:
                values.append((FIELD, await _uploaded(visitor, attachments, part, values)))
            except (RequestRefused, Refusal) as refused:
                problems.append(f"{part.file_name}: {refused}")
    return SentForm(FormData([(name, value) for name, value in values if name != FIELD or value]), problems)


async def _uploaded(visitor: Visitor, attachments: Attachments, part: Part, before: Sequence[tuple[str, str]]) -> str:
    """Only for a form of this session, which says so in front of its files."""
    if not is_from(visitor.signed_in.secret, dict(before).get("csrf", "")):
        raise RequestRefused(403, "it was not uploaded; choose it again.")
    holder = visitor.signed_in.holder
    await asyncio.to_thread(attachments.require_uploader, holder, visitor.site.served(holder.partnership))
    async with attachments.receiving(holder, str(part.file_name), part.media_type, part.pieces()) as arrived:
        upload = await attachments.keep(arrived)
    return opaque("attachment", upload.attachment.id)


@dataclass(frozen=True)
class Shown:
    """A file that a form has brought already."""

    id: str
    name: str
    bytes: int


def brought(visit: Visit, ids: Sequence[str]) -> list[Shown]:
    """Of these uploads the person's own, that nothing has used yet."""
    attachments: Attachments = visit.request.app.state.attachments
    decoded = [each for each in map(_decoded, ids) if each is not None]
    holder = visit.signed_in.holder
    found = attachments.uploads(holder.partnership).find(decoded).values() if decoded else ()
    mine = (each.upload for each in found if each.upload.uploader == caller_id(holder.caller))
    free = (each.attachment for each in mine if each.used_by is None)
    return [Shown(opaque("attachment", each.id), each.name, each.bytes) for each in free]


def _decoded(text: str) -> UUID | None:
    try:
        return global_id.decode(text, "attachment").uuid
    except Refusal:
        return None
