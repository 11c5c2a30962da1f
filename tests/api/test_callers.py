"""Who a token stands for is what was recorded when it was issued, and only in that partnership."""

import json
from base64 import urlsafe_b64decode
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.app.founding import FOUNDER
from api.auth.tokens import TokenClaims
from domain.credential.commands import RevokeCredential
from domain.shared.vocabulary import Role
from support.partnership_world import World

VIEWER = "{ viewer { subject role partnership { key } agency { key } } }"


def claims(world: World, who: str) -> TokenClaims:
    return world.installation.signer.verify(world.tokens[who], datetime.now(UTC))


def read(token: str) -> dict[str, Any]:
    body = token.split(".")[1]
    found: dict[str, Any] = json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return found


@pytest.fixture
def neighbour(world: World) -> str:
    """Another partnership of the same installation."""
    world.installation.create_partnership("hull", "Hull", "knowsley-2015")
    return "hull"


def test_a_credential_of_one_partnership_opens_no_other(world: World, neighbour: str) -> None:
    moved = world.installation.signer.sign(replace(claims(world, "chair"), partnership=neighbour))
    assert world.send(moved, VIEWER).status_code == 401
    own = world.installation.issue_token(neighbour, Role.CHAIR, "chair of hull")
    assert world.send(own, VIEWER).json()["data"]["viewer"]["partnership"] == {"key": neighbour}


def test_things_of_one_partnership_are_not_there_in_another(world: World, neighbour: str) -> None:
    action = world.assigned("police")
    token = world.installation.issue_token(neighbour, Role.INSPECTOR, "inspector of hull")
    query = "query ($id: ID!) { node(id: $id) { id } register { actions { totalCount } agencies { key } } }"
    found = world.send(token, query, id=action).json()["data"]
    assert found == {"node": None, "register": {"actions": {"totalCount": 0}, "agencies": []}}
    assert world.ask("inspector", "query ($id: ID!) { node(id: $id) { id } }", id=action)["node"] == {"id": action}


def test_what_was_recorded_decides_and_not_what_the_token_says(world: World) -> None:
    told = world.installation.signer.sign(replace(claims(world, "police"), role="CHAIR", agency="health"))
    viewer = world.send(told, VIEWER).json()["data"]["viewer"]
    assert (viewer["role"], viewer["agency"]) == ("AGENCY", {"key": "police"})


def test_a_credential_that_was_never_recorded_or_is_revoked_opens_nothing(world: World) -> None:
    invented = world.installation.signer.sign(replace(claims(world, "chair"), jti=uuid4()))
    assert world.send(invented, VIEWER).status_code == 401
    credential = UUID(read(world.tokens["chair"])["jti"])
    world.register.handle(RevokeCredential(id=credential, reason="Left"), FOUNDER)
    refused = world.send(world.tokens["chair"], VIEWER)
    assert (refused.status_code, "data" in refused.json()) == (401, False)


def test_introspection_and_suggestions_need_a_token(world: World) -> None:
    for query in ("{ __schema { types { name } } }", "{ viewe }", "{"):
        found = world.send("nonsense", query)
        assert found.status_code == 401
        assert found.json()["errors"][0]["extensions"] == {"code": "UNAUTHENTICATED"}
