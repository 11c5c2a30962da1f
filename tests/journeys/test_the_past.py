"""What a register answers of a past moment is what one that knows no more would answer: every field, on any day."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

import anyio
import psycopg
import pytest
from graphql import GraphQLField
from httpx import ASGITransport, AsyncClient
from psycopg import sql
from psycopg.conninfo import make_conninfo

from api.app.installation import Installation
from api.app.serving import create_app
from api.app.settings import Settings
from cli.demo import fellmoor, founding
from domain.shared.vocabulary import Role
from projections.engine.rebuild import rebuild
from storage.embedded import temporary_server
from support.every_field_queries import Field, fields_of, query, reachable, root_fields

WIDE = Settings(query_tokens=10_000, query_cost=10_000_000)
NOT_REACHED = {
    "Credential",  # the administrator's: tests/api/test_credentials.py
    "CorrectableField",  # the business unit's: tests/api/test_history.py
    *("AgencyReceipt", "Agreement", "Attachment", "ChallengedClock", "LearningTakeUp", "ParticipationAnswer"),
    *("ReportedYield", "ResponseTime", "ReturnImprovement", "ReturnVerdict", "ReviewPrinciple", "YearlyReturn"),
}
"""The example holds none of them at these moments, or not below what is drawn, or they are not for an inspector."""
DEEPER = {("ProgrammeTerms", "kinds")}
THINGS = ("review", "recommendation", "action", "challenge")
DEEP = (3, 2)
"""How many objects deep is asked at each of so many moments."""


@dataclass
class Asked:
    """A register behind the real edge, asked by an inspector."""

    installation: Installation

    def __post_init__(self) -> None:
        self.app = create_app(self.installation, WIDE)
        self.token = self.installation.issue_token(fellmoor.KEY, Role.INSPECTOR, "A test")

    def answers(self, queries: list[str]) -> list[Any]:
        async def ask() -> list[Any]:
            async with AsyncClient(transport=ASGITransport(self.app), base_url="http://fellmoor.test") as client:
                headers = {"Authorization": f"Bearer {self.token}"}
                sent = [await client.post("/graphql", json={"query": each}, headers=headers) for each in queries]
            return [each.json() for each in sent]

        return anyio.run(ask)


@pytest.fixture(scope="module")
def whole() -> Iterator[str]:
    """The address of a server whose database `whole` holds the worked example, told to its end."""
    with temporary_server() as address:
        with psycopg.connect(address, autocommit=True) as conn:
            conn.execute("CREATE DATABASE whole")
        with Installation.open(make_conninfo(address, dbname="whole")) as opened:
            founding.found(opened, lambda _done, _of: None)
        yield address


@contextmanager
def cut_off(address: str, position: int) -> Iterator[Installation]:
    """A copy that has recorded nothing after a place in the log, its histories made anew from what is left."""
    name = f"known_{position}"
    with psycopg.connect(address, autocommit=True) as conn:
        conn.execute(sql.SQL("CREATE DATABASE {} TEMPLATE whole").format(sql.Identifier(name)))
    copy = make_conninfo(address, dbname=name)
    schema = f"gt_{fellmoor.KEY}"
    with psycopg.connect(copy) as conn:
        conn.execute("SET session_replication_role = replica")
        conn.execute("SELECT set_config('search_path', %s, false)", (schema,))
        conn.execute("DELETE FROM facts WHERE position > %s", (position,))
        conn.execute(
            "UPDATE head SET position = %s, last_day = '0001-01-01',"
            " recorded_at = (SELECT max(recorded_at) FROM facts)",
            (position,),
        )
    rebuild(copy, schema)
    with Installation.open(copy) as opened:
        yield opened


def log(address: str) -> list[tuple[int, datetime]]:
    with psycopg.connect(make_conninfo(address, dbname="whole")) as conn:
        schema = sql.Identifier(f"gt_{fellmoor.KEY}")
        asked = sql.SQL("SELECT max(position), recorded_at FROM {}.facts GROUP BY recorded_at ORDER BY 1").format(
            schema
        )
        return conn.execute(asked).fetchall()


def documents(asked: Asked, moment: str, year: int, deep: int, chance: Random) -> list[str]:
    """Everything that can be asked of the register at a pair of moments; what is asked for by id is drawn from all."""
    listed = " ".join(f"{kind}s(first: 100) {{ nodes {{ id }} }}" for kind in THINGS)
    [answer] = asked.answers([f"{{ register({moment}) {{ {listed} }} }}"])
    ids = {kind: [each["id"] for each in answer["data"]["register"][f"{kind}s"]["nodes"]] for kind in THINGS}
    one = {kind: chance.choice(found) for kind, found in ids.items() if found}
    given = {root: _given(root, field, one, year) for root, field in root_fields().items()}
    return [query(root, arguments, moment, deep) for root, arguments in given.items() if arguments is not None]


def _given(root: str, field: GraphQLField, one: dict[str, str], year: int) -> str | None:
    """The arguments that a field of the register needs; None where nothing is there to be asked about."""
    if "id" in field.args:
        return f'(id: "{one[root]}")' if root in one else None
    if root == "learningCoverage":
        return f'(reviewId: "{one["review"]}")' if "review" in one else None
    if root == "returnRounds":
        return f"(since: {year - 1}, until: {year})"
    return f"(year: {year})" if "year" in field.args else ""


def test_what_is_answered_of_a_past_moment_is_what_a_register_that_knows_no_more_answers(whole: str) -> None:
    chance, found = Random(11), set[Field]()
    saves = log(whole)
    moments = [saves[-5], *chance.sample(saves[20:], len(DEEP) - 1)]
    with ExitStack() as opened:
        known_then = [Asked(opened.enter_context(cut_off(whole, position))) for position, _ in moments]
        everything = Asked(opened.enter_context(Installation.open(make_conninfo(whole, dbname="whole"))))
        for then, (_, known), deep in zip(known_then, moments, DEEP, strict=True):
            for days in (chance.randint(100, 700), chance.randint(-400, 0))[: 4 - deep]:
                day = known.date() + timedelta(days)
                moment = f'knownAt: "{known.isoformat()}", effectiveOn: "{day}"'
                asked = documents(then, moment, known.year, deep, chance)
                for text, told, now in zip(asked, then.answers(asked), everything.answers(asked), strict=True):
                    assert "errors" not in told, (text[:200], told["errors"])
                    assert now == told, f"{text[:300]} at {moment}"
                    found |= fields_of(told["data"]["register"], "Register")
    assert {field for field in reachable() - found if not _is_left_out(*field)} == set()


def _is_left_out(kind: str, name: str) -> bool:
    return kind in NOT_REACHED or (kind, name) in DEEPER or kind.endswith("Edge")
