"""Of several rebuilds of one partnership one is under way at a time, and what is switched in is whole."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, Event, Thread
from typing import Any

import psycopg
import pytest
from psycopg import sql

from domain.shared.vocabulary import Kind
from projections.engine import rebuild as rebuilding
from projections.engine.rebuild import RebuildIncomplete, rebuild
from projections.engine.staging import RebuildUnderWay
from projections.engine.upgrade import bring_up_to_date
from projections.histories.registry import KEY_COLUMNS
from storage.database import Database
from storage.ledger import Ledger
from storage.migrate import migrate, prepare_cluster
from support.fact_recorder import Ground, record
from support.random_histories import a_raised_action

SCHEMA = "gt_rebuilt_at_once"
ONE_OF_THEM = "action_history WHERE thing = (SELECT thing FROM action_history ORDER BY thing LIMIT 1)"
FAILURES = (RebuildUnderWay, RebuildIncomplete, psycopg.Error)


@pytest.fixture(scope="module")
def ground(server: str) -> Iterator[Ground]:
    """Enough actions that every share of the streams has some."""
    prepare_cluster(server)
    migrate(server, SCHEMA)
    with Database(server, max_size=4) as pool:
        ground = Ground(server, pool, Ledger(pool, SCHEMA))
        for _ in range(60):
            record(ground, Kind.ACTION, [[a_raised_action()]])
        yield ground


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second rebuild is refused at once instead of after some seconds."""
    monkeypatch.setattr("projections.engine.staging.PATIENCE", timedelta(milliseconds=1), raising=False)


def tables(ground: Ground) -> dict[str, Any]:
    """Every history, all its rows in one order, by count and digest."""
    rows = "SELECT count(*), md5(string_agg(h::text, '|' ORDER BY h::text)) FROM {} h"
    with psycopg.connect(ground.conninfo) as conn:
        conn.execute("SELECT set_config('search_path', %s, false)", (SCHEMA,))
        return {table: conn.execute(sql.SQL(rows).format(sql.Identifier(table))).fetchone() for table in KEY_COLUMNS}


def ask(ground: Ground, statement: str) -> list[Any]:
    with psycopg.connect(ground.conninfo, autocommit=True) as conn:
        conn.execute("SELECT set_config('search_path', %s, false)", (SCHEMA,))
        cursor = conn.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []


def together(*tasks: Callable[[], object]) -> list[BaseException | None]:
    """All at once; what each of them raised."""
    begin, raised = Barrier(len(tasks)), list[BaseException | None]([None] * len(tasks))

    def run(nth: int) -> None:
        begin.wait()
        try:
            tasks[nth]()
        except FAILURES as error:
            raised[nth] = error

    threads = [Thread(target=run, args=(nth,)) for nth in range(len(tasks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def all_is_there(ground: Ground) -> bool:
    """What stands is what one quiet rebuild makes."""
    found = tables(ground)
    rebuild(ground.conninfo, SCHEMA)
    return found == tables(ground)


@pytest.mark.usefixtures("impatient")
def test_a_rebuild_that_begins_in_the_middle_of_another_is_refused_and_takes_nothing_from_it(ground: Ground) -> None:
    before, calls = tables(ground), list[int]()
    began, first_has_ended, refused = Event(), Event(), list[Exception]()

    def second() -> None:
        def begun(_done: int, _of: int) -> None:
            began.set()
            first_has_ended.wait()

        try:
            rebuild(ground.conninfo, SCHEMA, progress=begun)
        except FAILURES as error:
            refused.append(error)
        began.set()

    other = Thread(target=second)

    def half_way(done: int, _of: int) -> None:
        calls.append(done)
        if len(calls) == len(rebuilding.SHARES) // 2:
            other.start()
            began.wait()

    try:
        rebuild(ground.conninfo, SCHEMA, progress=half_way)
    finally:
        first_has_ended.set()
        other.join()
    assert tables(ground) == before
    assert [str(error) for error in refused] == [
        "The partnership rebuilt-at-once is being rebuilt already; wait until that has ended."
    ]


def test_three_rebuilds_beside_a_writer_leave_every_row(ground: Ground) -> None:
    def write() -> None:
        for _ in range(20):
            record(ground, Kind.ACTION, [[a_raised_action()]])

    rebuilds = [lambda: rebuild(ground.conninfo, SCHEMA, wait_s=60)] * 3
    assert together(write, *rebuilds) == [None] * 4
    assert all_is_there(ground)


def test_starts_that_rebuild_race_with_a_rebuild_that_was_asked_for(ground: Ground) -> None:
    ask(ground, "UPDATE head SET form = NULL")

    def start() -> None:
        bring_up_to_date(ground.conninfo, SCHEMA)

    def asked_for() -> None:
        with suppress(RebuildUnderWay):
            rebuild(ground.conninfo, SCHEMA)

    assert together(start, start, asked_for) == [None] * 3
    assert all_is_there(ground)


def test_a_rebuild_that_lost_its_lock_switches_nothing(ground: Ground) -> None:
    before = tables(ground)
    calls = list[int]()

    def cut_off(done: int, _of: int) -> None:
        calls.append(done)
        if len(calls) == len(rebuilding.SHARES):
            held = "classid = hashtext('goldenthread.rebuild')::oid AND objid = hashtext('gt_rebuilt_at_once')::oid"
            ask(ground, f"SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND {held}")

    with pytest.raises(psycopg.OperationalError):
        rebuild(ground.conninfo, SCHEMA, progress=cut_off)
    assert tables(ground) == before
    rebuild(ground.conninfo, SCHEMA)
    assert tables(ground) == before
    assert ask(ground, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'rebuild%rebuilt_at_once'") == []


def test_rows_that_got_lost_before_the_switch_are_never_switched_in(ground: Ground) -> None:
    before = tables(ground)
    calls = list[int]()

    def lose_some(done: int, _of: int) -> None:
        calls.append(done)
        if len(calls) == len(rebuilding.SHARES):
            name = ask(ground, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'rebuild%rebuilt_at_once'")[0][0]
            ask(ground, f"DELETE FROM {name}.{ONE_OF_THEM}")

    lost = r"^The rebuild of rebuilt-at-once has \d+ of \d+ in action_history; nothing was switched: rebuild again\.$"
    with pytest.raises(RebuildIncomplete, match=lost):
        rebuild(ground.conninfo, SCHEMA, progress=lose_some)
    assert tables(ground) == before


def test_a_start_that_checks_makes_good_what_a_history_lost(ground: Ground, caplog: pytest.LogCaptureFixture) -> None:
    before = tables(ground)
    bring_up_to_date(ground.conninfo, SCHEMA, check_rows=True)
    assert caplog.messages == []
    ask(ground, f"DELETE FROM {ONE_OF_THEM}")
    bring_up_to_date(ground.conninfo, SCHEMA, check_rows=True)
    assert caplog.messages == [
        "rebuilt-at-once: 1 of what was recorded stands in no history; rebuilding all from the facts"
    ]
    assert tables(ground) == before
