"""The addresses of sheets: a list's own with `.xlsx` or `.csv`, for people and for programs that ask again."""

from collections.abc import Iterator
from typing import IO, Annotated
from zlib import MAX_WBITS, compressobj

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response, StreamingResponse

from api.app.serving import claimant
from api.auth.tokens import TokenRefused
from api.http.responses import takes_gzip
from api.monitoring.request_log import note_caller
from domain.shared.refusals import NotFound, UnknownAgency
from web.moments import AskedMoment, asked_moment
from web.problems import PageRoute
from web.rendering import SECURITY
from web.sheets.asking import CHALLENGE, Unknown, asker
from web.sheets.lists import LISTS, OWED, SheetList
from web.sheets.making import Making
from web.sheets.narrowing import OF_PAGES, variables_of
from web.signing_in.caller import SiteOf

router = APIRouter(route_class=PageRoute)

MEDIA = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}
CHUNK = 65_536

Moment = Annotated[AskedMoment, Depends(asked_moment)]


@router.get("/agencies/{key}.{format}")
async def owed(request: Request, site: SiteOf, moment: Moment, key: str, format: str) -> Response:  # noqa: A002
    """All that an agency owes."""
    return await _sheet(request, site, moment, OWED, format, {"key": key})


def _add(sheet: SheetList, format: str) -> None:  # noqa: A002 - the word for it
    async def listed(request: Request, site: SiteOf, moment: Moment) -> Response:
        return await _sheet(request, site, moment, sheet, format, {})

    router.add_api_route(f"/{sheet.name}.{format}", listed, methods=["GET"], name=f"{sheet.name}.{format}")


async def _sheet(
    request: Request,
    site: SiteOf,
    moment: AskedMoment,
    sheet: SheetList,
    format: str,  # noqa: A002
    given: dict[str, str],
) -> Response:
    if format not in MEDIA:
        raise NotFound(f"There is no sheet {format!r}.", "format")
    try:
        found = await asker(request, site)
        note_caller(found.holder.partnership, found.holder.caller.role.value)
        query = request.query_params.multi_items()
        schema = site.edge.schema._schema  # noqa: SLF001 - strawberry has no public name for it
        narrowed = variables_of(sheet.document, schema, query, sheet.also, frozenset(given))
        filters = [*given.items(), *((name, value) for name, value in query if name not in OF_PAGES and value)]
        making = Making(site, found, sheet, format, {**narrowed, **given}, filters, moment)
        with site.exports.one_of(claimant(found.holder)):
            await making.make(request)
    except (Unknown, TokenRefused):
        return Response("Send a token.\n", 401, {**SECURITY, "WWW-Authenticate": CHALLENGE}, "text/plain")
    except UnknownAgency as error:
        raise NotFound(str(error), "agency") from error
    return _sent(making, request.headers.get("accept-encoding"))


def _sent(making: Making, encodings: str | None) -> Response:
    """Whole: a list that was cut off somewhere looks like one that ends there. A workbook is compressed as it is."""
    size = making.file.seek(0, 2)
    packed = making.format == "csv" and takes_gzip(encodings)
    headers = {
        **SECURITY,
        "Vary": "Accept-Encoding, Authorization, Cookie",
        **({"Content-Encoding": "gzip"} if packed else {"Content-Length": str(size)}),
        "Content-Disposition": f'attachment; filename="{making.file_name}"',
    }
    chunks = _packed(_chunks(making.file)) if packed else _chunks(making.file)
    return StreamingResponse(chunks, 200, headers, MEDIA[making.format])


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk


def _packed(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """As gzip has it; the same file gives the same bytes."""
    packer = compressobj(wbits=MAX_WBITS | 16)
    for chunk in chunks:
        if some := packer.compress(chunk):
            yield some
    yield packer.flush()


for each in LISTS:
    for kind in MEDIA:
        _add(each, kind)
