"""What readiness finds out about a database, and what callers are told of one that takes nothing more."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from api.app.installation import Installation
from api.app.readiness import readiness
from storage.database import Database
from storage.migrate import migrate
from storage.readiness import Probe
from support.partnership_world import World
from support.served_process import free_port
from support.statement_counter import counted

REPORT = """mutation ($input: ActionReportProgressInput!) {
  actionReportProgress(input: $input) { eventIds userErrors { code } } }"""
FULL = """CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END; $$"""


@pytest.fixture
def owner(world: World) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(world.installation.conninfo, autocommit=True) as conn:
        yield conn


@pytest.fixture
def probe(world: World) -> Iterator[Probe]:
    probe = Probe(world.installation.conninfo)
    yield probe
    probe.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Something is written at every look."""
    monkeypatch.setattr("storage.readiness.WRITTEN_EVERY", -1.0)


@contextmanager
def a_full_disk(owner: psycopg.Connection[Any], table: str) -> Iterator[None]:
    """The database says of a table what it says when its disk is full."""
    owner.execute(FULL.encode())
    owner.execute(f"CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON {table} EXECUTE FUNCTION full_disk()".encode())
    yield
    owner.execute("DROP FUNCTION full_disk() CASCADE")


def report(world: World, action: str, key: str) -> Any:
    given = {"id": action, "narrative": "Under way", "idempotencyKey": key}
    return world.send(world.tokens["police"], REPORT, input=given)


@pytest.mark.usefixtures("impatient")
def test_a_full_disk_is_found_and_so_is_room(probe: Probe, owner: psycopg.Connection[Any]) -> None:
    assert readiness(probe).ready
    with a_full_disk(owner, "goldenthread.written"):
        assert readiness(probe).parts["writing"] == "the disk is full"
    assert readiness(probe).ready


def test_a_database_that_can_only_be_read_is_found(world: World, owner: psycopg.Connection[Any]) -> None:
    owner.execute(f"ALTER DATABASE {owner.info.dbname} SET default_transaction_read_only = on".encode())
    probe = Probe(world.installation.conninfo)
    assert readiness(probe).parts == {
        "database": None,
        "writing": "the database can only be read",
        "migrations": None,
    }
    probe.close()


@pytest.mark.usefixtures("impatient")
def test_a_row_that_somebody_keeps_is_a_write_that_takes_too_long(
    world: World, probe: Probe, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert readiness(probe).ready
    monkeypatch.setattr("storage.readiness.OPTIONS", "-c statement_timeout=2000 -c lock_timeout=1")
    hurried = Probe(world.installation.conninfo)
    with psycopg.connect(world.installation.conninfo) as conn:
        conn.execute("SELECT FROM goldenthread.written FOR UPDATE")
        assert readiness(hurried).parts["writing"] == "a write took longer than 2 seconds"
    hurried.close()


@pytest.mark.usefixtures("impatient")
def test_a_connection_that_was_lost_is_replaced_in_the_same_look(probe: Probe, owner: psycopg.Connection[Any]) -> None:
    assert readiness(probe).ready
    owner.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'goldenthread health'"
    )
    assert readiness(probe).ready


def test_a_server_that_is_away_is_said_to_be(world: World) -> None:
    away = Probe(make_conninfo(world.installation.conninfo, host="127.0.0.1", port=free_port()))
    assert readiness(away).parts["database"] == "it cannot be reached"
    assert readiness(away).ready is False


def test_a_server_that_would_lose_what_it_acknowledges_is_told_and_answers_queries(probe: Probe) -> None:
    """As the server of the tests would, which may lose everything with its machine."""
    health = readiness(probe)
    assert health.ready
    risk = "the database has fsync and full_page_writes off: what is acknowledged is lost or torn if it is killed"
    assert health.shown["durability"] == risk


def test_a_look_takes_as_many_statements_however_many_partnerships_there_are(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = []
    for key in ("one", "two"):
        migrate(world.installation.conninfo, f"gt_{key}")
        probe = Probe(world.installation.conninfo)
        with counted(monkeypatch) as sent:
            assert readiness(probe).ready
        numbers.append(len(sent))
        with counted(monkeypatch) as sent:
            assert readiness(probe).ready
        assert len(sent) == 1
        probe.close()
    assert len(set(numbers)) == 1


def test_a_full_disk_is_told_as_such_and_nothing_was_recorded(world: World, owner: psycopg.Connection[Any]) -> None:
    action, key = world.assigned(), str(uuid4())
    position = world.position()
    with a_full_disk(owner, "gt_knowsley.facts"):
        answer = report(world, action, key)
        assert (answer.status_code, answer.headers["Retry-After"]) == (507, "60")
        assert answer.json()["errors"][0]["extensions"] == {"code": "STORAGE_FULL"}
        assert world.position() == position
    assert report(world, action, key).json()["data"]["actionReportProgress"]["userErrors"] == []


def test_a_database_that_can_only_be_read_is_told_as_such_and_answers_queries(
    world: World, owner: psycopg.Connection[Any]
) -> None:
    action = world.assigned()
    owner.execute(f"ALTER DATABASE {owner.info.dbname} SET default_transaction_read_only = on".encode())
    with Database(world.installation.conninfo, max_size=2) as database:
        closed = World(Installation(world.installation.conninfo, database, world.installation.signer), world.tokens)
        answer = report(closed, action, str(uuid4()))
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
        assert answer.json()["errors"][0]["extensions"] == {"code": "DATABASE_READ_ONLY"}
        assert closed.read("police", f'action(id: "{action}") {{ stage }}')["action"]["stage"] == "ASSIGNED"
