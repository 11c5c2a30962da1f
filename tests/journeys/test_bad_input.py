"""
Bad input, one kind after the other: a clear error that names the field (on the command
line: file, line, column) and what was expected, nothing recorded, and the process alive.

Every refusal of a command has its row in `tests/api/test_mutations_refused.py`, every body that is no request in
`tests/api/test_http.py`, every way to spoil a sheet in `tests/cli/test_sheets.py`; a database that goes away and comes
back stands in `test_crash.py`. Here each is met once, through the real edge or the real command line.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import anyio
import pytest
from httpx import ASGITransport, AsyncClient, Response
from typer.testing import CliRunner, Result

from api.relay import global_id
from cli.main import app
from support.import_register import HEADER, PLAN
from support.partnership_world import KEY, World, on

GOOD = "1,A,Ensure supervision,2024-01-05,The health,2024-06-30,open,"
MEGABYTE = 1_048_576


@contextmanager
def nothing_is_recorded(world: World) -> Iterator[None]:
    """Afterwards the head stands where it stood, and the same process still answers and records."""
    before = world.position()
    yield
    assert world.position() == before
    world.a_review()
    assert int(world.position()) == int(before) + 1


class Desk:
    """A spreadsheet and its mapping, imported by the real command."""

    def __init__(self, conninfo: str, folder: Path) -> None:
        self.conninfo, self.folder = conninfo, folder
        (folder / "plan.yaml").write_text(PLAN.replace("kind: audit", "kind: thematic-audit"), encoding="utf-8")

    def runs(self, *words: str) -> Result:
        """Any command of the partnership's."""
        return CliRunner().invoke(app, [*words, "--partnership", KEY, "--database-url", self.conninfo])

    def imports(self, text: str) -> tuple[str, str]:
        """What the command says on stdout and, in one line, on stderr, when it refuses the file."""
        (self.folder / "plan.csv").write_text(text, encoding="utf-8")
        named = ("--partnership", KEY, "--mapping", str(self.folder / "plan.yaml"), "--database-url", self.conninfo)
        result = CliRunner().invoke(app, ["import", str(self.folder / "plan.csv"), *named])
        assert result.exit_code == 1, result.output
        assert "Traceback" not in result.output
        assert len(result.stderr.splitlines()) == 1
        return result.stdout, result.stderr.strip()


@pytest.fixture
def desk(database: str, tmp_path: Path) -> Desk:
    return Desk(database, tmp_path)


def refusal(world: World, who: str, mutation: str, **given: Any) -> tuple[str, list[str] | None, str]:
    """Code, field and message of the one reason why a command is refused."""
    payload = world.send_command(who, mutation, **given)
    (error,) = payload["userErrors"]
    assert payload["eventIds"] == []
    return error["code"], error["field"], error["message"]


def raw(world: World, body: bytes) -> Response:
    async def exchange() -> Response:
        headers = {"Authorization": f"Bearer {world.tokens['police']}", "Content-Type": "application/json"}
        async with AsyncClient(transport=ASGITransport(world.app), base_url="http://register.test") as client:
            return await client.post("/graphql", headers=headers, content=body)

    return anyio.run(exchange)


def test_a_sheet_with_an_unknown_column(world: World, desk: Desk) -> None:
    with nothing_is_recorded(world):
        _, said = desk.imports(f"{HEADER},shoe size\n{GOOD},44\n")
    assert said.startswith("plan.csv, line 1, column 'shoe size': ")


def test_a_mutation_with_an_unknown_field(world: World) -> None:
    with nothing_is_recorded(world):
        given = {"idempotencyKey": str(uuid4()), "kind": "audit", "title": "T", "agencies": [], "shoeSize": 44}
        query = "mutation ($input: ReviewCommissionInput!) { reviewCommission(input: $input) { eventIds } }"
        answer = world.send(world.tokens["unit"], query, input=given)
    assert answer.status_code == 400
    assert "shoeSize" in answer.json()["errors"][0]["message"]


def test_a_day_that_does_not_exist_in_a_sheet(world: World, desk: Desk) -> None:
    with nothing_is_recorded(world):
        told, _ = desk.imports(f"{HEADER}\n{GOOD}\n{GOOD.replace('1,', '2,', 1).replace('2024-01-05', '31/02/2020')}\n")
    assert "plan.csv, line 3, column 'raised': refused: '31/02/2020' is not a day" in told


@pytest.mark.parametrize("day", ["31/02/2020", "2020-02-31", "2020-02-30T00:00:00Z", "tomorrow"])
def test_a_day_that_does_not_exist_in_a_mutation(world: World, day: str) -> None:
    action = world.an_action()
    with nothing_is_recorded(world):
        query = "mutation ($input: ActionAssignInput!) { actionAssign(input: $input) { eventIds } }"
        given = {"idempotencyKey": str(uuid4()), "id": action, "leadAgency": "police", "dueOn": day}
        answer = world.send(world.tokens["unit"], query, input=given)
    assert answer.status_code == 400
    message = answer.json()["errors"][0]["message"]
    assert "dueOn" in message
    assert f"Date cannot represent '{day}': " in message


def test_an_agency_that_nobody_knows_in_a_sheet(world: World, desk: Desk) -> None:
    with nothing_is_recorded(world):
        told, _ = desk.imports(f"{HEADER}\n{GOOD.replace('The health', 'The navy')}\n")
    assert "plan.csv, line 2, column 'lead': refused: " in told
    assert "The navy" in told


def test_an_agency_that_nobody_knows_in_a_mutation(world: World) -> None:
    action = world.an_action()
    with nothing_is_recorded(world):
        code, field, message = refusal(world, "unit", "actionAssign", id=action, leadAgency="navy", dueOn=on(9))
    assert (code, field) == ("UNKNOWN_AGENCY", ["leadAgency"])
    assert "'navy'" in message


def test_a_future_day_of_effect(world: World) -> None:
    given = {"kind": "practice-learning-review", "title": "Child K", "agencies": ["police"], "happenedOn": on(1)}
    with nothing_is_recorded(world):
        code, field, message = refusal(world, "unit", "reviewCommission", **given)
    assert (code, field) == ("DATE_IN_FUTURE", ["happenedOn"])
    assert on(1) in message
    assert on(0) in message


def test_a_future_day_in_a_sheet(world: World, desk: Desk) -> None:
    with nothing_is_recorded(world):
        told, _ = desk.imports(f"{HEADER}\n{GOOD.replace('2024-01-05', '2024-05-01')}\n")
    assert "plan.csv, line 2, column 'raised': refused: " in told


def test_evidence_on_another_agencys_action(world: World) -> None:
    hidden, contributed = world.assigned("health"), world.an_action()
    given = {"leadAgency": "health", "contributingAgencies": ["police"], "dueOn": on(9)}
    world.do("unit", "actionAssign", id=contributed, **given)
    with nothing_is_recorded(world):
        unseen = refusal(world, "police", "actionSubmitEvidence", id=hidden, narrative="Done")
        claimed = {"id": contributed, "narrative": "Done", "claimsComplete": True}
        helping = refusal(world, "police", "actionSubmitEvidence", **claimed)
    assert unseen[:2] == ("NOT_FOUND", ["id"])
    assert helping[:2] == ("NOT_PERMITTED", ["claimsComplete"])


def test_closing_without_accepted_evidence(world: World) -> None:
    action = world.assigned("police")
    with nothing_is_recorded(world):
        bare = refusal(world, "body", "actionClose", id=action, outcome="IMPLEMENTED")
    assert (bare[0], "accepted" in bare[2]) == ("EVIDENCE_MISSING", True)
    evidence = world.evidence(action)
    world.do("body", "actionReturnEvidence", id=action, evidenceId=evidence, reason="No names")
    with nothing_is_recorded(world):
        assert refusal(world, "body", "actionClose", id=action, outcome="IMPLEMENTED")[0] == "EVIDENCE_MISSING"


def test_a_challenge_about_a_subject_that_is_not_the_agencys(world: World) -> None:
    ours, theirs = world.assigned("police"), world.assigned("health")
    review = world.a_review(agencies=["council"])
    for stranger in (theirs, review):
        given = {"agency": "police", "subjects": [ours, stranger], "grounds": "Late"}
        with nothing_is_recorded(world):
            code, field, message = refusal(world, "chair", "challengeIssue", **given)
        assert (code, field, "'police'" in message) == ("SUBJECT_NOT_OF_AGENCY", ["subjects", "1"], True)


def test_an_escalation_past_the_last_level(world: World) -> None:
    issued = {"agency": "police", "subjects": [world.assigned("police")], "grounds": "Late"}
    challenge = world.do("chair", "challengeIssue", **issued)["id"]
    for _ in range(2):
        world.do("chair", "challengeEscalate", id=challenge, reason="Silence")
    with nothing_is_recorded(world):
        code, _, message = refusal(world, "chair", "challengeEscalate", id=challenge, reason="Further")
    assert (code, "Level 3 is the last" in message) == ("CONDITIONS_NOT_MET", True)


def test_a_grant_without_a_request_or_before_it(world: World) -> None:
    action = world.assigned("police")
    with nothing_is_recorded(world):
        bare = refusal(world, "body", "actionGrantExtension", id=action, until=on(90))
    assert bare[0] == "EXTENSION_NOT_REQUESTED"
    world.at(5)
    world.do("police", "actionRequestExtension", id=action, until=on(90), reason="Illness")
    with nothing_is_recorded(world):
        code, field, message = refusal(world, "body", "actionGrantExtension", id=action, happenedOn=on(4))
    assert (code, field) == ("DATE_OUT_OF_ORDER", ["happenedOn"])
    assert on(5) in message


@pytest.mark.parametrize(
    ("key", "into", "said"),
    [
        ("police", "police", "cannot be merged into itself"),
        ("health", "school", "a merger back would go round in a circle"),
        ("police", "school", "has become"),
        ("school", "police", "has become"),
        ("moon", "police", "There is no agency 'moon'"),
    ],
)
def test_a_merger_into_itself_in_a_circle_or_of_nobody(
    world: World, desk: Desk, key: str, into: str, said: str
) -> None:
    assert desk.runs("agency", "merge", "school", "health").exit_code == 0
    with nothing_is_recorded(world):
        result = desk.runs("agency", "merge", key, into)
    assert (result.exit_code, said in result.stderr) == (1, True), result.output
    assert "Traceback" not in result.output


def test_a_correction_of_a_fact_that_is_not_there(world: World) -> None:
    action, other = world.assigned("police"), world.assigned("police")
    elsewhere = world.read("unit", f'action(id: "{other}") {{ history {{ eventId }} }}')["action"]["history"]
    nowhere = global_id.of_fact(global_id.decode(elsewhere[-1]["eventId"]).place[0], 999_999)
    for event in (elsewhere[-1]["eventId"], nowhere, action, "nonsense"):
        given = {"id": action, "eventId": event, "field": "dueOn", "newValue": on(70), "reason": "Misread"}
        with nothing_is_recorded(world):
            code, field, _ = refusal(world, "unit", "actionCorrect", **given)
        assert (code, field) == ("NOT_FOUND", ["eventId"])


def test_evidence_to_be_put_right_before_the_verdict(world: World) -> None:
    action = world.assigned("police")
    world.at(5)
    given = {"id": action, "evidenceId": world.evidence(action), "reason": "No names", "fixBy": on(4)}
    with nothing_is_recorded(world):
        code, field, message = refusal(world, "body", "actionReturnEvidence", **given)
    assert (code, field) == ("DUE_DATE_IN_PAST", ["fixBy"])
    assert on(4) in message


@pytest.mark.parametrize("cursor", ["", "nonsense", "YQ", "é", "A" * 5_000])
@pytest.mark.parametrize("field", ["actions", "reviews", "recurringLearning", "changes"])
def test_a_broken_cursor(world: World, field: str, cursor: str) -> None:
    asked = f"{field}(after: $after) {{ pageInfo {{ endCursor }} }}"
    below = asked if field == "changes" else f"register {{ {asked} }}"
    query = f"query ($after: String) {{ {below} }}"
    with nothing_is_recorded(world):
        (error,) = world.answer("unit", query, after=cursor)["errors"]
    assert error["extensions"] == {"code": "INVALID", "field": ["after"]}
    assert "cursor" in error["message"].lower()


@pytest.mark.parametrize("id", [global_id.encode("action", UUID(int=7)), "nonsense", "", "é"])
def test_an_unknown_id(world: World, id: str) -> None:
    with nothing_is_recorded(world):
        found = refusal(world, "unit", "actionReportProgress", id=id, narrative="Half")
        query = "query ($id: ID!) { node(id: $id) { id } register { action(id: $id) { id } } }"
        assert world.ask("unit", query, id=id) == {"node": None, "register": {"action": None}}
    assert found[:2] == ("NOT_FOUND", ["id"])


def test_a_reused_idempotency_key(world: World) -> None:
    action, other = world.assigned("police"), world.assigned("police")
    given = {"idempotencyKey": str(uuid4()), "narrative": "Half"}
    first = world.send_command("police", "actionReportProgress", id=action, **given)
    with nothing_is_recorded(world):
        code, field, _ = refusal(world, "police", "actionReportProgress", id=other, **given)
        again = world.send_command("police", "actionReportProgress", id=action, **given)
    assert (code, field) == ("IDEMPOTENCY_KEY_REUSED", ["idempotencyKey"])
    assert again["eventIds"] == first["eventIds"]


@pytest.mark.parametrize("stale", [0, 1, 99, -1])
def test_a_stale_version(world: World, stale: int) -> None:
    action = world.assigned("police")
    with nothing_is_recorded(world):
        given = {"id": action, "narrative": "Half", "expectedVersion": stale}
        code, field, message = refusal(world, "police", "actionReportProgress", **given)
    assert (code, field) == ("VERSION_CONFLICT", ["expectedVersion"])
    assert "version 2" in message


def test_a_stale_version_is_told_before_what_else_has_changed_since(world: World) -> None:
    action = world.closed("police")
    with nothing_is_recorded(world):
        given = {"id": action, "outcome": "SUPERSEDED", "expectedVersion": 2}
        assert refusal(world, "body", "actionClose", **given)[:2] == ("VERSION_CONFLICT", ["expectedVersion"])


@pytest.mark.parametrize(
    "body", [b"[]", b'"x"', b"5", b"null", b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"query": "\\u0000"}']
)
def test_a_body_that_is_not_an_object(world: World, body: bytes) -> None:
    with nothing_is_recorded(world):
        answer = raw(world, body)
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert {"JSON", "object", "body"}.intersection(error["message"].replace(",", "").split())


def test_a_body_of_50_megabytes(world: World) -> None:
    with nothing_is_recorded(world):
        answer = raw(world, b'{"query": "' + b"x" * 50 * MEGABYTE + b'"}')
    assert answer.status_code == 413
    assert f"{MEGABYTE:,}" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("kept", [len(HEADER) // 2, len(HEADER) + 20, len(HEADER) + len(GOOD) // 2])
def test_a_file_cut_in_half(world: World, desk: Desk, kept: int) -> None:
    with nothing_is_recorded(world):
        _, said = desk.imports(f"{HEADER}\n{GOOD}\n"[:kept])
    assert said.startswith(f"plan.csv, line {1 if kept < len(HEADER) else 2}, column '")
