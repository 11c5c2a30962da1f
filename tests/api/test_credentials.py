"""The administrator lets people in and shuts them out, through the API as from the command line; nobody else does."""

from typing import Any
from uuid import uuid4

import pytest

from support.partnership_world import World

ISSUE = """mutation ($input: CredentialIssueInput!) { credentialIssue(input: $input) {
  credential { id subject role agency bodies independent revokedReason } userErrors { code field } eventIds } }"""
REVOKE = """mutation ($input: CredentialRevokeInput!) { credentialRevoke(input: $input) {
  credential { id revokedReason } userErrors { code field } eventIds } }"""
LISTED = "credentials { id subject role revokedReason }"
OFFICER = {"subject": "Duty sergeant", "role": "AGENCY", "agency": "police", "expiresAt": "2031-01-01T00:00:00Z"}


def issued(world: World, who: str = "administrator", **changes: Any) -> dict[str, Any]:
    sent = {"idempotencyKey": str(uuid4())} | OFFICER | changes
    payload: dict[str, Any] = world.ask(who, ISSUE, input=sent)["credentialIssue"]
    return payload


def revoked(world: World, id: str, who: str = "administrator", **changes: Any) -> dict[str, Any]:
    sent = {"idempotencyKey": str(uuid4()), "id": id, "reason": "Has left"} | changes
    payload: dict[str, Any] = world.ask(who, REVOKE, input=sent)["credentialRevoke"]
    return payload


def test_somebody_is_let_in_and_shut_out_again_and_the_past_stays(world: World) -> None:
    payload = issued(world)
    assert payload["userErrors"] == []
    found = payload["credential"]
    assert (found["subject"], found["role"], found["agency"]) == ("Duty sergeant", "AGENCY", "police")
    then = world.known_at()
    assert revoked(world, found["id"])["credential"] == {"id": found["id"], "revokedReason": "Has left"}
    listed = {each["id"]: each for each in world.read("administrator", LISTED)["credentials"]}
    before = {each["id"]: each for each in world.read("administrator", LISTED, knownAt=then)["credentials"]}
    assert listed[found["id"]]["revokedReason"] == "Has left"
    assert before[found["id"]]["revokedReason"] is None


def test_what_is_revoked_twice_is_revoked_once(world: World) -> None:
    id = issued(world)["credential"]["id"]
    assert len(revoked(world, id)["eventIds"]) == 1
    again = revoked(world, id)
    assert (again["eventIds"], again["credential"]["revokedReason"]) == ([], "Has left")


def test_a_key_sent_again_lets_nobody_in_twice(world: World) -> None:
    key = str(uuid4())
    first, second = (issued(world, idempotencyKey=key) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"agency": None}, "INVALID", ["agency"]),
        ({"agency": "nobody"}, "UNKNOWN_AGENCY", ["agency"]),
        ({"role": "MONITORING_BODY", "bodies": ["nobody"]}, "UNKNOWN_BODY", ["bodies", "0"]),
        ({"role": "MONITORING_BODY", "agency": None}, "INVALID", ["bodies"]),
        ({"subject": ""}, "INVALID", ["subject"]),
        ({"subject": "x" * 1_000}, "INVALID", ["subject"]),
    ],
)
def test_what_no_credential_may_be_is_refused_by_its_field(
    world: World, changes: dict[str, Any], code: str, field: list[str]
) -> None:
    before = world.position()
    payload = issued(world, **changes)
    assert [(each["code"], each["field"]) for each in payload["userErrors"]] == [(code, field)]
    assert payload["credential"] is None
    assert world.position() == before


@pytest.mark.parametrize("who", ["police", "unit", "body", "chair", "inspector"])
def test_nobody_else_lets_in_shuts_out_or_reads(world: World, who: str) -> None:
    id = issued(world)["credential"]["id"]
    assert [each["code"] for each in issued(world, who)["userErrors"]] == ["NOT_PERMITTED"]
    assert [each["code"] for each in revoked(world, id, who)["userErrors"]] == ["NOT_PERMITTED"]
    assert world.read(who, LISTED)["credentials"] is None
    assert {"credentialIssue", "credentialRevoke"}.isdisjoint(
        world.ask(who, "{ viewer { permittedCommands } }")["viewer"]["permittedCommands"]
    )


def test_what_nobody_was_given_cannot_be_revoked(world: World) -> None:
    nobody = "Y3JlZGVudGlhbDowMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA"
    for id in (nobody, "x", world.a_review()):
        assert [each["code"] for each in revoked(world, id)["userErrors"]] == ["NOT_FOUND"]
