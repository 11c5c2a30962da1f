"""What goes wrong on the way to a page, as pages that say so."""

from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias
from urllib.parse import quote

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import RedirectResponse, Response
from starlette.types import Message, Receive

from api.app.serving import FAULTS
from api.http.admission import Overloaded
from api.http.body import RequestRefused
from api.http.endpoint import NOBODY
from api.http.errors import is_unavailable, mask
from api.http.gate import QueryRefused
from api.monitoring.request_log import note_code
from domain.shared.refusals import NotFound, NotPermitted, Refusal
from storage.work import Stopped, Why
from web.rendering import Templates

Shown: TypeAlias = tuple[int, str, str]
"""A status, a heading and a sentence."""

NO_PAGE: Shown = (404, "There is no such page", "Check the address, or begin at your first page.")
NOT_THERE: Shown = (404, "This is not there", "There is nothing of this kind that you may see at this moment.")
BUSY: Shown = (503, "The register is busy", "Nothing was begun. Try again in a moment.")
YOURS: Shown = (429, "You have too many requests here at once", "Wait for their answers, then try again.")
LATE: Shown = (
    503,
    "This took too long",
    "Its work was stopped. If you were recording something, look whether it is there before you send it again.",
)
AWAY: Shown = (503, "The register's database is away", "Nothing was recorded. Try again in a moment.")
FULL: Shown = (507, "Nothing can be recorded", "The disk of the register is full; whoever runs it has to make room.")
ONLY_READ: Shown = (503, "Nothing can be recorded", "The register can only be read at the moment.")
BROKEN: Shown = (500, "Something went wrong", "It has been noted. Nothing that was recorded is lost.")
FAULTY = (
    (FAULTS.overdue, LATE),
    (FAULTS.full, FULL),
    (FAULTS.only_read, ONLY_READ),
    (FAULTS.away, AWAY),
)
KEPT_NOT = {"csrf", "key"}
"""What a form holds beside what was typed."""


class PageProblem(Exception):
    """What stands in the way of a page; shown to the person."""

    def __init__(self, status: int, heading: str, text: str) -> None:
        super().__init__(text)
        self.shown: Shown = (status, heading, text)


class NotSignedIn(Exception):
    """Nobody is signed in, or not any more."""


class PageRoute(APIRoute):
    """A path operation whose problems are pages.

    Attributes:
        body_bytes: how much may be sent; None for as much as a body of the API.
        files: how many files may come beside it.
    """

    body_bytes: int | None = None
    files = 0

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()

        async def answered(request: Request) -> Response:
            request = Request(request.scope, _capped(request, self.body_bytes, self.files))
            try:
                _require_own_page(request)
                return await answer(request)
            except NotSignedIn:
                return await _to_sign_in(request)
            except Stopped as stopped:
                return Response(status_code=NOBODY) if stopped.why is Why.GONE else problem_page(request, LATE)
            except ClientDisconnect:
                return Response(status_code=NOBODY)
            except Exception as error:  # noqa: BLE001 - shown, and logged where it is not known
                return _of(request, error)

        return answered


def _require_own_page(request: Request) -> None:
    """A form is sent by a page of ours: no other site signs anybody in or out. Raises `PageProblem`."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    elsewhere = origin not in {None, f"{request.url.scheme}://{request.url.netloc}", request.app.state.site.address}
    if request.method == "POST" and (site not in {None, "none", "same-origin"} or (site is None and elsewhere)):
        raise PageProblem(403, "This was sent by another site", "Nothing was done. Open the page itself.")


def _capped(request: Request, body_bytes: int | None, files: int) -> Receive:
    """What is sent is read within a limit. Raises `PageProblem` beyond it."""
    left, receive = body_bytes or request.app.state.edge.limits.body_bytes, request.receive
    left += files * request.app.state.attachments.bounds.bytes if files else 0

    async def received() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise PageProblem(413, "This is too much at once", "Nothing was recorded. Send less text.")
        return message

    return received


def problem_page(request: Request, shown: Shown, id: str | None = None) -> Response:
    """A page that says what is wrong; `id` is that of the log's line."""
    status, heading, text = shown
    return _templates(request).response("error.html", status, {"heading": heading, "text": text, "id": id})


async def no_page(request: Request, error: Exception) -> Response:
    """For an address that nobody serves; whoever does not ask for a page is told in a word."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    if status == 404 and "text/html" in request.headers.get("accept", ""):  # noqa: PLR2004 - HTTP's own number
        return problem_page(request, NO_PAGE)
    detail = error.detail if isinstance(error, HTTPException) else "Not Found"
    headers = error.headers if isinstance(error, HTTPException) else None
    return Response(f"{detail}\n", status, headers, "text/plain")


def _of(request: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException) and isinstance(error.__cause__, PageProblem):
        error = error.__cause__  # FastAPI has it that the body could not be read
    match error:
        case PageProblem():
            return problem_page(request, error.shown)
        case HTTPException():
            return problem_page(request, (error.status_code, str(error.detail), "This cannot be done here."))
        case RequestValidationError():
            first = error.errors()[0]
            return problem_page(
                request, (400, "This address or form is not right", f"{first['loc'][-1]}: {first['msg']}.")
            )
        case Refusal():
            note_code(error.code)
            status = 403 if isinstance(error, NotPermitted) else 400
            return problem_page(
                request, NOT_THERE if isinstance(error, NotFound) else (status, "This cannot be shown", str(error))
            )
        case RequestRefused():
            return problem_page(request, (error.status, "This form cannot be read", error.message))
        case QueryRefused():
            return problem_page(request, (400, "This address is not right", error.errors[0].message))
        case Overloaded():
            return problem_page(request, YOURS if error.own else BUSY)
    for faults, shown in FAULTY:
        if is_unavailable(error, faults):
            return problem_page(request, shown)
    return problem_page(request, BROKEN, str((mask(error).get("extensions") or {}).get("id")))


async def _to_sign_in(request: Request) -> Response:
    """Led there and back; what was typed into a form is kept on the page, and nothing of it was recorded."""
    if request.method != "POST":
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?next={quote(path, safe='')}", 303)
    typed = [(name, value) for name, value in (await request.form()).multi_items() if isinstance(value, str)]
    values = {
        "people": [],
        "next": "/",
        "accounts": request.app.state.site.accounts,
        "ended": True,
        "kept": [(name, value) for name, value in typed if name not in KEPT_NOT],
        "kept_for": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
    }
    return _templates(request).response("sign_in.html", 401, values)


def _templates(request: Request) -> Templates:
    found: Templates = request.app.state.site.templates
    return found
