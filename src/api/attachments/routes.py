"""`POST /attachments` and `GET /attachments/{id}`."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Annotated, Any, TypeAlias, TypeVar

from fastapi import APIRouter, Depends, Path, Request
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel
from starlette.requests import ClientDisconnect
from starlette.responses import Response, StreamingResponse

from api.attachments.kinds import disposition
from api.attachments.multipart import parts
from api.attachments.ranges import NoSuchRange, Span, asked_range, has_it
from api.attachments.service import Attachments, logger
from api.auth.credentials import Holder
from api.auth.tokens import TokenRefused
from api.graphql.node import opaque
from api.http import responses
from api.http.admission import Claimant, Overloaded
from api.http.body import RequestRefused
from api.http.door import Door
from api.http.endpoint import NOBODY, Faults, bearer_token
from api.http.errors import is_unavailable, mask
from api.http.responses import JSON
from api.http.workers import Workers
from api.monitoring.request_log import note_code
from api.relay import global_id
from api.served import Served
from domain.shared.attachments import Attachment, Upload, UploadState
from domain.shared.refusals import NotFound, NotPermitted, ReadOnly, Refusal
from storage.files.store import UNREACHABLE
from storage.work import Stopped, Work

FILE = "file"
AROUND = 65_536
"""Bytes that a form takes beside its file."""
OUTGOING = {
    "Accept-Ranges": "bytes",
    "Cache-Control": "private, no-cache",
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Vary": "Authorization, Cookie",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""A file is somebody else's content: saved, never run or shown as a page of ours, and asked for anew each time."""
UPLOAD = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [FILE],
                    "properties": {FILE: {"type": "string", "format": "binary", "description": "The one file."}},
                }
            }
        },
    },
}
SECURED = [Depends(HTTPBearer(scheme_name="bearer", auto_error=False))]
"""For the OpenAPI page; who asks is found by `Caller`."""
AttachmentId: TypeAlias = Annotated[str, Path(description="As in `Attachment.url`.")]
Done = TypeVar("Done")


class Uploaded(BaseModel):
    """A file that was received and is on the disk."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    id: str = Field(description="What `attachments` of evidence names, once, by the same caller.")
    name: str = Field(description="The file's name, as it was sent.")
    content_type: str = Field(description="What kind of file it is, by its content.")
    bytes: int = Field(description="Its size.")
    sha256: str = Field(description="The digest of its content, in hexadecimal.")
    quarantined: bool | None = Field(
        None,
        description="There, and true, while the virus scanner is away: it can be attached once it was found clean.",
    )


class Caller:
    """Who asks, by a bearer token, or by what the pages gave to a browser.

    Attributes:
        visitor: the holder behind a request's cookie; set by whoever adds pages. Called in a worker thread.
    """

    def __init__(self, authenticate: Callable[[str], Holder], door: Door, workers: Workers, seconds: float) -> None:
        self.visitor: Callable[[Request], Holder | None] = lambda _: None
        self._authenticate = authenticate
        self._door = door
        self._workers = workers
        self._seconds = seconds

    async def of(self, request: Request, *, visitors: bool) -> Holder:
        """Raises `TokenRefused`; `visitors` says whether a browser's cookie is enough."""
        token = bearer_token(request.headers.get("authorization"))
        if token is None:
            found = await self._checked(partial(self.visitor, request)) if visitors else None
            if found is None:
                raise TokenRefused("Send a bearer token.")
            return found
        try:
            return await self._checked(partial(self._authenticate, token))
        except TokenRefused:
            self._door.note_unknown(token)
            raise

    async def _checked(self, ask: Callable[[], Done]) -> Done:
        return await self._workers.check(Work(self._seconds), ask)


@dataclass(frozen=True, slots=True)
class Routes:
    """What both routes need; `served` is a partnership by its key."""

    attachments: Attachments
    caller: Caller
    served: Callable[[str], Served]
    claimant: Callable[[Holder], Claimant]
    workers: Workers

    async def upload(self, request: Request) -> Response:
        """One file, for evidence that is submitted afterwards. It is on the disk before this answers."""
        holder = await self.caller.of(request, visitors=False)
        with self._place(holder):
            _require_size(request, self.attachments.bounds.bytes)
            await asyncio.to_thread(self.attachments.require_uploader, holder, self.served(holder.partnership))
            received = await _one_file(request, self.attachments, holder)
        body = uploaded(received).model_dump_json(by_alias=True, exclude_none=True)
        return Response(body, 201, {**responses.SECURITY, "Content-Type": JSON})

    async def download(self, request: Request, id: AttachmentId) -> Response:
        """The file, as far as today's evidence shows it to the caller; whole, or the range that is asked for."""
        holder = await self.caller.of(request, visitors=True)
        key = global_id.decode(id, "attachment").uuid
        with self._place(holder):
            served = self.served(holder.partnership)
            found = await asyncio.to_thread(self.attachments.seen, holder, served, key)
        if found is None:
            raise NotFound("There is no such file, or you may not see it.", "id")
        return await _answer(request, self.attachments, holder.partnership, found)

    @contextmanager
    def _place(self, holder: Holder) -> Iterator[None]:
        """Among the requests of the caller. Raises `Overloaded`."""
        place = self.workers.take_in(self.claimant(holder))
        try:
            yield
        finally:
            self.workers.leave(place, Work(0))


def attachments_router(routes: Routes, faults: Faults) -> APIRouter:
    """Both routes, below `/attachments`."""
    router = APIRouter(route_class=_route(faults), tags=["attachments"])
    router.add_api_route(
        "/attachments",
        routes.upload,
        methods=["POST"],
        status_code=201,
        response_model=Uploaded,
        openapi_extra=UPLOAD,
        dependencies=SECURED,
        summary="Upload one file",
    )
    for method in ("GET", "HEAD"):
        router.add_api_route(
            "/attachments/{id}",
            routes.download,
            methods=[method],
            response_class=StreamingResponse,
            dependencies=SECURED,
            summary="Fetch a file",
            include_in_schema=method == "GET",
        )
    return router


def uploaded(upload: Upload) -> Uploaded:
    """As its uploader is told."""
    file = upload.attachment
    return Uploaded(
        id=opaque("attachment", file.id),
        name=file.name,
        content_type=file.media_type,
        bytes=file.bytes,
        sha256=file.sha256,
        quarantined=True if upload.state is UploadState.QUARANTINED else None,
    )


async def _one_file(request: Request, attachments: Attachments, holder: Holder) -> Upload:
    """Kept once the form has ended. Raises `RequestRefused` for a form that holds anything else."""
    form = parts(request)
    async for part in form:
        if part.name != FILE or part.file_name is None:
            raise RequestRefused(400, f"Send one part, named {FILE!r}, with the file's name; not {part.name[:80]!r}.")
        async with attachments.receiving(holder, part.file_name, part.media_type, part.pieces()) as arrived:
            async for _ in form:
                raise RequestRefused(400, f"Send one part, named {FILE!r}; there were two.")
            return await attachments.keep(arrived)
    raise RequestRefused(400, f"There is no part named {FILE!r}.")


def _require_size(request: Request, most: int) -> None:
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:20]) > most + AROUND:
        raise RequestRefused(413, f"The file is larger than {most:,} bytes.", "TOO_LARGE", {"Connection": "close"})


async def _answer(request: Request, attachments: Attachments, partnership: str, file: Attachment) -> Response:
    etag = f'"{file.sha256}"'
    headers = {
        **OUTGOING,
        "Content-Type": file.media_type,
        "Content-Disposition": disposition(file.name),
        "ETag": etag,
    }
    if has_it(request.headers, etag):
        return Response(status_code=304, headers=headers)
    try:
        span = asked_range(request.headers, file.bytes, etag) if request.method == "GET" else None
    except NoSuchRange:
        refused = responses.failure(416, "The file has no such range.", "INVALID")
        refused.headers["Content-Range"] = f"bytes */{file.bytes}"
        return refused
    start, end = span or Span(0, file.bytes)
    headers["Content-Length"] = str(end - start)
    if span:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{file.bytes}"
    if request.method == "HEAD":
        return Response(status_code=200, headers=headers)
    pieces = await attachments.content(partnership, file, start, end)
    return StreamingResponse(pieces if span else _held_to(file, pieces), 206 if span else 200, headers)


async def _held_to(file: Attachment, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The last piece is given only where all of them are what was uploaded: a file that rotted is never whole."""
    digest, held = sha256(), b""
    async for piece in pieces:
        digest.update(piece)
        if held:
            yield held
        held = piece
    if digest.hexdigest() != file.sha256:
        logger.error("the content of attachment %s is not what was uploaded; restore it from a backup", file.id)
        raise OSError("the content is not what was uploaded")
    yield held


def _route(faults: Faults) -> type[APIRoute]:
    """Path operations whose problems are answered as the rest of the API answers them."""

    class Route(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            answer = super().get_route_handler()

            async def answered(request: Request) -> Response:
                try:
                    return await answer(request)
                except ClientDisconnect:
                    return Response(status_code=NOBODY)
                except Stopped:
                    return responses.late(JSON)
                except Exception as error:  # noqa: BLE001 - told, and masked and logged where it is not known
                    return _failed(error, faults)

            return answered

    return Route


def _failed(error: Exception, faults: Faults) -> Response:
    match error:
        case TokenRefused():
            given = error.reason != "Send a bearer token."
            return responses.unauthenticated(error.reason, JSON, given=given)
        case RequestRefused():
            note_code(error.code)
            return responses.failure(error.status, error.message, error.code, headers=error.headers)
        case Overloaded():
            return responses.overloaded(JSON, own=error.own)
        case Refusal():
            note_code(error.code)
            return responses.failure(_status(error), str(error), error.code)
    if is_unavailable(error, faults.full) or _is_full(error):
        return responses.storage_full(JSON)
    if is_unavailable(error, faults.only_read):
        return responses.only_read(JSON)
    if is_unavailable(error, faults.away):
        return responses.database_away(JSON)
    if isinstance(error, UNREACHABLE):
        logger.error("files cannot be kept or read: %s", error)
        text = "Files cannot be kept or read at the moment; send it again later."
        return responses.failure(503, text, "FILES_AWAY", headers={"Retry-After": "60"})
    masked = mask(error)
    return responses.answer({"errors": [masked]}, JSON, 500)


def _is_full(error: Exception) -> bool:
    return isinstance(error, UNREACHABLE) and any(text in str(error) for text in ("os error 28", "No space left"))


def _status(refusal: Refusal) -> int:
    match refusal:
        case NotFound():
            return 404
        case NotPermitted():
            return 403
        case ReadOnly():
            return 503
    return 400
