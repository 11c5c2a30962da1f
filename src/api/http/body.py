"""One GraphQL request out of an HTTP request: read within its cap, and refused clearly when it is not one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.requests import Request

ALLOWED = ("query", "variables", "operationName", "extensions")


class RequestRefused(Exception):
    """An HTTP request that holds no GraphQL request that we serve."""

    def __init__(
        self, status: int, message: str, code: str = "INVALID", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.code = code
        self.headers = dict(headers or {})


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """What the caller asks for; `read_only` when it came by GET."""

    query: str
    variables: dict[str, Any] | None
    operation_name: str | None
    read_only: bool


async def body_of(request: Request, cap: int) -> bytes:
    """The JSON body of a POST, not read yet as JSON.

    Raises:
        RequestRefused: 415 for another media type, 413 above `cap` bytes.
    """
    _require_json(request)
    return await _body(request, cap)


def from_post(body: bytes) -> GraphQLRequest:
    """From a POST's JSON body; RequestRefused (400) for what is not a GraphQL request."""
    parameters = _json(body, "The body")
    if isinstance(parameters, list):
        raise RequestRefused(400, "Batches are not served: send one request object, not a list.")
    if not isinstance(parameters, dict):
        raise RequestRefused(400, "The body must be a JSON object with the key query.")
    return _checked(parameters, read_only=False)


def from_get(request: Request) -> GraphQLRequest:
    """From a GET's parameters, `variables` and `extensions` being JSON texts; RequestRefused (400) otherwise."""
    parameters: dict[str, Any] = {name: request.query_params[name] for name in ALLOWED if name in request.query_params}
    for name in ("variables", "extensions"):
        if name in parameters:
            parameters[name] = _json(parameters[name].encode(), f"The parameter {name}") if parameters[name] else None
    return _checked(parameters, read_only=True)


def _checked(parameters: Mapping[str, Any], *, read_only: bool) -> GraphQLRequest:
    query, variables = parameters.get("query"), parameters.get("variables")
    name, extensions = parameters.get("operationName"), parameters.get("extensions")
    if not isinstance(query, str) or not query.strip():
        raise RequestRefused(400, "The parameter query must be given, as a text.")
    if variables is not None and not isinstance(variables, dict):
        raise RequestRefused(400, "The parameter variables must be a JSON object.")
    if name is not None and not isinstance(name, str):
        raise RequestRefused(400, "The parameter operationName must be a text.")
    if extensions is not None and not isinstance(extensions, dict):
        raise RequestRefused(400, "The parameter extensions must be a JSON object.")
    return GraphQLRequest(query, variables, name or None, read_only)


def _require_json(request: Request) -> None:
    media, *parameters = (piece.strip().lower() for piece in request.headers.get("content-type", "").split(";"))
    if media != "application/json":
        raise RequestRefused(415, "The body must be sent with Content-Type: application/json.", "UNSUPPORTED")
    if any(p.startswith("charset=") and p[8:].strip('"') not in {"utf-8", "utf8"} for p in parameters):
        raise RequestRefused(415, "The body must be UTF-8.", "UNSUPPORTED")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise RequestRefused(415, "The body must be sent without Content-Encoding.", "UNSUPPORTED")


async def _body(request: Request, cap: int) -> bytes:
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:20]) > cap:
        raise _too_large(cap)
    held = bytearray()
    async for chunk in request.stream():
        held += chunk
        if len(held) > cap:
            raise _too_large(cap)
    return bytes(held)


def _too_large(cap: int) -> RequestRefused:
    return RequestRefused(413, f"The body is larger than {cap:,} bytes.", "TOO_LARGE", {"Connection": "close"})


def _json(text: bytes, what: str) -> object:
    try:
        value: object = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise RequestRefused(400, f"{what} is not JSON in UTF-8: {error.msg}.") from None
    if b"\\u0000" in text and _holds_nul(value):
        raise RequestRefused(400, f"{what} holds the character NUL, which no text may hold.")
    return value


def _holds_nul(value: object) -> bool:
    pending = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, str) and "\0" in item:
            return True
        if isinstance(item, dict):
            pending.extend(item.keys())
            pending.extend(item.values())
        elif isinstance(item, list):
            pending.extend(item)
    return False
