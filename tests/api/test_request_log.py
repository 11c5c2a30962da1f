"""A line for each request: what an operator needs, and nothing that anybody wrote or is called."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import anyio
import psycopg
import pytest
from httpx import ASGITransport, AsyncClient, Response

from api.monitoring.log_format import JsonLines, PlainLines, write_log
from support.partnership_world import KEY, World

SECRETS = ("Jane Roe", "SecretName", "secretAlias", "nobody-is-called-so", "Bearer")


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[list[dict[str, Any]]]:
    """What JSON lines say of the requests of the test so far; read when the test asks."""
    caplog.set_level(logging.INFO, "goldenthread")
    found: list[dict[str, Any]] = []
    logger = logging.getLogger("goldenthread")

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(json.loads(JsonLines().format(record)))

    handler = Kept()
    logger.addHandler(handler)
    yield found
    logger.removeHandler(handler)


def ask(world: World, query: str = "{ viewer { role } }", path: str = "/graphql", **headers: str) -> Response:
    async def exchange() -> Response:
        sent = {"Authorization": f"Bearer {world.tokens['police']}"} | headers
        async with AsyncClient(transport=ASGITransport(world.app), base_url="http://register.test") as client:
            return await client.post(path, headers=sent, json={"query": query, "variables": {"name": "Jane Roe"}})

    return anyio.run(exchange)


def test_a_query_leaves_one_line_that_says_what_was_asked_for_whom_and_how_it_ended(
    world: World, lines: list[dict[str, Any]]
) -> None:
    query = """query SecretName { register { secretAlias: actions { totalCount } ...F } viewer { subject } }
      fragment F on Register { ... on Register { position } }"""
    answer = ask(world, query)
    [line] = lines
    assert line.pop("time").endswith("Z")
    assert line.pop("ms") > 0
    assert (line.pop("received") > len(query), line.pop("sent")) == (True, len(answer.content))
    assert line == {
        "level": "info",
        "logger": "goldenthread.requests",
        "message": "request",
        "request_id": answer.headers["x-request-id"],
        "method": "POST",
        "route": "/graphql",
        "kind": "query",
        "operation": ["register.actions", "register.position", "viewer"],
        "partnership": KEY,
        "role": "AGENCY",
        "status": 200,
        "outcome": "answered",
    }


def test_what_callers_write_and_are_called_stands_in_no_line(world: World, lines: list[dict[str, Any]]) -> None:
    ask(world, "query SecretName($name: String) { secretAlias: viewer { subject } }")
    ask(world, 'mutation { actionRaise(input: {wording: "Jane Roe"}) { userErrors { code } } }')
    ask(world, "{ nobody-is-called-so }", Authorization="Bearer nobody-is-called-so")
    ask(world, path="/nobody-is-called-so")
    ask(world, **{"X-Request-ID": "Jane Roe"})
    world.refused("police", "actionReportProgress", id="nobody-is-called-so", narrative="Jane Roe")
    text = json.dumps(lines) + "".join(PlainLines().format(record) for record in _records(lines))
    assert len(lines) >= 6
    assert [secret for secret in (*SECRETS, world.tokens["police"], '"police"') if secret in text] == []


def _records(lines: list[dict[str, Any]]) -> Iterator[logging.LogRecord]:
    for line in lines:
        yield logging.makeLogRecord({"msg": line["message"], "levelname": line["level"], "fields": line})


def test_refusals_are_named_by_their_codes_whether_the_caller_selected_them_or_not(
    world: World, lines: list[dict[str, Any]]
) -> None:
    world.send_command("unit", "actionRaise", recommendationId="none", wording="Train the team")
    ask(world, "{ nonsense }")
    ask(world, Authorization="")
    assert [(line["outcome"], line["codes"], line.get("operation")) for line in lines] == [
        ("refused", ["NOT_FOUND"], ["actionRaise"]),
        ("refused", ["INVALID"], None),
        ("unauthenticated", ["UNAUTHENTICATED"], None),
    ]
    mutation = f'mutation {{ actionReopen(input: {{idempotencyKey: "{"0" * 8}-0000-4000-8000-{"0" * 12}", id: "x", '
    ask(world, mutation + 'reason: "r", dueOn: "2024-02-01"}) { eventIds } }')
    assert lines[-1]["codes"] == ["NOT_FOUND"]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("3f2c9a10-77aa-4e5b-9c3d-000000000001", True),
        ("gateway.7:1", False),
        ("short", False),
        ("two words of somebody", False),
        ("a" * 65, False),
        ("line\\nbreak-in-it", False),
    ],
)
def test_a_callers_request_id_is_kept_where_it_can_only_be_one(
    world: World, lines: list[dict[str, Any]], sent: str, kept: bool
) -> None:
    first, second = (ask(world, **{"X-Request-ID": sent}).headers["x-request-id"] for _ in range(2))
    assert (first == sent, second == first) == (kept, kept)
    assert [line["request_id"] for line in lines] == [first, second]


def test_a_masked_error_is_found_in_the_log_by_the_id_that_its_caller_was_shown(
    world: World, lines: list[dict[str, Any]]
) -> None:
    with psycopg.connect(world.installation.conninfo) as conn:
        conn.execute(f"ALTER TABLE gt_{KEY}.action_history RENAME TO gone".encode())
    answer = ask(world, "{ register { actions { totalCount } } }")
    shown = answer.json()["errors"][0]["extensions"]["id"]
    error, request = lines
    assert (error["level"], error["request_id"]) == ("error", answer.headers["x-request-id"])
    assert shown in error["message"]
    assert "UndefinedTable" in error["traceback"]
    assert (request["outcome"], request["error_ids"]) == ("failed", [shown])
    assert (request["level"], request["codes"]) == ("error", ["UNEXPECTED"])


def test_a_database_that_is_away_leaves_a_warning(world: World, lines: list[dict[str, Any]]) -> None:
    world.installation.database.pool.close()
    assert ask(world).status_code == 503
    said = lines[-1]
    assert (said["level"], said["status"], said["outcome"]) == ("warning", 503, "unavailable")
    assert said["codes"] == ["SERVICE_UNAVAILABLE"]


def test_every_route_has_its_line_and_health_too(world: World, lines: list[dict[str, Any]]) -> None:
    async def exchange() -> None:
        async with AsyncClient(transport=ASGITransport(world.app), base_url="http://register.test") as client:
            for path in ("/health/live", "/health/ready", "/graphql/assets/page.css", "/metrics"):
                await client.get(path)

    anyio.run(exchange)
    assert [(line["route"], line["status"]) for line in lines] == [
        ("/health/live", 200),
        ("/health/ready", 200),
        ("/graphql/assets/{name}", 200),
        ("/metrics", 404),
    ]


def test_a_line_is_one_line_whatever_is_logged() -> None:
    said = "two\nlines and half a \udcff character"
    line = JsonLines().format(logging.makeLogRecord({"msg": said, "levelname": "INFO"}))
    assert line.isascii()
    assert line.isprintable()
    assert json.loads(line)["message"] == said


def test_plain_lines_say_the_same_for_eyes() -> None:
    fields = {"request_id": "abc", "codes": ["INVALID", "NOT_FOUND"], "status": 200}
    record = logging.makeLogRecord({"msg": "request", "levelname": "INFO", "created": 0, "fields": fields})
    assert PlainLines().format(record) == (
        "1970-01-01T00:00:00.000Z info request request_id=abc codes=INVALID,NOT_FOUND status=200"
    )


@pytest.mark.parametrize("library", ["yoyo", "httpx"])
def test_the_steps_of_libraries_are_no_lines_and_their_warnings_are(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write_log("info", "plain")
    told = logging.getLogger(f"{library}.migrations")
    told.info("applying step 1")
    told.warning("a lock is held")
    lines = capsys.readouterr().err.splitlines()
    assert [line for line in lines if "applying step" in line] == []
    assert len([line for line in lines if "a lock is held" in line]) == 1
