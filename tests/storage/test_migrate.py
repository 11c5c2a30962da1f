"""Migrations: once each, safe when two processes start at once, a schema a partnership."""

import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from yoyo.backends import DatabaseBackend
from yoyo.migrations import Migration

from cli.errors import is_expected
from storage.database import Database
from storage.migrate import StartGivenUp, migrate, partnership_schemas, pending, prepare_cluster, schema_of
from support.fact_recorder import Ground


def test_two_processes_that_start_at_once_migrate_once(ground: Ground) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: migrate(ground.conninfo, "gt_together"), range(4)))
    with psycopg.connect(ground.conninfo) as conn:
        applied = conn.execute("SELECT migration_id FROM gt_together._yoyo_migration ORDER BY 1").fetchall()
        heads = conn.execute("SELECT count(*) FROM gt_together.head").fetchone()
    assert len(applied) == len(set(applied)) >= 5
    assert heads == (1,)


def test_whoever_waits_for_another_that_starts_is_told_for_whom(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("storage.migrate.WAITING_IS_TOLD_AFTER_MS", 20)
    schema, deadline = ground.ledger.schema, time.monotonic() + 60
    with psycopg.connect(ground.conninfo, autocommit=True) as first, ThreadPoolExecutor(1) as pool:
        first.execute("SELECT pg_advisory_lock(hashtext('goldenthread.migrate'), hashtext(%s))", (schema,))
        second = pool.submit(migrate, ground.conninfo, schema)
        while f"{schema} is being brought up to date by session {first.info.backend_pid}" not in caplog.text:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        assert not second.done()
        first.execute("SELECT pg_advisory_unlock_all()")
        second.result(60)


@pytest.mark.parametrize("lock", ["migrate", "rebuild"])
def test_a_start_gives_up_on_another_that_never_ends_and_says_which(
    ground: Ground, lock: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.migrate.WAITING_IS_TOLD_AFTER_MS", 20)
    schema = f"gt_kept_{lock}"
    held = "SELECT pg_advisory_lock(hashtext(%s), hashtext(%s))"
    with psycopg.connect(ground.conninfo, autocommit=True) as first:
        first.execute(held, (f"goldenthread.{lock}", schema))
        with pytest.raises(StartGivenUp) as given_up:
            migrate(ground.conninfo, schema, 0.1)
        assert f"by session {first.info.backend_pid} of the database, since " in str(given_up.value)
        assert is_expected(given_up.value)
    migrate(ground.conninfo, schema)
    assert pending(ground.conninfo, schema) == []


def test_a_start_gives_up_on_another_that_stands_still_while_it_makes_the_role(ground: Ground) -> None:
    with psycopg.connect(ground.conninfo) as first:
        first.execute("SELECT pg_advisory_xact_lock(hashtext('goldenthread_app'))")
        with pytest.raises(StartGivenUp, match="resume it or end it"):
            prepare_cluster(ground.conninfo, 0.05)


def test_a_partnership_is_a_schema_of_its_own(ground: Ground) -> None:
    migrate(ground.conninfo, schema_of("north-east"))
    assert {"gt_north_east", ground.ledger.schema} <= set(partnership_schemas(ground.conninfo))


def test_one_pool_never_mixes_partnerships_up(ground: Ground) -> None:
    schemas = [f"gt_mixed_{number}" for number in range(5)]
    for number, schema in enumerate(schemas):
        migrate(ground.conninfo, schema)
        with psycopg.connect(ground.conninfo, autocommit=True) as conn:
            conn.execute("SELECT set_config('search_path', %s, false)", (schema,))
            conn.execute("UPDATE head SET position = %s", (number,))
    with Database(ground.conninfo, max_size=2) as database, ThreadPoolExecutor(8) as pool:

        def asked(turn: int) -> bool:
            number = turn * 7 % 5
            with database.transaction(schemas[number]) as conn:
                return conn.execute("SELECT position FROM head").fetchone() == (number,)

        assert all(pool.map(asked, range(400)))


def test_a_failed_transaction_leaves_the_connection_usable_for_another_partnership(ground: Ground) -> None:
    migrate(ground.conninfo, "gt_after_failure")
    with Database(ground.conninfo, max_size=1) as database:
        with pytest.raises(psycopg.errors.UndefinedTable), database.transaction("gt_after_failure") as conn:
            conn.execute("SELECT * FROM nowhere")
        with database.transaction(ground.ledger.schema) as conn:
            assert conn.execute("SHOW search_path").fetchone() == (ground.ledger.schema,)


@pytest.mark.parametrize("nth", ["0001-ledger", "0008-programme"])
def test_a_start_that_was_killed_before_a_migration_was_marked_is_made_good_by_the_next(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, nth: str
) -> None:
    mark, schema = DatabaseBackend.mark_one, f"gt_killed_at_{nth[:4]}"

    def killed(backend: DatabaseBackend, migration: Migration, log: bool = True) -> None:
        if migration.id == nth:
            backend.connection.close()
        mark(backend, migration, log)

    with monkeypatch.context() as until_then:
        until_then.setattr(DatabaseBackend, "mark_one", killed)
        with pytest.raises(psycopg.OperationalError):
            migrate(ground.conninfo, schema)
    assert min(pending(ground.conninfo, schema)) == nth
    migrate(ground.conninfo, schema)
    assert pending(ground.conninfo, schema) == []


def test_a_start_that_was_killed_while_yoyo_held_its_lock_is_made_good_by_the_next(ground: Ground) -> None:
    with psycopg.connect(ground.conninfo) as conn:
        conn.execute("CREATE SCHEMA gt_left_locked")
        conn.execute("CREATE TABLE gt_left_locked.yoyo_lock (locked int PRIMARY KEY, ctime timestamp, pid int)")
        conn.execute("INSERT INTO gt_left_locked.yoyo_lock VALUES (1, now(), 1)")
    migrate(ground.conninfo, "gt_left_locked")
    assert pending(ground.conninfo, "gt_left_locked") == []
