"""While an installation is read-only for maintenance nothing is recorded, by nobody, and everything can be read."""

from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

import anyio
import psycopg
import pytest
from httpx import ASGITransport, AsyncClient
from psycopg.conninfo import conninfo_to_dict
from typer.testing import CliRunner, Result

from api.app.installation import Installation
from cli.main import app
from domain.register import Register
from domain.session import Session
from domain.shared.refusals import VersionConflict
from support.partnership_world import KEY, World

PROGRESS = """mutation ($input: ActionReportProgressInput!) {
  actionReportProgress(input: $input) { eventIds userErrors { code message } } }"""


@pytest.fixture
def here(world: World, server: str) -> str:
    """The register's database as a URL."""
    return server.replace("/postgres?", f"/{conninfo_to_dict(world.installation.conninfo)['dbname']}?")


def command(conninfo: str, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--database-url", conninfo])


def done(conninfo: str, *words: str) -> str:
    result = command(conninfo, *words)
    assert result.exit_code == 0, result.output
    return result.stdout


def ready(world: World) -> Any:
    async def ask() -> Any:
        async with AsyncClient(transport=ASGITransport(world.app), base_url="http://register.test") as client:
            return (await client.get("/health/ready")).json()

    return anyio.run(ask)


def test_mutations_are_refused_with_when_to_come_back_and_queries_go_on(world: World, here: str) -> None:
    action, key = world.assigned(), str(uuid4())
    sent = {"id": action, "narrative": "Under way", "idempotencyKey": key}
    first = world.send(world.tokens["police"], PROGRESS, input=sent).json()
    assert "maintenance" not in ready(world)
    assert done(here, "maintenance", "status") == "Things are recorded.\n"

    assert "Read-only until about" in done(here, "maintenance", "on", "--reason", "moving house", "--for", "2h")
    position = world.position()
    answer = world.send(world.tokens["police"], PROGRESS, input=sent | {"idempotencyKey": str(uuid4())})
    payload = answer.json()["data"]["actionReportProgress"]
    assert [error["code"] for error in payload["userErrors"]] == ["READ_ONLY"]
    assert "maintenance (moving house), and nothing was recorded. It is expected" in payload["userErrors"][0]["message"]
    assert timedelta(hours=1) < timedelta(seconds=int(answer.headers["Retry-After"])) <= timedelta(hours=2)
    assert world.position() == position
    assert world.send(world.tokens["police"], PROGRESS, input=sent).json() == first  # what was recorded is told again
    told = ready(world)
    assert told["ready"]
    assert "moving house" in told["maintenance"]
    assert "Read-only since" in done(here, "maintenance", "status")

    done(here, "maintenance", "off")
    assert world.do("police", "actionReportProgress", id=action, narrative="Going on")
    assert "maintenance" not in ready(world)


def test_every_command_that_records_is_refused_in_one_sentence_and_the_others_go_on(
    world: World, here: str, tmp_path: Path
) -> None:
    done(here, "maintenance", "on", "--reason", "moving")
    (tmp_path / "plan.csv").write_text("title\n", encoding="utf-8")
    of = ("--partnership", KEY)
    for words in (
        ("agency", "add", "trust", "--name", "The Trust", *of),
        ("theme", "add", "caf", "--name", "CAF form", *of),
        ("token", "--role", "CHAIR", "--subject", "Chair", *of),
        ("partnership", "create", "hull", "--name", "Hull", "--framework", "hull-2015"),
        ("partnership", "adopt", KEY, "--framework", "knowsley-2020", "--from", "2024-02-01"),
    ):
        refused = command(here, *words)
        assert refused.exit_code == 1, words
        assert refused.stderr.startswith(
            "The register is read-only for maintenance (moving), and nothing was recorded."
        )
    assert "whole" in done(here, "verify")
    done(here, "rebuild")
    done(here, "backup", str(tmp_path / "all.zip"))
    done(here, "restore", str(tmp_path / "all.zip"), "--as", "copy")
    assert command(here, "agency", "add", "trust", "--name", "The Trust", "--partnership", "copy").exit_code == 1
    done(here, "maintenance", "off")
    done(here, "agency", "add", "trust", "--name", "The Trust", "--partnership", "copy")


def test_once_it_is_on_no_save_is_under_way(world: World, here: str) -> None:
    """Whoever had begun to save is waited for; whoever had only decided is refused."""
    decided: Session = world.register.open()
    with psycopg.connect(world.installation.conninfo) as conn:
        conn.execute("SELECT FROM gt_knowsley.head FOR NO KEY UPDATE")
        begun = list[str]()
        beginning = Thread(target=lambda: begun.append(done(here, "maintenance", "on")))
        beginning.start()
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%read_only%'"
        with psycopg.connect(world.installation.conninfo, autocommit=True) as watching:
            while watching.execute(waiting).fetchone() == (0,):
                assert beginning.is_alive()
        assert begun == []
    beginning.join()
    assert begun
    register: Register = world.register
    with pytest.raises(VersionConflict):
        register.save(decided)


def test_one_process_can_be_read_only_by_itself(world: World, here: str, monkeypatch: pytest.MonkeyPatch) -> None:
    action = world.assigned()
    with Installation.open(here, pool_size=2, read_only=True) as opened:
        other = World(opened, world.tokens)
        assert other.refused("police", "actionReportProgress", id=action, narrative="Not here") == ["READ_ONLY"]
        assert ready(other)["maintenance"] == "this process is set to be read-only"
    assert world.do("police", "actionReportProgress", id=action, narrative="But here")
    monkeypatch.setenv("GOLDENTHREAD_READ_ONLY", "true")
    assert command(here, "agency", "add", "trust", "--name", "The Trust", "--partnership", KEY).exit_code == 1
    assert command(here, "serve", "--help").stdout.count("--read-only") == 1
