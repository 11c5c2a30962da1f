"""multipart/form-data read as it comes: parts one after the other, each in pieces, none of them held whole."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import NamedTuple

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from api.http.body import RequestRefused

PARTS = 1_000
MEDIA = "multipart/form-data"

BEGINS, DATA, ENDS = "begins", "data", "ends"


class _Event(NamedTuple):
    what: str
    data: bytes = b""
    headers: tuple[tuple[bytes, bytes], ...] = ()


@dataclass(slots=True)
class Part:
    """One part: `file_name` is as its sender said it, and None of what is no file; `media_type` empty where none is."""

    name: str
    file_name: str | None
    media_type: str
    _reading: "_Reading"

    async def pieces(self) -> AsyncIterator[bytes]:
        """Its content; what is not read is passed over with the next part."""
        async for event in self._reading.until_end():
            yield event.data

    async def text(self, most: int) -> str:
        """Raises `RequestRefused` for more than so many bytes, and for what is no text in UTF-8."""
        held = bytearray()
        async for piece in self.pieces():
            held += piece
            if len(held) > most:
                raise RequestRefused(413, f"The part {self.name!r} is larger than {most:,} bytes.", "TOO_LARGE")
        return _utf8(bytes(held), f"The part {self.name!r}")


async def parts(request: Request) -> AsyncIterator[Part]:
    """The parts of a request in their order.

    Raises `RequestRefused` for what is no multipart/form-data, or ends before it is whole.
    """
    media, options = parse_options_header(request.headers.get("content-type"))
    if media.decode("latin-1").lower() != MEDIA:
        raise RequestRefused(415, f"The body must be sent as {MEDIA}.", "UNSUPPORTED")
    boundary = options.get(b"boundary", b"")
    if not boundary or len(boundary) > 70:  # noqa: PLR2004 - RFC 2046 has it so
        raise RequestRefused(400, f"{MEDIA} must name its boundary, of up to 70 characters.")
    reading = _Reading(request, boundary)
    seen = 0
    while (headers := await reading.next_part()) is not None:
        seen += 1
        if seen > PARTS:
            raise RequestRefused(400, f"A form has at most {PARTS:,} parts.", "TOO_LARGE")
        yield _part(headers, reading)


class _Reading:
    """The body, of which as much is read as somebody asks for."""

    def __init__(self, request: Request, boundary: bytes) -> None:
        self._stream = request.stream()
        self._events: list[_Event] = []
        self._header: tuple[bytes, bytes] = (b"", b"")
        self._headers: list[tuple[bytes, bytes]] = []
        self._whole = False
        self._within = False
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._on_part_begin,
                "on_header_field": self._on_header_field,
                "on_header_value": self._on_header_value,
                "on_header_end": self._on_header_end,
                "on_headers_finished": self._on_headers_finished,
                "on_part_data": self._on_part_data,
                "on_part_end": self._on_part_end,
                "on_end": self._on_end,
            },
        )

    async def next_part(self) -> tuple[tuple[bytes, bytes], ...] | None:
        """The headers of the next; None after the last."""
        if self._within:
            async for _ in self.until_end():
                continue
        event = await self._next()
        if event is None:
            return None
        self._within = True
        return event.headers

    async def until_end(self) -> AsyncIterator[_Event]:
        while self._within:
            event = await self._next()
            if event is None or event.what == ENDS:
                self._within = False
            else:
                yield event

    async def _next(self) -> _Event | None:
        """None at the end of all. Raises `RequestRefused` where the body ends before that."""
        while not self._events:
            try:
                chunk = await anext(self._stream)
            except StopAsyncIteration:
                if not self._whole:
                    raise RequestRefused(400, "The body ends before its last part does; nothing was kept.") from None
                return None
            if chunk:
                self._fed(chunk)
        return self._events.pop(0)

    def _fed(self, chunk: bytes) -> None:
        try:
            self._parser.write(chunk)
        except MultipartParseError as error:
            raise RequestRefused(400, "The body is not what its boundary says.") from error

    def _on_part_begin(self) -> None:
        self._headers, self._header = [], (b"", b"")

    def _on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header = (self._header[0] + data[start:end], self._header[1])

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header = (self._header[0], self._header[1] + data[start:end])

    def _on_header_end(self) -> None:
        self._headers.append((self._header[0].lower(), self._header[1]))
        self._header = (b"", b"")

    def _on_headers_finished(self) -> None:
        self._events.append(_Event(BEGINS, headers=tuple(self._headers)))

    def _on_part_data(self, data: bytes, start: int, end: int) -> None:
        self._events.append(_Event(DATA, data[start:end]))

    def _on_part_end(self) -> None:
        self._events.append(_Event(ENDS))

    def _on_end(self) -> None:
        self._whole = True


def _part(headers: tuple[tuple[bytes, bytes], ...], reading: _Reading) -> Part:
    said = dict(headers)
    _, options = parse_options_header(said.get(b"content-disposition"))
    if b"name" not in options:
        raise RequestRefused(400, "Each part must have a Content-Disposition with a name.")
    file_name = options.get(b"filename")
    return Part(
        _utf8(options[b"name"], "The name of a part"),
        None if file_name is None else _utf8(file_name, "The name of a file"),
        said.get(b"content-type", b"").decode("latin-1"),
        reading,
    )


def _utf8(text: bytes, what: str) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise RequestRefused(400, f"{what} is not UTF-8.") from error
