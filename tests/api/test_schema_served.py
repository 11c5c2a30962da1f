"""The application as it is composed: tokens, revocation, several partnerships, readiness."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import anyio
import pytest
from httpx import ASGITransport, AsyncClient
from psycopg.conninfo import make_conninfo

from api.app.founding import FOUNDER
from api.app.installation import Installation
from api.app.serving import create_app
from api.auth import credentials
from domain.agency.commands import AddAgency
from domain.credential.commands import RevokeCredential
from domain.shared.refusals import Invalid, NotFound, UnknownAgency
from domain.shared.vocabulary import Role
from projections.queries.credentials.query import CredentialRead
from support.partnership_world import KEY, START, World

VIEWER = "{ viewer { subject partnership { key } } }"


def test_a_token_that_has_been_revoked_is_refused_within_seconds(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert credentials.TRUSTED_FOR <= 5
    monkeypatch.setattr(credentials, "TRUSTED_FOR", 0.0)
    token = world.installation.issue_token(KEY, Role.INSPECTOR, "visitor")
    assert world.send(token, VIEWER).status_code == 200
    id = world.installation.signer.verify(token, datetime.now(UTC)).jti
    world.register.handle(RevokeCredential(id=id, reason="The visit is over"), FOUNDER)
    assert world.send(token, VIEWER).status_code == 401


def test_a_credential_is_trusted_for_a_moment_and_then_read_again(world: World) -> None:
    read: list[UUID] = []

    def find(partnership: str, id: UUID) -> CredentialRead | None:
        read.append(id)
        return world.installation.credential(partnership, id)

    checked = credentials.Credentials(world.installation.signer, find)
    for _ in range(3):
        assert checked.holder(world.tokens["unit"]).caller.role is Role.BUSINESS_UNIT
    assert len(read) == 1


def test_a_token_of_another_installation_is_refused(world: World, server: str) -> None:
    with Installation.open(make_conninfo(server, dbname="postgres"), pool_size=2) as other:
        assert other.signer is not world.installation.signer
        other.create_partnership("elsewhere", "Elsewhere", "hull-2015")
        foreign = other.issue_token("elsewhere", Role.INSPECTOR, "visitor")
    assert world.send(foreign, VIEWER).status_code == 401


def test_every_process_of_an_installation_signs_with_the_same_key(world: World) -> None:
    with Installation.open(world.installation.conninfo, pool_size=2) as second:
        token = second.issue_token(KEY, Role.INSPECTOR, "visitor")
    assert world.send(token, VIEWER).status_code == 200


def test_the_application_role_cannot_read_the_signing_key(world: World) -> None:
    with (
        world.installation.database.transaction("goldenthread") as conn,
        pytest.raises(Exception, match="permission denied"),
    ):
        conn.execute("SELECT jwk FROM goldenthread.signing_key")


def test_partnerships_of_one_installation_see_nothing_of_each_other(world: World) -> None:
    action = world.assigned()
    world.installation.create_partnership("hull", "Hull", "hull-2015")
    assert world.installation.partnerships() == ["hull", KEY]
    tokens = {"hull": world.installation.issue_token("hull", Role.CHAIR, "chair")}
    hull = World(world.installation, tokens)
    assert hull.ask("hull", VIEWER)["viewer"] == {"subject": "chair", "partnership": {"key": "hull"}}
    assert hull.ask("hull", "query ($id: ID!) { node(id: $id) { id } }", id=action)["node"] is None


def test_a_partnership_is_created_once_with_its_themes(world: World) -> None:
    with pytest.raises(Invalid):
        world.installation.create_partnership(KEY, "Again", "knowsley-2015")
    assert len(world.read("unit", "themes { key }")["themes"]) > 20


def test_what_cannot_be_created_leaves_nothing_behind(world: World) -> None:
    for framework, today in (("nowhere-1999", None), ("hull-2015", START)):
        with pytest.raises(Invalid):
            world.installation.create_partnership("hull", "Hull", framework, today=today)
    assert world.installation.partnerships() == [KEY]
    with pytest.raises(NotFound):
        world.installation.register("hull")


def test_a_token_is_issued_by_the_rules_of_the_domain(world: World) -> None:
    with pytest.raises(UnknownAgency):
        world.installation.issue_token(KEY, Role.AGENCY, "x", "navy")
    with pytest.raises(Invalid):
        world.installation.issue_token(KEY, Role.MONITORING_BODY, "x")
    with pytest.raises(Invalid):
        world.installation.issue_token(KEY, Role.CHAIR, "x", ttl=timedelta(0))
    world.register.handle(AddAgency(key="navy", name="The navy"), FOUNDER)
    assert world.installation.issue_token(KEY, Role.AGENCY, "x", "navy")


def test_the_application_says_whether_it_is_ready(world: World) -> None:
    async def asked() -> tuple[int, object]:
        transport = ASGITransport(create_app(world.installation))
        async with AsyncClient(transport=transport, base_url="http://register.test") as client:
            found = await client.get("/health/ready")
            return found.status_code, found.json()["parts"]

    assert anyio.run(asked) == (200, {"database": "ready", "writing": "ready", "migrations": "ready"})


def test_nobody_waits_for_a_second_connection_while_holding_one(world: World) -> None:
    with Installation.open(world.installation.conninfo, pool_size=2) as narrow:
        small = World(narrow, world.tokens)
        action = small.assigned()
        query = "mutation ($i: ActionReportProgressInput!, $j: ActionReportProgressInput!) {" + "".join(
            f"{name}: actionReportProgress(input: ${name}) {{ action {{ recommendation {{ id }} }} eventIds }} "
            for name in ("i", "j")
        )
        keys = {"i": str(UUID(int=1)), "j": str(UUID(int=2))}
        inputs = {name: {"idempotencyKey": key, "id": action, "narrative": name} for name, key in keys.items()}

        def ask() -> None:
            assert "errors" not in small.answer("police", query + "}", **inputs)

        async def together() -> None:
            async with anyio.create_task_group() as group:
                for _ in range(6):
                    group.start_soon(anyio.to_thread.run_sync, ask)

        anyio.run(together)
