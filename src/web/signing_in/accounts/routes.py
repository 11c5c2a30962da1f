"""The way to the provider of accounts and back."""

import logging
from secrets import token_urlsafe
from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from domain.shared.refusals import Refusal
from storage.sessions import Link
from web.answering import Accounts, Site
from web.problems import PageProblem, PageRoute
from web.signing_in.accounts.people import PeopleFault, Rule, rules_of, subject_of
from web.signing_in.accounts.provider import Begun, NotVouchedFor
from web.signing_in.caller import SiteOf
from web.signing_in.routes import local, signed_in

router = APIRouter(route_class=PageRoute)
logger = logging.getLogger("goldenthread.sign-in")

MINUTES = 10
"""For which a way to the provider and back may last."""
NOBODY = PageProblem(
    403, "You cannot sign in here", "Your account is known, and it has no part in this register. Ask its administrator."
)
BROKEN = PageProblem(
    403, "You are not signed in", "Your account could not be confirmed. Begin again; if it does not work, ask for help."
)
NO_ACCOUNTS = PageProblem(404, "There is no such page", "This register takes no accounts of others.")


@router.get("/sign-in-with-account")
async def leave(site: SiteOf, path: Annotated[str, Query(alias="next", max_length=2_000)] = "/") -> Response:
    """On to the provider."""
    accounts = _accounts(site)
    begun = Begun(token_urlsafe(24), token_urlsafe(24), token_urlsafe(48), local(path))
    try:
        address = await accounts.lobby.read(lambda: accounts.provider.address(begun))
    except NotVouchedFor as error:
        raise _told(error) from error
    response = RedirectResponse(address, 303)
    kept = site.seal.sealed(orjson.dumps([begun.state, begun.nonce, begun.verifier, begun.path]).hex())
    response.set_cookie(
        _cookie(site), kept, max_age=60 * MINUTES, path="/", secure=site.cookies.secure, httponly=True, samesite="lax"
    )
    return response


@router.get("/signed-in-with-account")
async def back(site: SiteOf, request: Request) -> Response:
    """Back from the provider, who says who it is."""
    accounts, begun = _accounts(site), _begun(site, request)
    try:
        response = await accounts.lobby.read(lambda: _taken(site, accounts, request, begun))
    except (NotVouchedFor, PeopleFault) as error:
        raise _told(error) from error
    response.delete_cookie(_cookie(site), path="/", secure=site.cookies.secure, httponly=True, samesite="lax")
    return response


def _taken(site: Site, accounts: Accounts, request: Request, begun: Begun) -> Response:
    claims = accounts.provider.claims(begun, str(request.url))
    rule = next((each for each in rules_of(accounts.people) if each.fits(claims)), None)
    if rule is None:
        raise NOBODY
    return signed_in(site, request, _link(accounts, rule, subject_of(claims)), begun.path)


def _link(accounts: Accounts, rule: Rule, subject: str) -> Link:
    try:
        credential = accounts.credential(
            rule.partnership, rule.role, subject, rule.agency, rule.bodies, rule.independent
        )
    except Refusal as refused:
        logger.warning("a rule of %s names what is not there: %s", accounts.people, refused)
        raise NOBODY from refused
    return Link(rule.partnership, credential)


def _begun(site: Site, request: Request) -> Begun:
    opened = site.seal.opened(request.cookies.get(_cookie(site), ""))
    if opened is None:
        raise BROKEN
    return Begun(*orjson.loads(bytes.fromhex(opened)))


def _accounts(site: Site) -> Accounts:
    if site.accounts is None:
        raise NO_ACCOUNTS
    return site.accounts


def _cookie(site: Site) -> str:
    return f"{site.cookies.name}-begun"


def _told(error: Exception) -> PageProblem:
    logger.warning("nobody was signed in: %s", error)
    return BROKEN
