"""HTTP answers of the edge: in the representation that was asked for, JSON bytes, never cached, never sniffed."""

import gzip
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import orjson
from graphql import GraphQLFormattedError
from starlette.responses import Response

from api.http.errors import AWAY, FULL, LATE, ONLY_READ, plain

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
HTML = "text/html"


def preferred(accept: str | None, offered: Sequence[str]) -> str | None:
    """The offered media type with the highest q; among equals the one named most exactly, then the first offered.

    None when the caller accepts none of them. A missing or empty header accepts everything.
    """
    ranges = _ranges(accept or "*/*")
    ranked = [(*_weight(media, ranges), -place, media) for place, media in enumerate(offered)]
    quality, _, _, media = max(ranked)
    return media if quality > 0 else None


def takes_gzip(accept_encoding: str | None) -> bool:
    """Whether the caller asked for compressed answers; a missing header asks for none."""
    codings = {}
    for part in (accept_encoding or "").lower().split(","):
        coding, *parameters = (piece.strip() for piece in part.split(";"))
        codings[coding] = _quality(parameters)
    return codings.get("gzip", codings.get("*", 0.0)) > 0


def _ranges(accept: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in accept.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        charset = next((p[8:].strip('"') for p in parameters if p.startswith("charset=")), "utf-8")
        if charset in {"utf-8", "utf8"}:
            found[media] = _quality(parameters)
    return found


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return min(max(float(parameter[2:]), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def _weight(media: str, ranges: dict[str, float]) -> tuple[float, int]:
    for exactness, wanted in ((2, media), (1, f"{media.partition('/')[0]}/*"), (0, "*/*")):
        if wanted in ranges:
            return ranges[wanted], exactness
    return 0.0, 0


RETRY_AFTER_SECONDS = 5
SOON_SECONDS, LATER_SECONDS = 2, 60
WORTH_COMPRESSING = 1_400
"""Bytes; what fits into one packet is sent as it is."""
GZIP_LEVEL = 4
SECURITY = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept, Accept-Encoding",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def answer(
    body: Mapping[str, Any], media: str, status: int = HTTPStatus.OK, headers: Mapping[str, str] | None = None
) -> Response:
    """One GraphQL response in the negotiated media type."""
    content_type = {"Content-Type": f"{media}; charset=utf-8"}
    return Response(orjson.dumps(body), status, {**SECURITY, **content_type, **(headers or {})})


def compressed(response: Response, accept_encoding: str | None) -> Response:
    """The response as the caller asked for it: gzip from a size on which it pays.

    No answer holds a secret of the caller's, so that its compressed size tells an onlooker of none.
    """
    if len(response.body) < WORTH_COMPRESSING or not takes_gzip(accept_encoding):
        return response
    response.body = gzip.compress(response.body, GZIP_LEVEL, mtime=0)
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(response.body))
    return response


def request_error(errors: Sequence[GraphQLFormattedError], media: str) -> Response:
    """A request that was not executed: 400 without `data`; 200 for callers who read application/json only."""
    status = HTTPStatus.OK if media == JSON else HTTPStatus.BAD_REQUEST
    return answer({"errors": list(errors)}, media, status)


def failure(
    status: int, message: str, code: str, media: str = JSON, headers: Mapping[str, str] | None = None
) -> Response:
    """A failure of the HTTP exchange itself, in GraphQL's shape."""
    return answer({"errors": [plain(message, code)]}, media, status, headers)


def unauthenticated(reason: str, media: str, *, given: bool) -> Response:
    """401, saying what is wrong with the bearer token; `given` when there was one."""
    challenge = 'Bearer realm="goldenthread"' + (', error="invalid_token"' if given else "")
    return failure(HTTPStatus.UNAUTHORIZED, reason, "UNAUTHENTICATED", media, {"WWW-Authenticate": challenge})


def database_away(media: str) -> Response:
    """503: the database is away, with when to try again."""
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
    return failure(HTTPStatus.SERVICE_UNAVAILABLE, AWAY, "SERVICE_UNAVAILABLE", media, headers)


def storage_full(media: str) -> Response:
    """507: nothing can be recorded until somebody makes room, which takes longer than a moment."""
    headers = {"Retry-After": str(LATER_SECONDS)}
    return failure(HTTPStatus.INSUFFICIENT_STORAGE, FULL, "STORAGE_FULL", media, headers)


def only_read(media: str) -> Response:
    """503: the database takes nothing that is written, as a standby does."""
    headers = {"Retry-After": str(LATER_SECONDS)}
    return failure(HTTPStatus.SERVICE_UNAVAILABLE, ONLY_READ, "DATABASE_READ_ONLY", media, headers)


def overloaded(media: str, *, own: bool) -> Response:
    """429 for a caller with too many requests here already, 503 where all callers together have; and when to come."""
    headers = {"Retry-After": str(SOON_SECONDS), "Connection": "close"}  # its body has not been read
    if own:
        text = "You have too many requests here at once; wait for their answers, then send this again, unchanged."
        return failure(HTTPStatus.TOO_MANY_REQUESTS, text, "TOO_MANY_REQUESTS", media, headers)
    text = "The register is busy; nothing was begun. Send it again in a moment, unchanged."
    return failure(HTTPStatus.SERVICE_UNAVAILABLE, text, "OVERLOADED", media, headers)


def late(media: str) -> Response:
    """503: the time of the request was over, and its work was stopped."""
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
    return failure(HTTPStatus.SERVICE_UNAVAILABLE, LATE, "TIMED_OUT", media, headers)
