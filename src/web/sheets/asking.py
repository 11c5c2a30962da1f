"""Who asks for a sheet: a person who is signed in, or a program that sends a token with every request."""

from base64 import b64decode
from binascii import Error
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from fastapi import Request

from api.auth.credentials import Holder
from api.auth.tokens import TokenRefused
from api.http.endpoint import bearer_token
from domain.shared.refusals import NotFound
from storage.work import Work
from web.answering import Site
from web.problems import NotSignedIn
from web.signing_in.caller import signed_in_by

CHALLENGE = 'Basic realm="Golden Thread", charset="UTF-8", Bearer realm="Golden Thread"'
"""What a program is told to send: as Excel has it, a password that is the token, whatever the name; or the token."""


class Unknown(Exception):
    """A program that says not who it is, or a token that is none."""


@dataclass(frozen=True)
class Asker:
    """`find` looks again whether whoever asks still may, in a worker thread."""

    holder: Holder
    find: Callable[[], Holder]

    def require_unchanged(self) -> None:
        """Raises as `find`, and `NotSignedIn` for somebody who has become somebody else."""
        if self.find() != self.holder:
            raise NotSignedIn


async def asker(request: Request, site: Site) -> Asker:
    """Raises `Unknown`, and `NotSignedIn` where a person may sign in."""
    find = _finder(request, site)
    return Asker(await site.edge.workers.check(Work(site.edge.limits.request_seconds), find), find)


def _finder(request: Request, site: Site) -> Callable[[], Holder]:
    token = token_of(request.headers.get("authorization"))
    if token is not None:
        return partial(_of_token, site, token)
    secret = site.cookies.secret(request)
    if secret is not None:
        return partial(_of_session, site, secret)
    raise NotSignedIn if "text/html" in request.headers.get("accept", "") else Unknown


def token_of(authorization: str | None) -> str | None:
    """Of scheme Bearer, or the password of scheme Basic; None where there is none."""
    scheme, _, sent = (authorization or "").strip().partition(" ")
    if scheme.lower() != "basic":
        return bearer_token(authorization)
    try:
        return b64decode(sent.strip(), validate=True).decode("utf-8").partition(":")[2] or None
    except (Error, UnicodeDecodeError):
        return None


def _of_token(site: Site, token: str) -> Holder:
    try:
        return site.edge.credentials.holder(token)
    except (TokenRefused, NotFound) as error:
        raise Unknown from error


def _of_session(site: Site, secret: str) -> Holder:
    found = signed_in_by(site, secret)
    if found is None:
        raise NotSignedIn
    return found.holder
