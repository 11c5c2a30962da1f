"""Who asks for a page: the person behind the session of the request's cookie."""

from typing import Annotated, TypeAlias

from fastapi import Depends, Request

from api.auth.credentials import Holder
from api.auth.tokens import TokenRefused
from api.http.workers import Workers
from domain.shared.refusals import NotFound
from storage.work import Work
from web.answering import SignedIn, Site, Visitor
from web.forms.csrf import is_from
from web.moments import AskedMoment, asked_moment
from web.problems import NotSignedIn, PageProblem


def site_of(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


SiteOf: TypeAlias = Annotated[Site, Depends(site_of)]


async def visitor(request: Request, site: SiteOf, moment: Annotated[AskedMoment, Depends(asked_moment)]) -> Visitor:
    """Raises `NotSignedIn`."""
    secret = site.cookies.secret(request)
    if secret is None:
        raise NotSignedIn
    workers: Workers = site.edge.workers
    signed_in = await workers.check(Work(site.edge.limits.request_seconds), lambda: signed_in_by(site, secret))
    if signed_in is None:
        raise NotSignedIn
    return Visitor(site, request, signed_in, moment)


SignedInVisitor: TypeAlias = Annotated[Visitor, Depends(visitor)]


def signed_in_by(site: Site, secret: str) -> SignedIn | None:
    """None for a session that there is not, or not any more."""
    session = site.sessions.find(secret)
    if session is None:
        return None
    try:
        holder = site.edge.credentials.of(session.partnership, session.credential)
    except (TokenRefused, NotFound):
        site.sessions.end(secret)
        return None
    return SignedIn(holder, session, secret)


def person_of(holder: Holder) -> str:
    """The same for every session of one person in one role."""
    caller = holder.caller
    return "\n".join((caller.subject, caller.role.value, caller.agency or ""))


def require_form_of_session(visitor: Visitor, csrf: str) -> None:
    """Raises `PageProblem` for a form that was not made for this session."""
    if not is_from(visitor.signed_in.secret, csrf):
        raise PageProblem(
            403,
            "This form is not of your session",
            "Nothing was recorded. Open the page again and send it anew.",
        )
