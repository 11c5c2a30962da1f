"""One row of a framework's table: what its kind of review asks, and what it is refused without."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

import psycopg
from anyio.from_thread import BlockingPortal, start_blocking_portal
from httpx import ASGITransport, AsyncClient, Response
from psycopg import sql
from psycopg.conninfo import make_conninfo

from api.app.installation import Installation
from domain.frameworks import Body, Framework, ReviewKind, shipped_frameworks
from domain.shared.vocabulary import Role
from support.partnership_world import AGENCIES, START, World, establish


@dataclass
class Edge(World):
    """A world whose requests share one client, as a partner's do."""

    portal: BlockingPortal = field(kw_only=True)
    client: AsyncClient = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.client = AsyncClient(transport=ASGITransport(self.app), base_url="http://register.test")

    def send(self, token: str, query: str, **variables: Any) -> Response:
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/graphql-response+json"}
        sent = {"query": query, "variables": variables}
        return self.portal.call(partial(self.client.post, "/graphql", headers=headers, json=sent))

    def refusal(self, who: str, mutation: str, /, **given: Any) -> tuple[str, str]:
        """Code and message of a command that is refused for one reason."""
        payload = self.send_command(who, mutation, "id", **given)
        assert payload["eventIds"] == []
        [error] = payload["userErrors"]
        return error["code"], error["message"]


@contextmanager
def installed(server: str, database: str) -> Iterator[tuple[Installation, BlockingPortal]]:
    """An installation on a database of its own, for as long as it is used."""
    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
    conninfo = make_conninfo(server, dbname=database)
    with Installation.open(conninfo, pool_size=4) as installation, start_blocking_portal() as portal:
        yield installation, portal
    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))


def edge(installation: Installation, key: str, shipped: str, portal: BlockingPortal) -> Edge:
    """A partnership under a framework, with a member for each body, by its name."""
    bodies = tuple(shipped_frameworks()[shipped].bodies)
    tokens = establish(installation, key, shipped, bodies[:1])
    members = {
        body: installation.issue_token(key, Role.MONITORING_BODY, body, bodies=(body,), independent=True)
        for body in bodies
    }
    return Edge(installation, tokens | members, key, portal=portal)


@dataclass(frozen=True)
class Row:
    """A kind of review of a framework."""

    framework: Framework
    kind: ReviewKind

    def __str__(self) -> str:
        return f"{self.framework.key}/{self.kind.key}"

    def asks(self, name: str) -> Any:
        """What the data say under a name that not every kind has; nothing where it has none."""
        return getattr(self.kind, name, None) or ()

    @property
    def monitored_by(self) -> Body:
        return self.framework.bodies[self.kind.monitored_by[0]]

    @property
    def another_body(self) -> str | None:
        """One of the partnership's own that does not decide about what arises here; a framework may have none."""
        inside = (key for key, body in self.framework.bodies.items() if not body.outside)
        return next((key for key in inside if key != self.monitored_by.key), None)

    @property
    def means(self) -> str:
        return next(iter(self.monitored_by.means_of_improvement), "a form for handovers")

    @property
    def measure(self) -> str:
        return next(iter(self.monitored_by.measures_of_effectiveness), "a sample of cases a year later")

    @property
    def methods(self) -> tuple[str, ...]:
        return self.kind.disseminated_by or self.framework.methods

    @property
    def needs_the_chair(self) -> bool:
        """Whether a case is referred first, advised about and decided by the chair."""
        return self.kind.statutory or any(map(self.asks, ("advised_by", "on_referral", "decided_by_chair")))

    @property
    def limit(self) -> int | None:
        """Of the framework's on the reviews of the kind in a year."""
        programme = self.framework.programme
        return programme.limit if self.kind.key in programme.kinds else None

    @cached_property
    def sections(self) -> list[dict[str, str]]:
        judgement = [{"key": "judgement", "text": word} for word in self.asks("judgements")[:1]]
        return [{"key": key, "text": f"Asked: {text}"} for key, text in self.kind.sections.items()] + judgement

    def commissioning(self, **given: Any) -> dict[str, Any]:
        """An input that meets every condition of the kind."""
        mandates = self.framework.mandates(self.kind.key)
        asked = {
            "kind": self.kind.key,
            "title": f"{self.kind.name} on handovers at night",
            "agencies": list(AGENCIES[: self.kind.maximum_agencies or max(self.kind.minimum_agencies, 2)]),
            "mandatedBy": mandates[0] if mandates else None,
            "leadReviewer": "Dr Ames",
            "leadReviewerEmployer": "A university",
            "facilitator": "Ms Okoro",
            "method": next(iter(self.asks("methods")), None),
            "programmeYear": START.year if self.limit else None,
        }
        return asked | given

    def unmet(self) -> Iterator[tuple[Mapping[str, Any], str, tuple[str, ...]]]:
        """Inputs that miss one condition each, with the code and the words of the refusal that names it."""
        mandates = self.framework.mandates(self.kind.key)
        if mandates:
            for nobody in (None, "probation"):
                yield {"mandatedBy": nobody}, "CONDITIONS_NOT_MET", ("mandated by", *mandates)
        if self.kind.maximum_agencies:
            too_many = list(AGENCIES[: self.kind.maximum_agencies + 1])
            yield {"agencies": too_many}, "CONDITIONS_NOT_MET", ("is of one agency",)
        elif self.kind.minimum_agencies:
            too_few = list(AGENCIES[: self.kind.minimum_agencies - 1])
            words = ("at least", str(self.kind.minimum_agencies), "agencies")
            yield {"agencies": too_few}, "CONDITIONS_NOT_MET", words
        if self.asks("facilitated"):
            yield {"facilitator": None}, "CONDITIONS_NOT_MET", ("facilitated",)
        if self.limit:
            yield {"programmeYear": None}, "CONDITIONS_NOT_MET", (f"Up to {self.limit} a year", self.kind.key)
        if self.kind.needs_an_independent_lead:
            for unnamed in ("leadReviewer", "leadReviewerEmployer"):
                yield {unnamed: None}, "CONDITIONS_NOT_MET", ("independent lead",)
            yield {"leadReviewerEmployer": "The police"}, "NOT_INDEPENDENT", ("independent lead", "police")
