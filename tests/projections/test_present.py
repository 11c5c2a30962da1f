"""The present is what is open on both clocks: for every history, at every moment that can be asked about."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg import sql

import projections
from domain.shared.vocabulary import Kind
from projections.engine.query_context import KNOWN, ON_THE_DAY, AsOf, Head, QueryContext, as_asked, head
from projections.engine.rebuild import rebuild
from projections.histories.registry import KEY_COLUMNS
from support.effort import examples
from support.fact_recorder import Ground, record, unique_entries
from support.random_histories import FIRST, SPAN, a_raised_action, saves

STATEMENTS = sorted(Path(projections.__path__[0]).rglob("query.sql"))
CLOCK = re.compile(r"\w+\.(?:recorded|effective) @> (?:%\(\w+\)s|\S+)")
OF_ANOTHER_MOMENT = {"earlier.recorded @> %(end_of_day)s"}
THAT_HOLD = "SELECT h.ctid FROM {} h WHERE h.recorded @> %(known)s AND h.effective @> %(day)s ORDER BY h.ctid"


@pytest.mark.parametrize("file", STATEMENTS, ids=lambda file: file.parent.name)
def test_every_statement_asks_both_clocks_in_the_words_that_the_present_replaces(file: Path) -> None:
    asked = set(CLOCK.findall(file.read_text(encoding="utf-8")))
    assert {each for each in asked if not KNOWN.fullmatch(each) and not ON_THE_DAY.fullmatch(each)} <= OF_ANOTHER_MOMENT


def test_each_clock_is_asked_as_the_moment_allows() -> None:
    asked = "WHERE h.recorded @> %(known)s AND h.effective @> %(day)s AND h.due_on < %(day)s"
    assert as_asked(asked, known_now=False, ended=False) == asked
    both = as_asked(asked, known_now=True, ended=True)
    assert both == "WHERE upper_inf(h.recorded) AND upper_inf(h.effective) AND h.due_on < %(day)s"
    assert as_asked(asked, known_now=True, ended=False) == asked.replace(
        "h.recorded @> %(known)s", "upper_inf(h.recorded)"
    )
    assert as_asked(asked, known_now=False, ended=True) == asked.replace(
        "h.effective @> %(day)s", "upper_inf(h.effective)"
    )


def rows(conn: psycopg.Connection[Any], moment: AsOf, end: Head | None) -> dict[str, list[Any]]:
    """Of every history the rows that hold at a moment; with the end of the log the present is asked as what is open."""
    query_context = QueryContext(conn, moment, None, end)
    return {
        table: query_context.conn.execute(THAT_HOLD.format(table), query_context.values).fetchall()
        for table in KEY_COLUMNS
    }


@pytest.mark.parametrize("kind", sorted(FIRST))
@settings(max_examples=examples(7), deadline=None)
@given(data=st.data())
def test_what_is_open_is_what_holds_now_and_from_the_last_day_on(ground: Ground, kind: Kind, data: Any) -> None:
    record(ground, kind, unique_entries(data.draw(saves(kind))))
    with ground.database.snapshot(ground.ledger.schema) as conn:
        end = head(conn)
        after = data.draw(st.sampled_from([0, 1, 5, 10_000]) | st.integers(-SPAN, -1))
        before = data.draw(st.sampled_from([0, 0, 1]))
        moment = AsOf(end.recorded_at - timedelta(microseconds=before), end.last_day + timedelta(days=after))
        assert rows(conn, moment, end) == rows(conn, moment, None)


def test_a_rebuild_knows_the_last_day_as_saves_do(ground: Ground) -> None:
    schema = ground.ledger.schema
    record(ground, Kind.ACTION, [[a_raised_action()]])
    with psycopg.connect(ground.conninfo) as conn:
        table = sql.Identifier(schema, "head")
        asked = sql.SQL("SELECT last_day FROM {}").format(table)
        (before,) = conn.execute(asked).fetchone() or (None,)
        conn.execute(sql.SQL("UPDATE {} SET last_day = '0001-01-01'").format(table))
        conn.commit()
        rebuild(ground.conninfo, schema)
        assert before != date.min
        assert conn.execute(asked).fetchone() == (before,)
