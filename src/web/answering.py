"""How a page is answered: in a worker thread, in its caller's turn and time, as for any request of the API."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.app.serving import Edge, claimant
from api.auth.credentials import Holder
from api.context import Context
from api.http.endpoint import gone
from api.http.responses import compressed
from api.monitoring.request_log import note_caller
from api.served import Served
from domain.shared.actor import Caller
from domain.shared.cached_property import cached_property
from projections.queries.credentials.query import CredentialListed
from storage.sessions import Session, Sessions
from storage.work import Work
from web.documents import Document, Executor, Fields
from web.forms.catalogue import NOTICES
from web.forms.csrf import token_of
from web.importing.runs import Runs
from web.moments import AskedMoment
from web.navigation import navigation_of
from web.rendering import Templates
from web.sheets.bound import Exports
from web.signing_in.accounts.provider import Provider
from web.signing_in.cookies import Cookies
from web.signing_in.lobby import Lobby
from web.signing_in.seals import Seal

PLACE = {"after", "before", "done"}
"""What an address says of the page of a list alone."""
READ_FOR_ONE_ANSWERED = 4
"""As the API has it: characters that may be read for each byte that may be answered."""


@dataclass(frozen=True)
class Accounts:
    """Accounts that people have elsewhere, by which they may sign in.

    Attributes:
        people: the file of rules that say who may, and as what.
        name: what the provider is called on the page.
        credential: that of a person, made where there is none.
        lobby: a provider that is slow keeps nobody else waiting.
    """

    provider: Provider
    people: Path
    name: str
    credential: Callable[..., UUID]
    lobby: Lobby


@dataclass(frozen=True)
class Site:
    """What all pages share; made by `web.app`, found in the application's state."""

    edge: Edge
    sessions: Sessions
    seal: Seal
    cookies: Cookies
    lobby: Lobby
    templates: Templates
    executor: Executor
    served: Callable[[str], Served]
    """A partnership by its key."""
    demonstrators: Callable[[], list[tuple[str, list[CredentialListed]]]]
    """The people of each demonstration that is served, to choose from."""
    accounts: Accounts | None
    address: str
    """How browsers reach the pages, without a slash at its end."""
    exports: Exports = field(default_factory=Exports)
    imports: Runs = field(default_factory=Runs)


@dataclass(frozen=True)
class SignedIn:
    """Who is signed in, by which session; `secret` is the session's, from the cookie."""

    holder: Holder
    session: Session
    secret: str


class Visit:
    """One request by somebody who is signed in, in a worker thread."""

    def __init__(self, site: Site, request: Request, signed_in: SignedIn, moment: AskedMoment) -> None:
        self.site = site
        self.request = request
        self.signed_in = signed_in
        self.moment = moment

    @property
    def caller(self) -> Caller:
        return self.signed_in.holder.caller

    def ask(self, document: Document, **variables: Any) -> Fields:
        """What a document asks for, as known and standing at the moment of the page. Raises what it is refused with."""
        served = self.site.served(self.signed_in.holder.partnership)
        with Context(self.caller, served) as context:
            context.ration(None, READ_FOR_ONE_ANSWERED * self.site.edge.limits.answer_bytes)
            moment = self.moment.variables(lambda: context.head.now, served.zone)
            return self.site.executor.answer(document, context, {**moment, **variables})

    def now(self, document: Document, **variables: Any) -> Fields:
        """As `ask`, of now, whatever moment the page is at."""
        served = self.site.served(self.signed_in.holder.partnership)
        with Context(self.caller, served) as context:
            return self.site.executor.answer(document, context, variables)

    @cached_property
    def zone(self) -> ZoneInfo:
        """In which the partnership's days begin and end."""
        return self.site.served(self.signed_in.holder.partnership).zone

    @cached_property
    def csrf(self) -> str:
        return token_of(self.signed_in.secret)

    def with_query(self, **changes: str) -> str:
        """The address of this page with other values in its query."""
        return str(self.request.url.include_query_params(**changes).replace(scheme="", netloc=""))

    def sheet(self, suffix: str) -> str:
        """The address of this page's list as a sheet, narrowed as here, at the same moment."""
        query = [(name, value) for name, value in self.request.query_params.multi_items() if name not in PLACE]
        return f"{self.request.url.path}.{suffix}{'?' if query else ''}{urlencode(query)}"

    @property
    def notice(self) -> str | None:
        """What was recorded just before, of the forms' own sentences."""
        done = self.request.query_params.get("done", "")
        return NOTICES.get(done)

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        shown = {
            "visit": self,
            "caller": self.caller,
            "moment": self.moment,
            "csrf": self.csrf,
            "zone": self.zone,
            "notice": self.notice,
            "navigation": navigation_of(self.caller.role, self.request.url.path, self.moment),
            **values,
        }
        return self.site.templates.response(template, status, shown)

    def go(self, path: str) -> Response:
        """On to another page after something was recorded, so that nothing is sent twice by going back."""
        return RedirectResponse(path, 303)


Answer: TypeAlias = Callable[[Visit], Response]


@dataclass(frozen=True)
class Visitor:
    """Somebody signed in who asks for a page; a path operation's dependency."""

    site: Site
    request: Request
    signed_in: SignedIn
    moment: AskedMoment

    async def answer(self, answer: Answer) -> Response:
        """What `answer` makes in a worker thread. Raises as `Workers.do`."""
        holder = self.signed_in.holder
        note_caller(holder.partnership, holder.caller.role.value)
        visit = Visit(self.site, self.request, self.signed_in, self.moment)
        workers, work = self.site.edge.workers, Work(self.site.edge.limits.request_seconds)
        work.records = self.request.method == "POST"
        place = workers.take_in(claimant(holder))
        try:
            answered = await workers.do(place, work, gone(self.request), partial(answer, visit))
        finally:
            workers.leave(place, work)
        return compressed(answered, self.request.headers.get("accept-encoding"))

    async def page(self, template: str, document: Document, variables: Mapping[str, Any] | None = None) -> Response:
        """A page that is a document and a template, and nothing else."""
        return await self.answer(lambda visit: visit.page(template, **visit.ask(document, **(variables or {}))))
