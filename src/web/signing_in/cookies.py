"""The cookie of a session."""

from starlette.requests import Request
from starlette.responses import Response


class Cookies:
    """Where pages are served over HTTPS no browser sends it over anything else, or to another host."""

    def __init__(self, address: str) -> None:
        self.secure = address.startswith("https:")
        self.name = "__Host-session" if self.secure else "session"

    def secret(self, request: Request) -> str | None:
        """The session's secret; None where there is none."""
        return request.cookies.get(self.name) or None

    def keep(self, response: Response, secret: str) -> None:
        """Until the browser ends: how long the session holds is known here alone."""
        response.set_cookie(self.name, secret, path="/", secure=self.secure, httponly=True, samesite="lax")

    def forget(self, response: Response) -> None:
        response.delete_cookie(self.name, path="/", secure=self.secure, httponly=True, samesite="lax")
