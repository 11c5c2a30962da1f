"""A rebuild gives the very rows that the appends wrote, twice over, while readers and writers go on."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from threading import Event, Thread
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql

from domain.store import Store
from domain.words import Kind
from lives import FIRST, a_raised_action, saves
from projections.rebuild import CPUS, rebuild
from projections.registry import KEY_COLUMNS
from recording import Ground, record, unique_entries
from storage.database import Database
from storage.migrate import migrate, prepare_cluster


@pytest.fixture(scope="module")
def ground(server: str) -> Iterator[Ground]:
    """A schema of its own: tests of the log record facts without the rows that a rebuild makes of them."""
    prepare_cluster(server)
    migrate(server, "gt_rebuilt")
    with Database(server, max_size=16) as pool:
        yield Ground(server, pool, Store(pool, "gt_rebuilt"))


def tables(ground: Ground) -> dict[str, Any]:
    """Every history, all its rows as text in one order, by count and digest."""
    with psycopg.connect(ground.conninfo) as conn:
        conn.execute("SELECT set_config('search_path', %s, false)", (ground.store.schema,))
        return {table: conn.execute(_all(table)).fetchone() for table in KEY_COLUMNS}


def _all(table: str) -> sql.Composed:
    return sql.SQL("SELECT count(*), md5(string_agg(h::text, '|' ORDER BY h::text)) FROM {} h").format(
        sql.Identifier(table)
    )


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_rebuilding_twice_gives_identical_tables(ground: Ground, data: Any) -> None:
    for kind in sorted(FIRST):
        record(ground, kind, unique_entries(data.draw(saves(kind))))
    before = tables(ground)
    rebuild(ground.conninfo, ground.store.schema)
    once = tables(ground)
    rebuild(ground.conninfo, ground.store.schema)
    assert before == once == tables(ground)


def test_one_projection_can_be_rebuilt_alone(ground: Ground) -> None:
    record(ground, Kind.ACTION, [[a_raised_action()]])
    before = tables(ground)
    rebuild(ground.conninfo, ground.store.schema, "action_history")
    assert tables(ground) == before


def test_a_large_register_is_folded_by_a_process_a_processor_into_the_same_tables(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(40):
        record(ground, Kind.ACTION, [[a_raised_action()]])
    before = tables(ground)
    monkeypatch.setattr("projections.rebuild.WORTH_A_PROCESS", 0)
    rebuild(ground.conninfo, ground.store.schema)
    assert tables(ground) == before


def test_the_processes_of_a_rebuild_that_is_killed_end_with_it(ground: Ground) -> None:
    record(ground, Kind.ACTION, [[a_raised_action()]])
    before = tables(ground)
    large = "import sys, projections.rebuild as it; it.WORTH_A_PROCESS = 0; it.rebuild(*sys.argv[1:])"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with psycopg.connect(ground.conninfo) as conn:
        conn.execute(
            sql.SQL("LOCK TABLE {}.facts IN ACCESS EXCLUSIVE MODE").format(sql.Identifier(ground.store.schema))
        )
        rebuilding = subprocess.Popen(
            [sys.executable, "-c", large, ground.conninfo, ground.store.schema],
            stdout=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )
        try:
            while conn.execute("SELECT count(*) < %s FROM pg_locks WHERE NOT granted", (CPUS,)).fetchone() == (True,):
                assert rebuilding.poll() is None
            rebuilding.kill()
            rebuilding.communicate(timeout=30)  # everybody who could still write there has ended
        finally:
            with suppress(ProcessLookupError):
                os.killpg(rebuilding.pid, signal.SIGKILL)
    rebuild(ground.conninfo, ground.store.schema)
    assert tables(ground) == before


def test_an_unknown_projection_is_refused_by_name(ground: Ground) -> None:
    with pytest.raises(ValueError, match="no projection 'weather'; there are review_history"):
        rebuild(ground.conninfo, ground.store.schema, "weather")


def test_writers_go_on_during_a_rebuild_and_lose_nothing(ground: Ground) -> None:
    written, enough = [], Event()

    def write() -> None:
        while not enough.is_set():
            written.append(record(ground, Kind.ACTION, [[a_raised_action()]])[0].originator_id)

    writer = Thread(target=write)
    writer.start()
    for _ in range(3):
        rebuild(ground.conninfo, ground.store.schema)
    enough.set()
    writer.join()
    after = tables(ground)
    rebuild(ground.conninfo, ground.store.schema)
    assert tables(ground) == after
    with ground.database.connection(ground.store.schema) as conn:
        kept = conn.execute("SELECT count(*) FROM action_history WHERE thing = ANY (%s)", (written,)).fetchone()
    assert len(written) > 3
    assert kept == (len(written),)


def test_indexes_constraints_and_rights_survive_the_switch(ground: Ground) -> None:
    def described() -> list[Any]:
        with psycopg.connect(ground.conninfo) as conn:
            return conn.execute(
                "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = %s"
                " UNION ALL SELECT c.conname, pg_get_constraintdef(c.oid) FROM pg_constraint c"
                " WHERE c.connamespace = %s::regnamespace"
                " UNION ALL SELECT c.relname, c.relacl::text FROM pg_class c"
                " WHERE c.relnamespace = %s::regnamespace AND c.relkind = 'r' ORDER BY 1, 2",
                (ground.store.schema,) * 3,
            ).fetchall()

    before = described()
    rebuild(ground.conninfo, ground.store.schema)
    assert described() == before
