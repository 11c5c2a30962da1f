"""No index of a history is a single page: of such a one PostgreSQL may mark living entries dead (decision 0017)."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from domain.shared.vocabulary import Kind
from projections.engine.rebuild import rebuild
from storage.database import Database
from storage.ledger import Ledger
from storage.migrate import migrate, prepare_cluster
from support.fact_recorder import Ground, record
from support.random_histories import a_raised_action

SCHEMA = "gt_indexed"
SHALLOW = "SELECT index::text FROM shallow_indexes()"


@pytest.fixture
def ground(server: str) -> Iterator[Ground]:
    prepare_cluster(server)
    migrate(server, SCHEMA)
    with Database(server, max_size=2) as pool:
        yield Ground(server, pool, Ledger(pool, SCHEMA))


def ask(ground: Ground, query: str) -> list[Any]:
    with psycopg.connect(ground.conninfo, autocommit=True) as conn:
        conn.execute("SELECT set_config('search_path', %s, false)", (f"{SCHEMA}, public",))
        cursor = conn.execute(query.encode())
        return cursor.fetchall() if cursor.description else []


def test_every_index_has_a_second_level_from_the_start(ground: Ground) -> None:
    assert ask(ground, SHALLOW) == []


def test_every_index_has_a_second_level_after_a_rebuild(ground: Ground) -> None:
    record(ground, Kind.ACTION, [[a_raised_action()]])
    rebuild(ground.conninfo, SCHEMA)
    assert ask(ground, SHALLOW) == []


def test_what_was_indexed_anew_gets_one_at_the_next_start_and_no_row_is_left_behind(ground: Ground) -> None:
    before = ask(ground, "SELECT * FROM action_history ORDER BY thing, recorded, effective")
    for index in ("challenge_history_once", "action_history_once"):
        ask(ground, f"REINDEX INDEX {index}")
    assert ask(ground, SHALLOW) == [("action_history_once",), ("challenge_history_once",)]
    migrate(ground.conninfo, SCHEMA)
    assert ask(ground, SHALLOW) == []
    assert ask(ground, "SELECT * FROM action_history ORDER BY thing, recorded, effective") == before
    assert ask(ground, "SELECT count(*) FROM challenge_history") == [(0,)]


def test_a_start_leaves_a_deep_index_alone(ground: Ground) -> None:
    before = ask(ground, "SELECT relname, relfilenode FROM pg_class WHERE relname LIKE '%history%' ORDER BY 1, 2")
    sizes = ask(ground, "SELECT pg_relation_size('action_history_once')")
    migrate(ground.conninfo, SCHEMA)
    assert ask(ground, "SELECT pg_relation_size('action_history_once')") == sizes
    assert (
        ask(ground, "SELECT relname, relfilenode FROM pg_class WHERE relname LIKE '%history%' ORDER BY 1, 2") == before
    )


def test_a_rebuild_keeps_every_index_and_what_is_counted_of_open_rows(ground: Ground) -> None:
    kept = (
        "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND tablename LIKE '%history'"
        " UNION SELECT stxname FROM pg_statistic_ext WHERE stxnamespace = current_schema()::regnamespace ORDER BY 1"
    )
    before = ask(ground, kept)
    record(ground, Kind.ACTION, [[a_raised_action()]])
    rebuild(ground.conninfo, SCHEMA)
    assert ask(ground, kept) == before
    assert ("action_history_open_rows",) in before


@pytest.mark.parametrize("rebuilt", [False, True])
def test_a_text_is_found_by_its_index_after_a_rebuild_too(ground: Ground, rebuilt: bool) -> None:
    """The index is of what `folded` says; the planner has to see that both are one."""
    either = "folded(wording) LIKE '%abcd%' OR folded(reference) LIKE '%abcd%'"
    found_by = {
        "action_history_text": ("action_history", either),
        "recommendation_history_text": ("recommendation_history", either),
        "entry_history_learning_text": (
            "entry_history",
            "kind = 'learning' AND folded(detail ->> 'wording') LIKE '%abcd%'",
        ),
    }
    if rebuilt:
        rebuild(ground.conninfo, SCHEMA)
    others = "SELECT indexname FROM pg_indexes WHERE tablename = %s AND schemaname = %s AND indexname NOT IN (%s, %s)"
    settings = f"-c search_path={SCHEMA},public -c enable_seqscan=off"
    with psycopg.connect(ground.conninfo, options=settings) as conn, conn.transaction(force_rollback=True):
        for index, (table, condition) in found_by.items():
            for (other,) in conn.execute(others, (table, SCHEMA, index, f"{table}_once")).fetchall():
                conn.execute(f"DROP INDEX {other}".encode())
            plan = conn.execute(f"EXPLAIN SELECT FROM {table} WHERE {condition}".encode()).fetchall()
            assert index in str(plan), plan
