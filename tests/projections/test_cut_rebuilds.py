"""A rebuild that is cut at any statement of its switch leaves read models whole, writers go on, the next clears up."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

import psycopg
import pytest

from domain.shared.vocabulary import Kind
from projections.engine.rebuild import SHARES, rebuild
from projections.engine.verify import verify
from storage.database import Database
from storage.embedded import embedded_server
from storage.embedded.temporary import temporary_data
from storage.ledger import Ledger
from storage.migrate import migrate, prepare_cluster
from support.cut_connections import (
    Breaking,
    Cuts,
    Statement,
    Where,
    cuts,
    nothing_else,
    the_backend_dies,
    the_client_dies,
)
from support.fact_recorder import Ground, record
from support.random_histories import a_raised_action

SCHEMA = "gt_cut"
ONE = "action_history"
LEFT_OVER = "SELECT nspname FROM pg_namespace WHERE nspname ~ '^rebuil[dt]_.*gt_cut$'"
STANDING = "SELECT count(*) FROM gt_cut.facts f JOIN gt_cut.action_history h ON h.thing = f.originator_id"
SOURCE, TARGET = 0, 1
"""The connections of a rebuild that take part in its switch, in the order in which they are opened."""
STEPS = """
CREATE SEQUENCE public.switch_steps;
CREATE TABLE public.switch_ends (at bigint);
INSERT INTO public.switch_ends VALUES (0);
CREATE FUNCTION public.switch_step() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE schema_name ~ '^(rebuilt_[0-9]+_)?gt_cut$')
    AND nextval('public.switch_steps') = (SELECT at FROM public.switch_ends) THEN
    PERFORM pg_terminate_backend(pg_backend_pid(), 5000);
  END IF;
END $$;
CREATE EVENT TRIGGER switch_step ON ddl_command_end WHEN TAG IN ('ALTER TABLE', 'ALTER STATISTICS')
  EXECUTE FUNCTION public.switch_step()"""
"""What moves tables is sent in one message: the session that has made the chosen move ends there."""
CHILD = "import sys; from projections.engine.rebuild import rebuild; rebuild(*sys.argv[1:])"

Try = Callable[[str], None]
"""A rebuild by an address; it may come to nothing."""


@pytest.fixture
def grounds(server: str) -> str:
    """The address of a server with a partnership to rebuild."""
    return prepared(server)


def prepared(server: str) -> str:
    prepare_cluster(server)
    migrate(server, SCHEMA)
    for _ in range(5):
        one_more(server)
    return server


def one_more(conninfo: str) -> None:
    with Database(conninfo, max_size=1) as pool:
        record(Ground(conninfo, pool, Ledger(pool, SCHEMA)), Kind.ACTION, [[a_raised_action()]])


def here(server: str, projection: str | None) -> Try:
    """In this process. While facts are folded one more is recorded, with which the switch has to catch up."""

    def attempt(conninfo: str) -> None:
        folded = list[int]()

        def step(done: int, _: int) -> None:
            folded.append(done)
            if len(folded) == len(SHARES):
                one_more(server)

        try:
            rebuild(conninfo, SCHEMA, projection, step)
        except psycopg.OperationalError:
            return

    return attempt


def by_a_child(conninfo: str) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    words = [sys.executable, "-c", CHILD, conninfo, SCHEMA, ONE]
    subprocess.run(words, env=environment, stderr=subprocess.DEVNULL, check=False)


def of_the_switch(between: Cuts, attempt: Try) -> list[Statement]:
    """What both connections send in an undisturbed rebuild, from the beginning of the switch's transaction on."""
    between.begin()
    attempt(between.conninfo)
    sent = [each for each in between.statements if each.link in (SOURCE, TARGET)]
    begun = [nth for nth, each in enumerate(sent) if each.link == TARGET and each.text == "BEGIN"]
    return sent[begun[-1] :]


def everywhere(counted: Iterable[Statement]) -> Iterator[tuple[Where, Statement]]:
    for each in counted:
        yield Where.BEFORE, each
        if each.extended:
            yield Where.WITHIN, each
        yield Where.AFTER, each


def ends_with_the_server(beside: psycopg.Connection[Any]) -> None:
    """A moment after a backend has died, the server notices and ends every session."""
    deadline = time.monotonic() + 60
    while not beside.closed:
        assert time.monotonic() < deadline
        with suppress(psycopg.OperationalError):
            beside.execute("SELECT")
        time.sleep(0.02)


def it_lets_somebody_in(conninfo: str) -> None:
    """After the death of a backend only once the server has read its log again."""
    deadline = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(conninfo).close()
        except psycopg.OperationalError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        else:
            return


def nothing_is_lost(conninfo: str) -> None:
    """Just after a cut, and after one more has been recorded."""
    for _ in range(2):
        checks = [check for check in verify(conninfo, SCHEMA)[1] if check.name != "references"]  # none were given
        assert [fault for check in checks for fault in check.faults] == []
        one_more(conninfo)
    with psycopg.connect(conninfo) as conn:
        counts = conn.execute(f"SELECT (SELECT count(*) FROM gt_cut.facts), ({STANDING})".encode()).fetchone()
    assert counts is not None
    assert counts[0] == counts[1] > 0


def cut_at(
    between: Cuts, server: str, attempt: Try, points: Iterable[tuple[Where, Statement]], breaking: Breaking
) -> None:
    for where, point in points:
        between.begin(where, point.again, breaking)
        with psycopg.connect(server, autocommit=True) as beside:
            attempt(between.conninfo)
            assert between.broken is not None, point
            if breaking is the_backend_dies:
                ends_with_the_server(beside)
        it_lets_somebody_in(server)
        nothing_is_lost(server)
    rebuild(server, SCHEMA)
    with psycopg.connect(server) as conn:
        assert conn.execute(LEFT_OVER).fetchall() == []
    nothing_is_lost(server)


def test_a_rebuild_that_is_cut_in_the_middle_of_its_switch_and_around_its_commit(grounds: str) -> None:
    with cuts(grounds) as between:
        attempt = here(grounds, ONE)
        counted = of_the_switch(between, attempt)
        commit = next(nth for nth, each in enumerate(counted) if each.text == "COMMIT")
        points = [(Where.AFTER, counted[commit // 2]), (Where.BEFORE, counted[commit]), (Where.AFTER, counted[commit])]
        cut_at(between, grounds, attempt, points, nothing_else)


@pytest.mark.long
@pytest.mark.parametrize("projection", [None, ONE])
def test_a_rebuild_whose_connection_breaks_at_any_statement_of_its_switch(grounds: str, projection: str | None) -> None:
    with cuts(grounds) as between:
        attempt = here(grounds, projection)
        cut_at(between, grounds, attempt, everywhere(of_the_switch(between, attempt)), nothing_else)


@pytest.mark.long
def test_a_rebuild_whose_session_ends_after_any_move_of_its_switch() -> None:
    with temporary_data() as data, embedded_server(data, {"fsync": "off"}) as server:
        prepared(server)
        attempt = here(server, ONE)
        with psycopg.connect(server, autocommit=True) as conn:
            conn.execute(STEPS)
            attempt(server)
            (moves,) = conn.execute("SELECT last_value FROM public.switch_steps").fetchone() or (0,)
            assert moves > 2
            for move in range(1, moves + 1):
                conn.execute("UPDATE public.switch_ends SET at = %s + nextval('public.switch_steps')", (move,))
                attempt(server)
                nothing_is_lost(server)


@pytest.mark.long
def test_a_rebuild_that_is_killed_at_any_statement_of_its_switch(grounds: str) -> None:
    with cuts(grounds) as between:
        cut_at(between, grounds, by_a_child, everywhere(of_the_switch(between, by_a_child)), the_client_dies)


@pytest.mark.long
def test_a_rebuild_whose_backend_is_killed_at_any_statement_of_its_switch() -> None:
    """For PostgreSQL that is a crash: everybody's connections end, and it reads again what it had not yet written."""
    with temporary_data() as data, embedded_server(data, {"fsync": "off"}) as server:
        prepared(server)
        with cuts(server) as between:
            attempt = here(server, ONE)
            cut_at(between, server, attempt, everywhere(of_the_switch(between, attempt)), the_backend_dies)
