"""The cookie of a session."""

from starlette.requests import Request, cookie_parser
from starlette.responses import Response

from web.signing_in.seals import Seal


class Cookies:
    """Where pages are served over HTTPS no browser sends it over anything else, or to another host."""

    def __init__(self, address: str, seal: Seal) -> None:
        self.secure = address.startswith("https:")
        self.name = "__Host-session" if self.secure else "session"
        self._seal = seal

    def secret(self, request: Request) -> str | None:
        """The session's secret; None where there is none, or one that was made up."""
        return self._seal.opened(request.cookies.get(self.name, ""))

    def given(self, header: bytes) -> bool:
        """Whether a `Cookie` header holds a session's secret that was given out here."""
        return self._seal.opened(cookie_parser(header.decode("latin-1")).get(self.name, "")) is not None

    def keep(self, response: Response, secret: str) -> None:
        """Until the browser ends: how long the session holds is known here alone."""
        value = self._seal.sealed(secret)
        response.set_cookie(self.name, value, path="/", secure=self.secure, httponly=True, samesite="lax")

    def forget(self, response: Response) -> None:
        response.delete_cookie(self.name, path="/", secure=self.secure, httponly=True, samesite="lax")
