"""A partnership of four agencies behind the real edge, for tests that speak GraphQL."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Generic, TypeVar
from uuid import uuid4
from zoneinfo import ZoneInfo

import anyio
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response

from api.app.founding import FOUNDER
from api.app.installation import Installation
from api.app.serving import create_app
from api.auth.tokens import Signer
from domain.agency.commands import AddAgency
from domain.register import Register
from domain.shared.vocabulary import Role
from storage.database import Database
from support.database_copies import Preparations, Prepared

Told = TypeVar("Told")

KEY = "knowsley"
START = date(2024, 1, 8)
AGENCIES = ("police", "health", "council", "school")
BODY = "serious-incident-review-group"
LED = {"leadReviewer": "Dr Day", "leadReviewerEmployer": "A university"}
"""As a serious case review is."""
OTHER_BODY = "audit-and-review"

RECORDED = "userErrors { code message field } eventIds"
ENTITIES = {
    "review": "review",
    "learning": "review",
    "clock": "review",
    "recommendation": "recommendation",
    "action": "action",
    "returns": "yearlyReturns",
    "return": "yearlyReturn",
    "auditProgramme": "auditProgramme",
    "credential": "credential",
}


def on(day: int) -> str:
    """Days are counted from the partnership's first."""
    return (START + timedelta(days=day)).isoformat()


def establish(
    installation: Installation, key: str = KEY, framework: str = "knowsley-2015", bodies: tuple[str, ...] = (BODY,)
) -> dict[str, str]:
    """The partnership with its agencies; the tokens of everybody, by who they are."""
    installation.create_partnership(key, key.title(), framework, demonstration=True, today=START)
    for agency in AGENCIES:
        installation.register(key).handle(AddAgency(key=agency, name=f"The {agency}"), FOUNDER)
    tokens = {
        name: installation.issue_token(key, role, name)
        for name, role in {
            "unit": Role.BUSINESS_UNIT,
            "chair": Role.CHAIR,
            "inspector": Role.INSPECTOR,
            "administrator": Role.ADMINISTRATOR,
        }.items()
    }
    tokens["body"] = installation.issue_token(key, Role.MONITORING_BODY, "body", bodies=bodies, independent=True)
    tokens["body of police"] = installation.issue_token(
        key, Role.MONITORING_BODY, "body of police", agency="police", bodies=bodies
    )
    return tokens | {agency: installation.issue_token(key, Role.AGENCY, agency, agency) for agency in AGENCIES}


def entity(mutation: str) -> str:
    """The field of the payload that holds the thing."""
    return next((shown for word, shown in ENTITIES.items() if mutation.startswith(word)), "challenge")


@dataclass
class World:
    """One test's own register; who acts is named as in `tokens`."""

    installation: Installation
    tokens: Mapping[str, str]
    key: str = KEY
    app: FastAPI = field(init=False)

    def __post_init__(self) -> None:
        self.app = create_app(self.installation)

    @property
    def register(self) -> Register:
        return self.installation.register(self.key)

    def at(self, day: int, hour: int = 9) -> None:
        """Put the clock at an hour of a day."""
        zone = ZoneInfo("Europe/London")
        self.register.ledger.set_clock(datetime.combine(START + timedelta(days=day), time(hour), zone))

    def send(self, token: str, query: str, **variables: Any) -> Response:
        async def exchange() -> Response:
            headers = {"Authorization": f"Bearer {token}", "Accept": "application/graphql-response+json"}
            async with AsyncClient(transport=ASGITransport(self.app), base_url="http://register.test") as client:
                return await client.post("/graphql", headers=headers, json={"query": query, "variables": variables})

        return anyio.run(exchange)

    def answer(self, who: str, query: str, **variables: Any) -> dict[str, Any]:
        """The whole answer, errors included."""
        found: dict[str, Any] = self.send(self.tokens[who], query, **variables).json()
        return found

    def ask(self, who: str, query: str, **variables: Any) -> dict[str, Any]:
        """The data; any error fails the test."""
        found = self.answer(who, query, **variables)
        assert "errors" not in found, found["errors"]
        data: dict[str, Any] = found["data"]
        return data

    def read(self, who: str, selection: str, **moment: str) -> dict[str, Any]:
        """Below `register`, perhaps as known at a moment and judged on a day."""
        given = ", ".join(f'{name}: "{value}"' for name, value in moment.items())
        asked = f"({given})" if given else ""
        found: dict[str, Any] = self.ask(who, f"{{ register{asked} {{ {selection} }} }}")["register"]
        return found

    def send_command(self, who: str, mutation: str, shown: str = "id version", /, **given: Any) -> dict[str, Any]:
        """The payload of one mutation, under a key of its own unless one is given."""
        kind = "CorrectInput" if mutation.endswith("Correct") else f"{mutation[0].upper()}{mutation[1:]}Input"
        selected = f"{entity(mutation)} {{ {shown} }} {RECORDED}"
        query = f"mutation ($input: {kind}!) {{ {mutation}(input: $input) {{ {selected} }} }}"
        sent = {"idempotencyKey": str(uuid4())} | given
        payload: dict[str, Any] = self.ask(who, query, input=sent)[mutation]
        return payload

    def do(self, who: str, mutation: str, shown: str = "id version", /, **given: Any) -> dict[str, Any]:
        """The thing after a command that must not be refused."""
        payload = self.send_command(who, mutation, shown, **given)
        assert payload["userErrors"] == [], payload["userErrors"]
        thing: dict[str, Any] = payload[entity(mutation)]
        return thing

    def refused(self, who: str, mutation: str, /, **given: Any) -> list[str]:
        """The codes of a command that must be refused, with nothing recorded."""
        before = self.position()
        payload = self.send_command(who, mutation, **given)
        assert payload[entity(mutation)] in (None, [])
        assert payload["eventIds"] == []
        assert self.position() == before
        return [error["code"] for error in payload["userErrors"]]

    def position(self) -> str:
        return str(self.read("inspector", "position")["position"])

    def known_at(self) -> str:
        return str(self.read("inspector", "knownAt")["knownAt"])

    # ---- how far a thing has come ----

    def a_review(self, **given: Any) -> str:
        asked = {"kind": "practice-learning-review", "title": "Child J", "agencies": ["police", "health"]} | given
        return str(self.do("unit", "reviewCommission", **asked)["id"])

    def a_recommendation(self, **given: Any) -> str:
        review = given.pop("reviewId", None) or self.a_review()
        asked = {"reviewId": review, "wording": "Share the chronology", "themes": ["neglect"]} | given
        return str(self.do("unit", "recommendationRaise", **asked)["id"])

    def an_action(self, **given: Any) -> str:
        above = given.pop("recommendationId", None) or self.a_recommendation()
        asked = {"recommendationId": above, "wording": "Train the team"} | given
        return str(self.do("unit", "actionRaise", **asked)["id"])

    def assigned(self, lead: str = "police", due: int = 60, **given: Any) -> str:
        """An action that an agency leads."""
        parties = {"contributingAgencies": given.pop("contributingAgencies", None)}
        action = self.an_action(**given)
        self.do("unit", "actionAssign", id=action, leadAgency=lead, dueOn=on(due), **parties)
        return action

    def evidence(self, action: str, who: str = "police", **given: Any) -> str:
        """Submitted evidence, claiming completion unless said otherwise."""
        asked = {"id": action, "narrative": "Done", "claimsComplete": True} | given
        shown = self.do(who, "actionSubmitEvidence", "evidence { id }", **asked)
        return str(shown["evidence"][-1]["id"])

    def closed(self, lead: str = "police", **given: Any) -> str:
        """An action closed as implemented."""
        action = self.assigned(lead, **given)
        self.do("body", "actionAcceptEvidence", id=action, evidenceId=self.evidence(action, lead))
        self.do("body", "actionClose", id=action, outcome="IMPLEMENTED")
        return action

    def published(self, **given: Any) -> str:
        review = self.a_review(**given)
        self.do("unit", "reviewComplete", id=review)
        self.do("chair", "reviewPublish", id=review, boardResponse="We accept it")
        return review


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


# ---- copies of a database in which it stands already ----


@dataclass(frozen=True)
class Template:
    """What an established partnership's database does not say to everybody."""

    tokens: dict[str, str]
    signer: Signer


def prepare_partnership(conninfo: str) -> Template:
    """Fills an empty database."""
    with Installation.open(conninfo, pool_size=2) as installation:
        return Template(establish(installation), installation.signer)


@contextmanager
def opened(conninfo: str, known: Template) -> Iterator[World]:
    """The world on a copy of its database."""
    with Database(conninfo, max_size=4) as pool:
        yield World(Installation(conninfo, pool, known.signer), known.tokens)


@dataclass(frozen=True)
class Staged(Generic[Told]):
    """A world in which a story was told, and what its telling gave: ids, tokens."""

    world: World
    told: Told


@dataclass
class Stage:
    """A test asks for a story, a function of the world, and is given a world of its own in which it was told."""

    established: Prepared[Template]
    preparations: Preparations
    stack: ExitStack
    staged: dict[Any, Staged[Any]] = field(default_factory=dict)

    def __call__(self, story: Callable[[World], Told]) -> Staged[Told]:
        if story not in self.staged:
            known = self.established.told

            def tell(conninfo: str) -> Told:
                with opened(conninfo, known) as world:
                    return story(world)

            prepared = self.preparations.on(self.established, story, tell)
            world = self.stack.enter_context(opened(self.stack.enter_context(prepared.copy()), known))
            self.staged[story] = Staged(world, prepared.told)
        found: Staged[Told] = self.staged[story]
        return found
