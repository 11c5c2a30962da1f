"""A browser without a screen: keeps cookies, follows what it is led to, fills in the forms that a page shows."""

from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import Any

import anyio
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Cookies, Response

from api.app.serving import create_app
from api.app.settings import Settings
from domain.shared.vocabulary import Role
from support.partnership_world import BODY, World
from web.app import add_pages

ADDRESS = "http://register.test"
ROLES: dict[str, dict[str, Any]] = {
    "unit": {"role": Role.BUSINESS_UNIT},
    "chair": {"role": Role.CHAIR},
    "inspector": {"role": Role.INSPECTOR},
    "administrator": {"role": Role.ADMINISTRATOR},
    "body": {"role": Role.MONITORING_BODY, "bodies": [BODY], "independent": True},
}


class Page(HTMLParser):
    """What of a page tests ask about: its text, its links, and its forms with what they hold."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.status = response.status_code
        self.path = response.url.raw_path.decode()
        self.headers = response.headers
        self.html = response.text
        self.links: list[str] = []
        self.forms: list[dict[str, Any]] = []
        self.title = ""
        self._words: list[str] = []
        self._within: list[str] = []
        self._area = ""
        self.feed(self.html)

    @cached_property
    def text(self) -> str:
        """As it is read, with single spaces."""
        return " ".join(" ".join(self._words).split())

    def form(self, action: str | None = None) -> dict[str, Any]:
        """The form that is sent there; the one without an address where none is named."""
        return next(each for each in self.forms if each["action"] == action)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._within.append(tag)
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if tag == "form":
            self.forms.append({"action": given.get("action"), "method": given.get("method"), "held": {}, "names": []})
        if tag == "option" and "selected" in given and self.forms:
            self.forms[-1]["held"][self.forms[-1]["names"][-1]] = given.get("value") or ""
        if self.forms and given.get("name") and tag in {"input", "textarea", "select", "button"}:
            self._note(tag, given)

    def _note(self, tag: str, given: dict[str, str | None]) -> None:
        form, name = self.forms[-1], str(given["name"])
        form["names"].append(name)
        self._area = name if tag == "textarea" else ""
        if given.get("type") == "hidden" or (tag == "input" and given.get("type") in {None, "text", "date"}):
            form["held"][name] = given.get("value") or ""
        elif given.get("type") in {"radio", "checkbox"} and "checked" in given:
            form["held"].setdefault(name, []).append(given.get("value"))

    def handle_endtag(self, tag: str) -> None:
        while self._within and self._within.pop() != tag:
            continue
        self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1]["held"][self._area] = self.forms[-1]["held"].get(self._area, "") + data.removeprefix("\n")
        if "title" in self._within:
            self.title += data
        elif "script" not in self._within and "style" not in self._within:
            self._words.append(data)


@dataclass
class Browser:
    """Of one person."""

    app: FastAPI
    cookies: Cookies = field(default_factory=Cookies)

    def get(self, path: str, **query: Any) -> Page:
        return self._send("GET", path, params=query or None)

    def post(self, path: str, sent: dict[str, Any]) -> Page:
        return self._send("POST", path, data=sent)

    def fill(self, path: str, **given: Any) -> Page:
        """Open a form, fill it in and send it."""
        return self.post(path, {**self.get(path).form()["held"], **given})

    def raw(self, method: str, path: str, **given: Any) -> Response:
        """One exchange, wherever it leads."""

        async def exchange() -> Response:
            headers = {"Accept": "text/html", **given.pop("headers", {})}
            transport = ASGITransport(self.app, raise_app_exceptions=False)
            async with AsyncClient(transport=transport, base_url=ADDRESS, cookies=self.cookies) as client:
                answered = await client.request(method, path, headers=headers, **given)
                self.cookies = client.cookies
                return answered

        return anyio.run(exchange)

    def _send(self, method: str, path: str, **given: Any) -> Page:
        answered = self.raw(method, path, **given)
        while answered.is_redirect:
            answered = self.raw("GET", answered.headers["location"])
        return Page(answered)


@dataclass
class Site:
    """The pages of a world's partnership."""

    world: World
    settings: Settings = field(default_factory=Settings)
    app: FastAPI = field(init=False)

    def __post_init__(self) -> None:
        self.app = add_pages(create_app(self.world.installation, self.settings), self.world.installation, self.settings)

    def link(self, who: str, **changes: Any) -> str:
        """The address of a link that signs in somebody of the partnership, named as in its tokens."""
        given: dict[str, Any] = ROLES.get(who) or {"role": Role.AGENCY, "agency": who}
        credential = self.world.installation.credential_of_person(self.world.key, subject=f"Person of {who}", **given)
        site, offered = self.app.state.site, {"lasts": self.app.state.site.sessions.lasts, **changes}
        return f"/sign-in/{site.seal.sealed(site.sessions.offer(self.world.key, credential, **offered))}"

    def browser(self, who: str) -> Browser:
        """Somebody's, signed in."""
        browser = Browser(self.app)
        assert browser.post(self.link(who), {}).path == "/"
        return browser
