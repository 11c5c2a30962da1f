"""Signing in and out."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from api.auth.credentials import Holder
from api.auth.tokens import TokenRefused
from domain.shared.refusals import NotFound
from storage.sessions import Link
from web.answering import Site, Visit
from web.problems import PageProblem, PageRoute
from web.signing_in.caller import SignedInVisitor, SiteOf, person_of, require_form_of_session

UNUSABLE = PageProblem(
    404, "This link does not sign you in", "It has expired or was used already. Ask for another one."
)

router = APIRouter(route_class=PageRoute)


@router.get("/sign-in")
async def sign_in(site: SiteOf, path: Annotated[str, Query(alias="next")] = "/") -> Response:
    """Where whoever is not signed in is led to."""
    people = await site.lobby.read(site.demonstrators)
    return site.templates.response(
        "sign_in.html", 200, {"people": people, "next": local(path), "accounts": site.accounts}
    )


@router.post("/sign-in")
async def sign_in_as(
    site: SiteOf,
    request: Request,
    partnership: Annotated[str, Form()],
    credential: Annotated[UUID, Form()],
    path: Annotated[str, Form(alias="next")] = "/",
) -> Response:
    """In a demonstration: as one of its people."""
    offered = dict(await site.lobby.read(site.demonstrators)).get(partnership, ())
    if credential not in {each.credential for each in offered}:
        raise PageProblem(403, "You cannot sign in like this", "Only a demonstration lets you choose who to be.")
    chosen = Link(partnership, credential)
    return await site.lobby.read(lambda: signed_in(site, request, chosen, local(path)))


@router.get("/sign-in/{secret}")
async def link(site: SiteOf, secret: str) -> Response:
    """Nothing is used up by a look at it, as programs take at links in mails."""
    found = await site.lobby.read(lambda: _holder(site, site.sessions.link(_opened(site, secret))))
    return site.templates.response("link.html", 200, {"holder": found})


@router.post("/sign-in/{secret}")
async def use_link(site: SiteOf, request: Request, secret: str) -> Response:
    """A link signs in once."""
    opened = _opened(site, secret)
    return await site.lobby.read(lambda: signed_in(site, request, site.sessions.use_link(opened), "/"))


@router.post("/sign-out")
async def sign_out(visitor: SignedInVisitor, csrf: Annotated[str, Form()] = "") -> Response:
    site = visitor.site
    require_form_of_session(visitor, csrf)
    await run_in_threadpool(site.sessions.end, visitor.signed_in.secret)
    return _signed_out(site)


@router.get("/sessions")
async def sessions(visitor: SignedInVisitor) -> Response:
    """Where the person is signed in."""

    def answer(visit: Visit) -> Response:
        session = visit.signed_in.session
        return visit.page("sessions.html", sessions=visit.site.sessions.of_person(session.partnership, session.person))

    return await visitor.answer(answer)


@router.post("/sessions/end")
async def end_sessions(
    visitor: SignedInVisitor, csrf: Annotated[str, Form()] = "", id: Annotated[UUID | None, Form()] = None
) -> Response:
    """One of them, or all."""
    require_form_of_session(visitor, csrf)
    site, session = visitor.site, visitor.signed_in.session
    if id is None:
        await run_in_threadpool(site.sessions.end_all, session)
    else:
        await run_in_threadpool(site.sessions.end_one, session, id)
    return _signed_out(site) if id in {None, session.id} else RedirectResponse("/sessions", 303)


def local(address: str) -> str:
    """An address of our own; the first page for any other, so that nobody is led elsewhere by signing in."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) else "/"


def _opened(site: Site, link: str) -> str:
    """The secret of a link that was made here. Raises `PageProblem` for any other, of which nothing is read."""
    secret = site.seal.opened(link)
    if secret is None:
        raise UNUSABLE
    return secret


def signed_in(site: Site, request: Request, found: Link | None, path: str) -> Response:
    """On to a page, with a new session. Raises `PageProblem` where the credential behind it does not hold."""
    holder = _holder(site, found)
    assert found is not None  # noqa: S101 - told by `_holder`
    browser = request.headers.get("user-agent", "")
    secret = site.sessions.begin(found.partnership, found.credential, person_of(holder), browser)
    response = RedirectResponse(path, 303)
    site.cookies.keep(response, secret)
    return response


def _holder(site: Site, found: Link | None) -> Holder:
    try:
        if found is not None:
            return site.edge.credentials.of(found.partnership, found.credential)
    except (TokenRefused, NotFound) as error:
        raise UNUSABLE from error
    raise UNUSABLE


def _signed_out(site: Site) -> Response:
    response = RedirectResponse("/sign-in", 303)
    site.cookies.forget(response)
    return response
