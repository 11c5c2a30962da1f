"""The pages, put beside the API into one application."""

import gzip
from functools import cache, partial
from importlib.resources import files

from fastapi import APIRouter, FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.app.installation import Installation
from api.app.serving import Edge
from api.app.settings import Settings
from api.auth.credentials import Holder
from api.http.responses import takes_gzip
from storage.sessions import Sessions
from web.answering import Accounts, Site
from web.documents import Executor
from web.forms import handing_over, several
from web.forms import routes as forms
from web.importing import routes as importing
from web.pages import routes as pages
from web.problems import PageRoute, no_page
from web.rendering import SECURITY, Templates
from web.sheets import routes as sheets
from web.signing_in import routes as signing_in
from web.signing_in.accounts import routes as accounts
from web.signing_in.accounts.people import rules_of
from web.signing_in.accounts.provider import Provider
from web.signing_in.caller import signed_in_by
from web.signing_in.cookies import Cookies
from web.signing_in.demonstrators import Demonstrators
from web.signing_in.lobby import Lobby
from web.signing_in.seals import SESSIONS, Seal

MEDIA = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
FOR_A_YEAR = "public, max-age=31536000, immutable"
"""An address of a file changes with what is in it."""


def add_pages(app: FastAPI, installation: Installation, settings: Settings) -> FastAPI:
    """The same application, with pages for people beside what it serves to systems."""
    edge: Edge = app.state.edge
    seal = Seal(installation.signer.key_for(SESSIONS))
    cookies = Cookies(settings.address, seal)
    app.state.door.visitor = cookies.given
    app.state.site = Site(
        edge=edge,
        sessions=Sessions(installation.database, settings.session_idle, settings.session_longest),
        seal=seal,
        cookies=cookies,
        lobby=Lobby(),
        templates=Templates(),
        executor=Executor(edge.schema, edge.limits),
        served=installation.served,
        demonstrators=Demonstrators(installation.partnerships, installation.served).listed,
        accounts=_accounts(installation, settings),
        address=settings.address,
    )
    routers = (accounts, signing_in, several, handing_over, forms, importing, sheets, pages)
    for router in (assets, *(each.router for each in routers)):
        app.include_router(router, include_in_schema=False)  # for people: the OpenAPI page is for systems
    app.state.caller.visitor = partial(_visitor, app.state.site)
    app.add_exception_handler(HTTPException, no_page)
    return app


def _visitor(site: Site, request: Request) -> Holder | None:
    """Who fetches a file from a page; None for whom no session is of."""
    secret = site.cookies.secret(request)
    found = signed_in_by(site, secret) if secret else None
    return found.holder if found else None


def _accounts(installation: Installation, settings: Settings) -> Accounts | None:
    """None where no provider is set. Raises `PeopleFault` for rules that cannot be used."""
    if settings.oidc_issuer is None or settings.oidc_client_id is None or settings.oidc_people is None:
        return None
    rules_of(settings.oidc_people)
    secret = settings.oidc_client_secret.get_secret_value() if settings.oidc_client_secret else ""
    back = f"{settings.address}/signed-in-with-account"
    provider = Provider(settings.oidc_issuer, settings.oidc_client_id, secret, back)
    return Accounts(provider, settings.oidc_people, settings.oidc_name, installation.credential_of_person, Lobby())


assets = APIRouter(route_class=PageRoute)


@assets.get("/assets/{version}/{name}")
async def asset(request: Request, version: str, name: str) -> Response:
    """One file of the pages."""
    found = _files().get(name)
    if found is None:
        raise HTTPException(404)
    media, plain, compressed = found
    headers = {
        "Cache-Control": FOR_A_YEAR,
        "Content-Type": f"{media}; charset=utf-8",
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": SECURITY["X-Content-Type-Options"],
        "Cross-Origin-Resource-Policy": SECURITY["Cross-Origin-Resource-Policy"],
    }
    if takes_gzip(request.headers.get("accept-encoding")):
        return Response(compressed, headers={**headers, "Content-Encoding": "gzip"})
    return Response(plain, headers=headers)


@cache
def _files() -> dict[str, tuple[str, bytes, bytes]]:
    found = (file for file in files("web.assets").iterdir() if f".{file.name.rpartition('.')[2]}" in MEDIA)
    return {
        file.name: (MEDIA[f".{file.name.rpartition('.')[2]}"], plain, gzip.compress(plain, mtime=0))
        for file in found
        for plain in (file.read_bytes(),)
    }
