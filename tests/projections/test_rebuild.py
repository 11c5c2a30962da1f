"""A rebuild gives the very rows that the appends wrote, twice over, while readers and writers go on."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg import sql

from cli.errors import is_expected
from domain.ports import Append
from domain.shared.facts import Recorded
from domain.shared.vocabulary import Kind
from projections.engine.history_rows import histories
from projections.engine.rebuild import CPUS, SwitchGivenUp, rebuild
from projections.engine.staging import drop_what_rebuilds_left
from projections.histories.registry import KEY_COLUMNS
from storage.database import Database
from storage.ledger import Ledger
from storage.migrate import migrate, prepare_cluster
from support.effort import examples
from support.fact_recorder import Ground, record, unique_entries
from support.random_histories import AFTER_A_CORRECTION, FIRST, a_raised_action, saves


@pytest.fixture(scope="module")
def ground(server: str) -> Iterator[Ground]:
    """A schema of its own: tests of the log record facts without the rows that a rebuild makes of them."""
    prepare_cluster(server)
    migrate(server, "gt_rebuilt")
    with Database(server, max_size=16) as pool:
        yield Ground(server, pool, Ledger(pool, "gt_rebuilt"))


def tables(ground: Ground) -> dict[str, Any]:
    """Every history, all its rows as text in one order, by count and digest."""
    with psycopg.connect(ground.conninfo) as conn:
        conn.execute("SELECT set_config('search_path', %s, false)", (ground.ledger.schema,))
        return {table: conn.execute(_all(table)).fetchone() for table in KEY_COLUMNS}


def _all(table: str) -> sql.Composed:
    return sql.SQL("SELECT count(*), md5(string_agg(h::text, '|' ORDER BY h::text)) FROM {} h").format(
        sql.Identifier(table)
    )


@settings(max_examples=examples(2))
@given(data=st.data())
def test_rebuilding_twice_gives_identical_tables(ground: Ground, data: Any) -> None:
    for kind in sorted(FIRST):
        record(ground, kind, unique_entries(data.draw(saves(kind))))
    before = tables(ground)
    rebuild(ground.conninfo, ground.ledger.schema)
    once = tables(ground)
    rebuild(ground.conninfo, ground.ledger.schema)
    assert before == once == tables(ground)


def test_what_was_recorded_after_corrections_is_rebuilt_alike_and_goes_on(ground: Ground) -> None:
    lives = [unique_entries([[a_raised_action()], *later]) for later in AFTER_A_CORRECTION.values()]
    kept = [record(ground, Kind.ACTION, told[:-1]) for told in lives]
    rebuilds_alike(ground)
    for stream, told in zip(kept, lives, strict=True):
        thing = stream[0].originator_id
        now = [Recorded(Kind.ACTION, thing, len(stream) + nth, fact) for nth, fact in enumerate(told[-1], 1)]
        ground.ledger.append(now, Append(histories=histories([(stream, now)])))
    rebuilds_alike(ground)


def rebuilds_alike(ground: Ground) -> None:
    before = tables(ground)
    rebuild(ground.conninfo, ground.ledger.schema)
    assert tables(ground) == before


def test_one_projection_can_be_rebuilt_alone(ground: Ground) -> None:
    record(ground, Kind.ACTION, [[a_raised_action()]])
    before = tables(ground)
    rebuild(ground.conninfo, ground.ledger.schema, "action_history")
    assert tables(ground) == before


def test_a_large_register_is_folded_by_a_process_a_processor_into_the_same_tables(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(40):
        record(ground, Kind.ACTION, [[a_raised_action()]])
    before = tables(ground)
    monkeypatch.setattr("projections.engine.rebuild.WORTH_A_PROCESS", 0)
    rebuild(ground.conninfo, ground.ledger.schema)
    assert tables(ground) == before


def test_the_processes_of_a_rebuild_that_is_killed_end_with_it(ground: Ground) -> None:
    record(ground, Kind.ACTION, [[a_raised_action()]])
    before = tables(ground)
    large = "import sys, projections.engine.rebuild as it; it.WORTH_A_PROCESS = 0; it.rebuild(*sys.argv[1:])"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with psycopg.connect(ground.conninfo) as conn:
        conn.execute(
            sql.SQL("LOCK TABLE {}.facts IN ACCESS EXCLUSIVE MODE").format(sql.Identifier(ground.ledger.schema))
        )
        rebuilding = subprocess.Popen(
            [sys.executable, "-c", large, ground.conninfo, ground.ledger.schema],
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
    rebuild(ground.conninfo, ground.ledger.schema)
    assert tables(ground) == before


def test_an_unknown_projection_is_refused_by_name(ground: Ground) -> None:
    with pytest.raises(ValueError, match="no projection 'weather'; there are review_history"):
        rebuild(ground.conninfo, ground.ledger.schema, "weather")


def test_writers_go_on_during_a_rebuild_and_lose_nothing(ground: Ground) -> None:
    written, enough = [], Event()

    def write() -> None:
        while not enough.is_set():
            written.append(record(ground, Kind.ACTION, [[a_raised_action()]])[0].originator_id)

    writer = Thread(target=write)
    writer.start()
    for _ in range(2):
        rebuild(ground.conninfo, ground.ledger.schema)
    enough.set()
    writer.join()
    after = tables(ground)
    rebuild(ground.conninfo, ground.ledger.schema)
    assert tables(ground) == after
    with ground.database.connection(ground.ledger.schema) as conn:
        kept = conn.execute("SELECT count(*) FROM action_history WHERE thing = ANY (%s)", (written,)).fetchone()
    assert len(written) > 3
    assert kept == (len(written),)


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Attempts to switch follow each other without long rests."""
    monkeypatch.setattr("projections.engine.rebuild.SHORTEST_HOLD", 0.01)
    monkeypatch.setattr("projections.engine.rebuild.LONGEST_HOLD", 0.02)


class Hindered:
    """A rebuild in a thread of its own, as far as its first attempts to switch, which somebody is in the way of."""

    def __init__(self, ground: Ground, projection: str | None = None) -> None:
        self.who: list[str] = []
        self._twice = Event()
        words = (ground.conninfo, ground.ledger.schema, projection)
        self._thread = Thread(target=lambda: rebuild(*words, hindered=self._note))
        self._thread.start()
        assert self._twice.wait(60)

    def _note(self, who: str) -> None:
        self.who.append(who)
        if len(self.who) == 2:
            self._twice.set()

    @property
    def waits(self) -> bool:
        return self._thread.is_alive()

    def end(self) -> None:
        self._thread.join(60)
        assert not self._thread.is_alive()


def made(ground: Ground, table: str = "action_history") -> object:
    with psycopg.connect(ground.conninfo) as conn:
        return conn.execute("SELECT %s::regclass::oid", (f"{ground.ledger.schema}.{table}",)).fetchone()


def left_over(ground: Ground) -> list[Any]:
    with psycopg.connect(ground.conninfo) as conn:
        return conn.execute("SELECT nspname FROM pg_namespace WHERE nspname ~ '^rebuil[dt]_'").fetchall()


@pytest.mark.usefixtures("brief")
@pytest.mark.parametrize("projection", [None, "action_history"])
def test_a_long_reader_of_an_old_table_holds_up_nobody_and_is_waited_for(
    ground: Ground, projection: str | None
) -> None:
    record(ground, Kind.ACTION, [[a_raised_action()]])
    before = made(ground)
    with psycopg.connect(ground.conninfo, application_name="analyst") as reading:
        reading.execute(f"SELECT FROM {ground.ledger.schema}.action_history".encode())
        rebuilding = Hindered(ground, projection)
        assert f"process {reading.info.backend_pid} (analyst), in a transaction since " in rebuilding.who[0]
        recorded = [record(ground, Kind.ACTION, [[a_raised_action()]])[0].originator_id for _ in range(5)]
        with ground.database.snapshot(ground.ledger.schema) as conn:
            found = conn.execute("SELECT count(*) FROM action_history WHERE thing = ANY (%s)", (recorded,)).fetchone()
        assert found == (5,)
        assert rebuilding.waits
        assert made(ground) == before
    rebuilding.end()
    assert made(ground) != before
    after = tables(ground)
    rebuild(ground.conninfo, ground.ledger.schema)
    assert tables(ground) == after
    assert left_over(ground) == []


@pytest.mark.usefixtures("brief")
def test_a_reader_that_never_ends_is_given_up_on_and_nothing_is_changed_or_left(ground: Ground) -> None:
    record(ground, Kind.ACTION, [[a_raised_action()]])
    before, rows = made(ground), tables(ground)
    with psycopg.connect(ground.conninfo, application_name="analyst") as reading:
        reading.execute(f"SELECT FROM {ground.ledger.schema}.action_history".encode())
        with pytest.raises(SwitchGivenUp) as given_up:
            rebuild(ground.conninfo, ground.ledger.schema, switch_s=0.05)
        assert f"pg_terminate_backend({reading.info.backend_pid})" in str(given_up.value)
        assert is_expected(given_up.value)
    assert (made(ground), tables(ground), left_over(ground)) == (before, rows, [])


@pytest.mark.usefixtures("brief")
def test_a_request_under_way_never_reads_tables_that_are_newer_than_its_snapshot(ground: Ground) -> None:
    record(ground, Kind.ACTION, [[a_raised_action()]])
    counted = "SELECT count(*) FROM action_history"
    with ground.database.connection(ground.ledger.schema) as conn:
        rows = conn.execute(counted).fetchone()
    with ground.database.snapshot(ground.ledger.schema) as conn:
        conn.execute("SELECT position FROM head")
        rebuilding = Hindered(ground)
        assert conn.execute(counted).fetchone() == rows
    rebuilding.end()


def test_a_request_that_had_to_wait_for_a_switch_reads_what_that_has_put_in_place(ground: Ground) -> None:
    """Its snapshot is taken after the wait; taken before, it would find the new tables empty."""
    read = list[Any]()

    def reading() -> None:
        with ground.database.snapshot(ground.ledger.schema) as conn:
            read.append(conn.execute("SELECT recorded_at FROM head").fetchone())

    with psycopg.connect(ground.conninfo) as switching, psycopg.connect(ground.conninfo, autocommit=True) as looking:
        switching.execute(f"LOCK TABLE {ground.ledger.schema}.head IN ACCESS EXCLUSIVE MODE".encode())
        reader = Thread(target=reading)
        reader.start()
        waits = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass"
        while looking.execute(waits, (f"{ground.ledger.schema}.head",)).fetchone() == (0,):
            assert reader.is_alive()
        moved = "UPDATE {}.head SET recorded_at = recorded_at + interval '1 microsecond' RETURNING recorded_at"
        written = switching.execute(moved.format(ground.ledger.schema).encode()).fetchone()
    reader.join()
    assert read == [written]


def test_what_could_not_be_dropped_is_dropped_later_and_what_is_in_use_is_left_alone(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("projections.engine.staging.TIDYING", timedelta(milliseconds=1))
    with psycopg.connect(ground.conninfo, autocommit=True) as conn:
        own = f"rebuild_{conn.info.backend_pid}_{ground.ledger.schema}"
        for name in ("rebuilt_1_gt_rebuilt", "rebuild_1_gt_gone", own):
            conn.execute(f"CREATE SCHEMA {name} CREATE TABLE action_history ()".encode())
        with psycopg.connect(ground.conninfo) as holding:
            holding.execute("SELECT FROM rebuilt_1_gt_rebuilt.action_history")
            drop_what_rebuilds_left(ground.conninfo)
            assert sorted(left_over(ground)) == [(own,), ("rebuilt_1_gt_rebuilt",)]
        assert caplog.messages == ["rebuilt_1_gt_rebuilt is still held by somebody; the next rebuild or start drops it"]
        drop_what_rebuilds_left(ground.conninfo)
        assert left_over(ground) == [(own,)]
        conn.execute(f"DROP SCHEMA {own} CASCADE".encode())


def test_indexes_constraints_and_rights_survive_the_switch(ground: Ground) -> None:
    def described() -> list[Any]:
        with psycopg.connect(ground.conninfo) as conn:
            return conn.execute(
                "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = %s"
                " UNION ALL SELECT c.conname, pg_get_constraintdef(c.oid) FROM pg_constraint c"
                " WHERE c.connamespace = %s::regnamespace"
                " UNION ALL SELECT c.relname, c.relacl::text FROM pg_class c"
                " WHERE c.relnamespace = %s::regnamespace AND c.relkind = 'r' ORDER BY 1, 2",
                (ground.ledger.schema,) * 3,
            ).fetchall()

    before = described()
    rebuild(ground.conninfo, ground.ledger.schema)
    assert described() == before
