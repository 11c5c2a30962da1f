"""An append that is cut at any of its statements is there once or not at all; sent again, it is told alike."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.shared.refusals import VersionConflict
from projections.engine.verify import verify
from storage.database import UNAVAILABLE
from storage.embedded import embedded_server
from storage.embedded.temporary import temporary_data
from support import appends
from support.appends import WAYS, Positions, append
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
from support.partnership_world import prepare_partnership

SCHEMA = "gt_knowsley"
LOG = "SELECT (SELECT position FROM head), count(*), max(position) FROM facts"
ARMED = """
CREATE SEQUENCE public.steps;
CREATE TABLE public.death (at bigint);
INSERT INTO public.death VALUES (0);
CREATE FUNCTION public.step() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  IF nextval('public.steps') = (SELECT at FROM public.death) THEN
    PERFORM pg_terminate_backend(pg_backend_pid(), 5000);
  END IF;
  RETURN NULL;
END $$;
DO $$ DECLARE t record; moment text; BEGIN
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'gt_knowsley' AND tablename NOT LIKE '%yoyo%' LOOP
    FOREACH moment IN ARRAY ARRAY['BEFORE', 'AFTER'] LOOP
      EXECUTE format('CREATE TRIGGER %I %s INSERT OR UPDATE ON gt_knowsley.%I EXECUTE FUNCTION public.step()',
        lower(moment) || '_step', moment, t.tablename);
    END LOOP;
  END LOOP;
END $$"""
"""Sequences go on through rollbacks: the session that comes to the chosen statement inside a save ends there."""

Try = Callable[[str, str, UUID], Positions | None]
"""An append by an address, in a way, under a key; None where nobody was told that it is done."""


@pytest.fixture
def between(database: str) -> Iterator[Cuts]:
    """The way to a copy of the established partnership's database."""
    with cuts(database) as between:
        yield between


def try_here(conninfo: str, way: str, key: UUID) -> Positions | None:
    try:
        return append(conninfo, SCHEMA, way, key)
    except UNAVAILABLE:
        return None
    except VersionConflict:
        return None  # its turn was lost


def sent_until_answered(conninfo: str, way: str, key: UUID) -> Positions:
    """A server that reads its log again after a crash lets nobody in for a moment."""
    until = monotonic() + 60
    while (found := try_here(conninfo, way, key)) is None:
        assert monotonic() < until
    return found


def it_is_there_once(conninfo: str, before: int, way: str, key: UUID, told: Positions | None) -> int:
    """Sent again, and once more, it is told each time the same, and no fact more is there than it has: so many then."""
    again, once_more = sent_until_answered(conninfo, way, key), sent_until_answered(conninfo, way, key)
    with psycopg.connect(conninfo) as conn:
        conn.execute("SELECT set_config('search_path', %s, false)", (SCHEMA,))
        head, facts, last = conn.execute(LOG).fetchone() or (0, 0, 0)
    assert again == once_more == (told or again)
    assert head == facts == last == again[-1] == before + len(again)
    return int(last)


def is_whole(conninfo: str) -> None:
    assert [fault for check in verify(conninfo, SCHEMA)[1] for fault in check.faults] == []


def numbered(number: int) -> Callable[[Statement], bool]:
    """A pool opens its connections in any order, and sends one statement after the other."""
    return lambda sent: sent.number == number


def cut_everywhere(between: Cuts, conninfo: str, way: str, attempt: Try, breaking: Breaking) -> None:
    """At each statement that an undisturbed one has: before it, within it where it can be, and after it."""
    between.begin()
    done = attempt(between.conninfo, way, uuid4())
    assert done is not None
    last, counted = done[-1], between.statements
    assert len(counted) > 1
    for where in Where:
        for each in counted:
            if where is Where.WITHIN and not each.extended:
                continue
            key = uuid4()
            between.begin(where, numbered(each.number), breaking)
            told = attempt(between.conninfo, way, key)
            assert between.broken is not None
            assert between.broken.text == each.text
            last = it_is_there_once(conninfo, last, way, key, told)
    is_whole(conninfo)


@pytest.mark.parametrize("way", WAYS)
def test_an_append_whose_connection_breaks_at_any_statement(between: Cuts, database: str, way: str) -> None:
    cut_everywhere(between, database, way, try_here, nothing_else)


@pytest.mark.parametrize("way", WAYS)
def test_an_append_whose_session_ends_at_any_statement_inside_the_save(database: str, way: str) -> None:
    with psycopg.connect(database, autocommit=True) as conn:
        conn.execute(ARMED)
        last = append(database, SCHEMA, way, uuid4())[-1]
        (steps,) = conn.execute("SELECT last_value FROM public.steps").fetchone() or (0,)
        assert steps > 5
        for step in range(1, steps + 1):
            key = uuid4()
            conn.execute("UPDATE public.death SET at = %s + nextval('public.steps')", (step,))
            assert try_here(database, way, key) is None
            last = it_is_there_once(database, last, way, key, None)
    is_whole(database)


# ---- by processes that die ----


@pytest.fixture
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that nobody else uses, with an established partnership; what is committed is in its log on disk."""
    with temporary_data() as data, embedded_server(data, {"fsync": "off"}) as conninfo:
        prepare_partnership(conninfo)
        yield conninfo


@contextmanager
def children() -> Iterator[Try]:
    """Appends by a process of its own each, of which one learns only how it ended."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    words = [sys.executable, appends.__file__]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None
        given, ended = parent.stdin, parent.stdout

        def attempt(conninfo: str, way: str, key: UUID) -> Positions | None:
            print(conninfo, SCHEMA, way, key, sep="\t", file=given, flush=True)
            *told, status = ended.readline().split()
            return tuple(map(int, told[0].split(","))) if status == "0" else None

        yield attempt
        given.close()


@pytest.mark.long
@pytest.mark.parametrize("way", WAYS)
def test_an_append_whose_process_is_killed_at_any_statement(between: Cuts, database: str, way: str) -> None:
    with children() as attempt:
        cut_everywhere(between, database, way, attempt, the_client_dies)


@pytest.mark.long
@pytest.mark.parametrize("way", WAYS)
def test_an_append_whose_backend_is_killed_at_any_statement(own: str, way: str) -> None:
    with cuts(own) as between:
        cut_everywhere(between, own, way, try_here, the_backend_dies)
